"""Proof of ui.request."""
