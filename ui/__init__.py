"""The windows: PySide6 over the core, one folder a feature."""
