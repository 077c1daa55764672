"""Judges the service clock by cases other systems agreed on; see README.md."""
