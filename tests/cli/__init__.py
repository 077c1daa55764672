"""Proof of desktop.cli."""
