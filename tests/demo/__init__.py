"""Proof of desktop.demo."""
