"""Paper: rows in, PDF bytes out."""
