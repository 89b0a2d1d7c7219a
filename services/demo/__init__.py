"""The demo town: a fictional district with its web sites and two weeks of story."""
