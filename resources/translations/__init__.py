"""Compiled catalogues: <lang>/LC_MESSAGES/counterpart.mo."""
