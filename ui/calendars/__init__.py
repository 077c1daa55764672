"""Calendars: weekly hours, closures and public holidays, seen and changed by hand."""
