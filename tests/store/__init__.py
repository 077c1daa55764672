"""Proof of desktop.store."""
