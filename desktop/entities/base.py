"""The ground all tables stand on: column types, naming, keys and versions."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar, Final

from sqlalchemy import (
    BigInteger,
    DateTime,
    Integer,
    MetaData,
    String,
    Text,
    Uuid,
    event,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

from desktop.domain.text import searchable

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_NAIVE: Final = "An instant without a time zone cannot be stored."

# SQLite counts a row's identity in INTEGER only; PostgreSQL gets the wide type.
Identity = BigInteger().with_variant(Integer(), "sqlite")
Json = JSON().with_variant(postgresql.JSONB(), "postgresql")


def microseconds(at: datetime) -> int:
    """Return an aware instant as microseconds since 1970 UTC."""
    return (at - _EPOCH) // _MICROSECOND


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant: timestamptz on PostgreSQL, integer microseconds elsewhere."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """Return what readies a value; refuses one without a time zone."""
        return _to_server if dialect.name == "postgresql" else _to_file

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None]:
        """Return what reads a value; a list reads thousands, so nothing is between."""
        return _of_server if dialect.name == "postgresql" else _of_file


def _to_server(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise ValueError(_NAIVE)
    return value


def _to_file(value: datetime | None) -> int | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(_NAIVE)
    return (value - _EPOCH) // _MICROSECOND


def _of_server(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


# The instants of one request are often the same, and a list is read again and again.
@lru_cache(maxsize=8_192)
def _of_file(value: int | None) -> datetime | None:
    return None if value is None else _EPOCH + timedelta(0, 0, value)


class Code(TypeDecorator[Any]):
    """A code of a fixed list, stored by its value."""

    impl = String
    cache_ok = True

    def __init__(self, codes: type[StrEnum], length: int = 24) -> None:
        super().__init__(length)
        self.codes = codes

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        """Return what readies a value; refuses what is no code of the list."""
        codes = self.codes
        stored: dict[Any, str | None] = {code: code.value for code in codes}
        stored[None] = None

        def process(value: Any) -> str | None:
            try:
                return stored[value]
            except KeyError:
                return codes(value).value

        return process

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], StrEnum | None]:
        """Return what reads a value: one look into a table of the codes."""
        by_value: dict[str | None, StrEnum | None] = {
            code.value: code for code in self.codes
        }
        by_value[None] = None
        return by_value.__getitem__


class Base(DeclarativeBase):
    """Every table: an integer identity."""

    metadata = MetaData(naming_convention=NAMING)

    id: Mapped[int] = mapped_column(Identity, primary_key=True, sort_order=-10)


class Keyed:
    """A thing people create: a key made before sending, so a retry makes no second."""

    key: Mapped[uuid.UUID] = mapped_column(
        Uuid, unique=True, default=uuid.uuid4, sort_order=-9
    )


class Versioned:
    """A thing people change: who saves second is told so."""

    version: Mapped[int] = mapped_column(Integer, nullable=False, sort_order=-8)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - called on the class
        return {"version_id_col": cls.version}


class Found:
    """A thing found by its words: ``folded`` follows what ``FOUND_BY`` names.

    It is written by itself whenever the row is; nobody else needs to.
    """

    FOUND_BY: ClassVar[tuple[str, ...]] = ()

    folded: Mapped[str] = mapped_column(Text, default="", sort_order=90)


def found_by(row: Found) -> str:
    """Return what a row's words fold to now."""
    return searchable(*(getattr(row, name) or "" for name in row.FOUND_BY))


@event.listens_for(Found, "before_insert", propagate=True)
@event.listens_for(Found, "before_update", propagate=True)
def _fold(mapper: object, connection: object, row: Found) -> None:
    folded = found_by(row)
    if row.folded != folded:
        row.folded = folded
