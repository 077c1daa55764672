"""The agenda's topics: found beside the sections, or added by a person."""

from typing import Final

from reportlab.platypus import Flowable

from desktop import formats
from desktop.domain.agenda import AgendaPaper, RunningItem
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.agenda_parts import decision, evidence, note, wanted
from desktop.reports.agenda_records import raised_by, sender_returns
from desktop.reports.paper import BODY, text
from desktop.reports.wording import NOTHING, Wording, working_hours
from desktop.reports.writing import paragraphs

_FIGURES: Final = (
    "broken",
    "of",
    "open",
    "never_named",
    "returned",
    "sent",
    "reopened",
    "resolved",
    "closures",
    "requests",
    "passes",
    "carried",
)


def topic(
    paper: AgendaPaper, item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return what the topic is to bring, its evidence, and lines to write on."""
    told = found(item, words)
    story: list[Flowable] = raised_by(paper, item, words)
    if told is not None:
        goal, facts = told
        story += [wanted(goal), evidence(facts)]
    if item.rule == "returns":
        story += sender_returns(paper, words, width)
    return [*story, *decision(width, 1 if told else 2)]


def own_words(item: RunningItem) -> list[Flowable]:
    """Return a coordinator's note under a heading, however long it is."""
    if not item.note:
        return []
    pieces, left_out = paragraphs(item.note)
    story: list[Flowable] = [text(piece, BODY) for piece in pieces]
    if left_out:
        told = ngettext(
            "{count} more character is not printed.",
            "{count} more characters are not printed.",
            left_out,
        )
        story.append(note(told.format(count=formats.count(left_out))))
    return story


def files(item: RunningItem) -> list[Flowable]:
    """Return the names of the files that go with an item."""
    if not item.files:
        return []
    named = ", ".join(item.files[:20])
    return [note(_("With it: {files}").format(files=named), 1_200)]


def found(item: RunningItem, words: Wording) -> tuple[str, str] | None:
    """Return what a found topic is to bring, and the figures it was found by."""
    counts = dict(item.counts)
    shown = {name: formats.count(value) for name, value in counts.items()}
    if item.rule == "pattern":
        facts = _(
            "{broken} of {of} broken promises are of this kind; {open} still open;"
            " {never_named} never had a name."
        )
        return _("one cause, and one step against it."), _filled(facts, shown)
    if item.rule == "returns":
        facts = _(
            "{returned} of {sent} requests that {front} sent in the period came back"
            " to it. The record says that they came back, not why."
        )
        goal = _("what has to be in a request so that it need not come back.")
        return goal, _filled(facts, shown | {"front": words.head.front})
    if item.rule == "changes":
        facts = ngettext(
            "{closures} closure takes {hours} before the next session.",
            "{closures} closures take {hours} before the next session.",
            counts.get("closures", 0),
        )
        taken = {"hours": working_hours(counts.get("taken_s", 0))}
        goal = _("every due time of these days rests on it: open or closed?")
        return goal, _filled(facts, shown | taken)
    return _short(item, shown)


def _short(item: RunningItem, shown: dict[str, str]) -> tuple[str, str] | None:
    """Return the same for the topics that one sentence tells."""
    if item.rule == "cause":
        facts = _("{broken} of {of} broken promises broke this way; {open} still open.")
        return _("one step that would have kept them."), _filled(facts, shown)
    if item.rule == "return_reason":
        facts = _("{returned} of {of} returns in the period were sent back for it.")
        return _("what would have spared the way back."), _filled(facts, shown)
    if item.rule == "ping_pong":
        facts = _("{requests} requests passed to and fro, {passes} times in all.")
        return _("one owner for each of them."), _filled(facts, shown)
    if item.rule == "action_stuck":
        facts = _("carried {carried} times without being decided.")
        return _("do it, drop it or escalate it: not carried again."), _filled(
            facts, shown
        )
    if item.rule == "reopened":
        facts = _("{reopened} reopened in the period, {resolved} resolved.")
        return _("what was thought done and was not."), _filled(facts, shown)
    return None


def _filled(sentence: str, figures: dict[str, str]) -> str:
    """Return a sentence with its figures; one that is not on record is a dash."""
    known = dict.fromkeys(_FIGURES, NOTHING)
    return sentence.format(**(known | figures))
