"""Proof of ui.catalogue."""
