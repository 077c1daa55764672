"""Make every request found by its present words again, where the index was stale."""

from __future__ import annotations

from desktop.store.search_index import reindex_all
from desktop.store.unit_of_work import UnitOfWork


def index_anew(work: UnitOfWork) -> int:
    """Index every request anew; returns how many there are."""
    return reindex_all(work.session)
