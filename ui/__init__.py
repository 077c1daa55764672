"""The windows: PySide6 over the desk, nothing of their own in the store."""
