"""Name what went wrong in a database by a code, so that it can be said plainly."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError

from desktop.domain.errors import Refusal
from desktop.store.engine import SQLITE


class Fault(Refusal):
    """The database could not do it; nothing was changed, and trying again may help."""


# SQLite's result codes (https://sqlite.org/rescode.html), the extended bits removed.
SQLITE_FAULTS: Final = {
    3: "workspace_not_permitted",
    5: "workspace_busy",
    6: "workspace_busy",
    8: "workspace_read_only",
    10: "workspace_not_readable",
    11: "workspace_corrupt",
    13: "workspace_disk_full",
    14: "workspace_not_readable",
    23: "workspace_not_permitted",
    26: "workspace_not_a_database",
}
# pysqlite3 and Python 3.11's own module tell the code; other builds only the words.
SQLITE_WORDS: Final = {
    "is locked": "workspace_busy",
    "readonly": "workspace_read_only",
    "disk I/O": "workspace_not_readable",
    "malformed": "workspace_corrupt",
    "is full": "workspace_disk_full",
    "unable to open": "workspace_not_readable",
    "not a database": "workspace_not_a_database",
}
# PostgreSQL's SQLSTATE, the longest beginning that is listed counts.
POSTGRESQL_FAULTS: Final = {
    "08": "server_gone",
    "25006": "server_read_only",
    "40001": "workspace_busy",
    "40P01": "workspace_busy",
    "42501": "workspace_not_permitted",
    "53100": "workspace_disk_full",
    "53300": "server_full",
    "53": "server_exhausted",
    "55P03": "workspace_busy",
    "57014": "workspace_busy",
    "57P": "server_gone",
    "XX001": "workspace_corrupt",
    "XX002": "workspace_corrupt",
}
LONGEST_STATE: Final = 5


def fault_of(error: DBAPIError) -> Fault | None:
    """Give what an error of the database means to a person.

    None: not a fault of the place but of the program (a bug), or a broken constraint.
    The error's own words are left out, since they may carry what people wrote; but
    `server_not_reached` has them as `reason`, where only addresses and names stand.
    """
    original = error.orig
    state = getattr(original, "sqlstate", None)
    if state:
        code = _by_state(state)
    elif type(original).__module__.startswith("psycopg"):
        if error.statement is None and not error.connection_invalidated:
            return Fault("server_not_reached", reason=str(original))
        is_lost = error.connection_invalidated or "connection" in str(original)
        code = "server_gone" if is_lost else None
    else:
        code = _by_sqlite(original)
    return Fault(code) if code else None


@contextmanager
def place_faults_named() -> Iterator[None]:
    """Turn what a disk or a server does not do into a Fault, outside transactions too.

    Raises what is a bug, or a broken constraint, as it is.
    """
    try:
        yield
    except DBAPIError as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise fault from error
    except SQLITE.DatabaseError as error:
        code = _by_sqlite(error)
        if code is None:
            raise
        raise Fault(code) from error


def _by_state(state: str) -> str | None:
    for length in range(LONGEST_STATE, 1, -1):
        if state[:length] in POSTGRESQL_FAULTS:
            return POSTGRESQL_FAULTS[state[:length]]
    return None


def _by_sqlite(original: BaseException | None) -> str | None:
    number = getattr(original, "sqlite_errorcode", None)
    if isinstance(number, int):
        return SQLITE_FAULTS.get(number & 0xFF)
    words = str(original)
    for part, code in SQLITE_WORDS.items():
        if part in words:
            return code
    return None
