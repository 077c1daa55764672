"""Printing a session: what is chosen, its pages, and what is written beside them."""
