"""Proof of the windows."""
