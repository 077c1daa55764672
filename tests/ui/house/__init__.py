"""Proof of ui.house."""
