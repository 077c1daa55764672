"""Today: what is before somebody, in the order they would take it up."""
