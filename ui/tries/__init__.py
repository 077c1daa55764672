"""Trying an agreement on what happened, before anybody signs it."""
