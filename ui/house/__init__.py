"""Units, people, calendars and agreements."""
