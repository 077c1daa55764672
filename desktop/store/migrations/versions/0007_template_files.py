"""Keep files with the templates of requests."""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Run the statements of this database; blank lines stand between them."""
    connection = op.get_bind()
    source = Path(__file__).with_name(f"0007_{connection.dialect.name}.sql")
    for statement in source.read_text(encoding="utf-8").strip().split("\n\n"):
        connection.exec_driver_sql(statement)
