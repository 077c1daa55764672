"""Proof of desktop.reports."""
