"""What one request can be to another."""

from __future__ import annotations

from enum import StrEnum


class LinkKind(StrEnum):
    """What a request is to the other one.

    ``part_of``: one of the parts another was split into, done side by side.
    ``blocks``: the other cannot go on before it. ``duplicate_of``: the same thing
    asked again. ``follows``: it came out of the other.
    """

    PART_OF = "part_of"
    BLOCKS = "blocks"
    DUPLICATE_OF = "duplicate_of"
    FOLLOWS = "follows"
