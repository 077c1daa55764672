"""Proof of ui.agreements."""
