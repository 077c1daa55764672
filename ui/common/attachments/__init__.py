"""Files of a request: picked, staged, stored, looked at, taken away."""
