"""The clerk's home."""
