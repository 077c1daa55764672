"""Proof of ui.common."""
