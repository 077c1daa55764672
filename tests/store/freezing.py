"""Write the statements of the first revision anew: `python -m tests.store.freezing`.

Only until the first release; after it every change is a revision of its own.
"""

import importlib
import pkgutil
from pathlib import Path

from sqlalchemy import Dialect, MetaData
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from desktop import entities
from desktop.entities.base import Base
from desktop.store import migrations, search

SQLITE_JOURNAL = [
    f"""CREATE TRIGGER journal_entry_no_{verb.lower()} BEFORE {verb} ON journal_entry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL_JOURNAL = [
    """CREATE FUNCTION journal_entry_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$BEGIN RAISE EXCEPTION 'the journal is append-only'; END$$""",
    """CREATE TRIGGER journal_entry_no_change BEFORE UPDATE OR DELETE ON journal_entry
FOR EACH ROW EXECUTE FUNCTION journal_entry_refuse()""",
    """CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry
FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_refuse()""",
    "ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER journal_entry_no_change",
    "ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER journal_entry_no_truncate",
]


def metadata() -> MetaData:
    """Give the tables of every mapped class."""
    for module in pkgutil.iter_modules(entities.__path__):
        importlib.import_module(f"desktop.entities.{module.name}")
    return Base.metadata


def statements(dialect: Dialect) -> list[str]:
    """Say in SQL what the mapped classes say, in the order of creation."""
    made = []
    for table in metadata().sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    return made


def frozen(dialect: Dialect) -> str:
    """Give the whole text of the first revision's file for one database."""
    made = statements(dialect)
    if dialect.name == "postgresql":
        made += [search.POSTGRESQL_SEARCH, search.POSTGRESQL_SEARCH_INDEX]
        made += POSTGRESQL_JOURNAL
    else:
        made += [search.SQLITE_SEARCH, *SQLITE_JOURNAL]
    tidy = ["\n".join(_lines(statement)) for statement in made]
    return "\n\n".join(tidy) + "\n"


def _lines(statement: str) -> list[str]:
    lines = statement.expandtabs(4).splitlines()
    return [line.rstrip() for line in lines if line.strip()]


def main() -> None:
    """Write both files."""
    folder = Path(str(migrations.__file__)).parent / "versions"
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        target = folder / f"0001_{dialect.name}.sql"
        target.write_text(frozen(dialect), encoding="utf-8")


if __name__ == "__main__":
    main()
