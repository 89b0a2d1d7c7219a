"""Alerting: ratings in; alerts, reports and notifications out. No I/O."""
