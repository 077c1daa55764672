"""Sessions between units and their agendas."""
