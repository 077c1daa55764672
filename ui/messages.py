"""Refusals in words, as the windows say them (see desktop.messages)."""

from desktop.messages import add_words, refusal_words

__all__ = ["add_words", "refusal_words"]
