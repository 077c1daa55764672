"""Keep what sessions need: minutes, papers, obstacles, improvements, mail."""

from collections.abc import Sequence
from pathlib import Path

from alembic import op
from sqlalchemy import Connection, column, select, table, update

from desktop.domain.text import searchable

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Run the statements of this database; blank lines stand between them."""
    connection = op.get_bind()
    source = Path(__file__).with_name(f"0005_{connection.dialect.name}.sql")
    for statement in source.read_text(encoding="utf-8").strip().split("\n\n"):
        connection.exec_driver_sql(statement)
    for name, columns in _FOUND_BY.items():
        _fold(connection, name, columns)


_FOUND_BY = {
    "agenda_item": ("title", "notes", "said"),
    "action": ("text", "topic", "closed_why"),
}


def _fold(connection: Connection, name: str, columns: Sequence[str]) -> None:
    """Let what earlier sessions have be found by its words."""
    kept = table(name, column("id"), column("folded"), *map(column, columns))
    texts = [kept.c[one] for one in columns]
    for identity, *words in connection.execute(select(kept.c.id, *texts)).all():
        connection.execute(
            update(kept).where(kept.c.id == identity).values(folded=searchable(*words))
        )
