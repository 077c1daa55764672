"""Proof of desktop.domain."""
