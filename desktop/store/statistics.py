"""Tell the database how much is in its tables, so that it picks the right index."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

TABLES: Final = ("request", "leg", "hold", "clock", "journal_entry")
"""What grows with the work; everything else is small."""

SAMPLED: Final = 100_000
"""How many entries of an index SQLite looks at: under a second at any size.

With fewer, all that many rows share looks alike: a unit, and a service of one.
"""


def count_tables(session: Session) -> None:
    """Have the database count what its tables hold, after very much was written.

    Without it a partial index can be passed over for a worse one. Part of the
    transaction: undone with it. PostgreSQL does so by itself too, but later.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ANALYZE {', '.join(TABLES)}"))
        return
    connection.execute(text(f"PRAGMA analysis_limit={SAMPLED}"))
    for table in TABLES:
        connection.execute(text(f"ANALYZE {table}"))
