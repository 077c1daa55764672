"""What every list of requests shares: reading, searching, views, files."""
