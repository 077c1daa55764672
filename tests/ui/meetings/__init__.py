"""Proof of ui.meetings."""
