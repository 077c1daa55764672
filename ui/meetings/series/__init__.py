"""Series of sessions: written, changed, ended; their sessions moved and cancelled."""
