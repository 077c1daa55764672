"""What screens and reports read: frozen rows, never entities."""
