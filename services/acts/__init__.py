"""What people at the desk do beside answering alerts: verify, judge, merge and split, hand over, drill."""
