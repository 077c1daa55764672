"""Proof of ui.queue."""
