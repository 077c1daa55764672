"""What the features of the window share."""
