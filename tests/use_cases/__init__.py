"""Proof of desktop.use_cases."""
