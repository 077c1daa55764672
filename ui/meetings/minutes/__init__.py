"""The minutes of a session: typed, approved, amended."""
