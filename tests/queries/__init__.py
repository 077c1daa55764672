"""Proof of desktop.queries."""
