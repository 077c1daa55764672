"""Find requests written in Cyrillic or Georgian by Latin letters, too.

No table changes: `store.migrating` indexes all requests of older workspaces anew.
"""

from collections.abc import Sequence

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Leave the tables as they are."""
