"""Sending an agenda or minutes to the members by mail."""
