"""Agreements: what is promised between units, who signed it, and which one applies."""
