"""Proof of ui.obstacles."""
