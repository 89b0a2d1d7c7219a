"""What is known of an event: all that its posts have said, whose figures hold, how many speak of it."""
