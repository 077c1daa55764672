"""Proof of ui.new_request."""
