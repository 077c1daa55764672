"""Search over past sessions."""
