"""Proof of desktop.entities."""
