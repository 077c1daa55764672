"""Proof of ui.session_search."""
