"""What every window needs of obstacles: raising one, and what concerns me."""
