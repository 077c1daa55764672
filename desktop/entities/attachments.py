"""Files that belong to a request, and their contents, kept once each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.requests import Audience
from desktop.entities.base import Base, Code, Keyed, UtcDateTime


class FileContent(Base):
    """The bytes of a file, found by what they are: the same file is kept once."""

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

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("file_content.id"))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100), default="")
    field: Mapped[str] = mapped_column(String(40), default="")
    audience: Mapped[Audience] = mapped_column(Code(Audience), default=Audience.BOTH)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
