"""What head, foot and properties of a session's papers say."""

from __future__ import annotations

from desktop import formats
from desktop.domain.agenda import AgendaPaper, Head
from desktop.i18n import gettext as _
from desktop.reports.paper import Imprint
from desktop.reports.wording import CONFIDENTIALITY, Wording


def agenda_imprint(
    paper: AgendaPaper, words: Wording, language: str, kind: str
) -> Imprint:
    """Return what head, foot and properties of the agenda say; `kind` is its name."""
    head = paper.head
    if head.published_at is not None:
        version = _("version {number} · published {day}").format(
            number=head.version,
            day=formats.day(words.day_of(head.published_at), year=True),
        )
    else:
        version = _("version {number} · draft").format(number=head.version)
    title = _("{series}: agenda of session {number}, {day}")
    return session_imprint(head, words, language, title, kind, version)


def session_imprint(
    head: Head, words: Wording, language: str, title: str, kind: str, state: str
) -> Imprint:
    """Return what head, foot and properties of a paper of a session say.

    `title` has places for series, number and day; `kind` is what the paper is called,
    `state` the first line of its foot.
    """
    day = formats.day(words.day_of(head.starts_at), year=True)
    return Imprint(
        title=title.format(series=head.series, number=head.number, day=day),
        subject=_("Front/back-office session of {front} and {back}").format(
            front=head.front, back=head.back
        ),
        author=head.minute_taker or head.chair or head.series,
        language=language,
        head_left=_("{series} · session {number} · {day}").format(
            series=head.series, number=head.number, day=day
        ),
        head_right=kind,
        foot=(
            state,
            _("data as at {data} · printed {printed} · {confidentiality}").format(
                data=words.dated_moment(head.data_as_at),
                printed=words.dated_moment(head.printed_at),
                confidentiality=_(CONFIDENTIALITY[head.confidentiality]),
            ),
        ),
        page_of=lambda number, total: _("page {number} of {total}").format(
            number=number, total=total
        ),
    )
