"""Proof of desktop.exchange."""
