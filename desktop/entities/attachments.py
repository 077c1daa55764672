"""Files that belong to a request, and their contents, kept once each."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.requests import Audience
from desktop.entities.base import Base, Code, Keyed, UtcDateTime

_REMOVED: Final = text("removed_at IS NOT NULL")


class FileContent(Base):
    """The bytes of a file, found by what they are: the same file is kept once.

    Once every file with these bytes is taken away they are emptied; size and digest
    stay.
    """

    __tablename__ = "file_content"

    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Attachment(Keyed, Base):
    """A file of a request under the name it was given.

    ``field`` is the code of the form's question it answers, empty otherwise;
    ``unit_id`` is the unit of who added it, as it was then. A file taken away stays in
    the journal's words; its row says when and by whom.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        # Few are ever taken away: an index of all the others would only cost.
        Index(
            "ix_attachment_removed_at",
            "removed_at",
            postgresql_where=_REMOVED,
            sqlite_where=_REMOVED,
        ),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("file_content.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100), default="")
    field: Mapped[str] = mapped_column(String(40), default="")
    audience: Mapped[Audience] = mapped_column(Code(Audience), default=Audience.BOTH)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class TemplateFile(Keyed, Base):
    """A file every request begun from a template starts with.

    One taken away belongs to no template any more; its row says when.
    """

    __tablename__ = "template_file"

    template_id: Mapped[int | None] = mapped_column(
        ForeignKey("request_template.id"), index=True
    )
    content_id: Mapped[int] = mapped_column(ForeignKey("file_content.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100), default="")
    field: Mapped[str] = mapped_column(String(40), default="")
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
