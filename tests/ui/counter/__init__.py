"""Proof of ui.counter."""
