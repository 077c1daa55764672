"""Raising a request."""
