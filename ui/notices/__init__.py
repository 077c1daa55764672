"""What concerns me: the bell in the top bar and the pane behind it."""
