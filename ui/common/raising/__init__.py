"""Raising something for a series' next session, from wherever one is."""
