"""The way out: messages claimed, composed, sent, tried again and looked after."""
