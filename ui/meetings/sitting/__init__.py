"""A session in progress, on a screen of its own."""
