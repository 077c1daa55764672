"""The week editor and the fields of hours and closures, shared by the pages."""
