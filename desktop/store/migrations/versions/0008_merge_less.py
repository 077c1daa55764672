"""Have SQLite's search index merge its parts half as often.

FTS5 keeps every commit's words as a part of its own and merges four parts of a kind to
one, over and over: a quarter of what raising and taking took. Eight of a kind cost a
search next to nothing. PostgreSQL's index has no such parts.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Set how many parts are merged; the index remembers it."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO request_search (request_search, rank) VALUES ('automerge', 8)"
        )
