"""Linking, splitting and merging from a pane: keys, dialogs, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.domain.links import LinkKind, LinkWay
from desktop.domain.requests import OPEN_STATES, PendingReason, RequestState
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from ui.actions import Action
from ui.common.acting import Acting
from ui.common.kept_words import ON_REQUESTS, KeptWords

if TYPE_CHECKING:
    from desktop.queries.links import LinkedRow
    from desktop.queries.request_details import RequestDetails
    from ui.common.request_pane.links_section import LinksSection
    from ui.context import Context


ACTS = (
    ("link", N_("Link to another request"), "L", "link"),
    ("split", N_("Split into parts"), "Shift+S", "columns"),
    ("merge", N_("Merge into another request"), "Shift+M", "corner-up-right"),
    (
        "wait_for_parts",
        N_("Hold until its parts are done"),
        "Shift+H",
        "circle-pause",
    ),
    ("undo_merge", N_("Undo the merge"), "", "arrow-back-up"),
)
"""Name, words, key and icon of what can be done."""


class LinkActs(Acting):
    """The acts of one pane's request; their keys work inside `scope`."""

    place = ON_REQUESTS

    def __init__(
        self,
        context: Context,
        scope: QWidget,
        group: str,
        details: Callable[[], RequestDetails | None],
        section: LinksSection,
    ) -> None:
        super().__init__(context, scope)
        self._scope = scope
        self._details, self._section = details, section
        self.actions = [
            context.actions.add(
                Action(
                    f"{group}.{name}",
                    words,
                    getattr(self, name),
                    key,
                    icon,
                    group,
                    getattr(self, f"may_{name}"),
                ),
                scope,
            )
            for name, words, key, icon in ACTS
        ]
        section.remove_wanted.connect(self.unlink)

    def offered(self) -> list[Action]:
        """Return what is possible now, for the menu."""
        return [action for action in self.actions if action.when()]

    # ------------------------------------------------------------ what is possible

    def _open(self) -> RequestDetails | None:
        details = self._details()
        is_open = details is not None and details.state in OPEN_STATES
        return details if is_open else None

    def _is_mine(self, details: RequestDetails | None, *, held: bool = False) -> bool:
        me = self._context.me.unit_id
        if details is None or me is None:
            return False
        return me == details.unit_id or (not held and me == details.front_unit_id)

    def may_link(self) -> bool:
        """Tell whether the request shown may be linked."""
        return self._is_mine(self._open())

    def may_merge(self) -> bool:
        """Tell whether it may be merged into another."""
        return self._is_mine(self._open()) and not self._open_parts()

    def may_split(self) -> bool:
        """Tell whether it may be split."""
        return self._is_mine(self._open(), held=True)

    def may_wait_for_parts(self) -> bool:
        """Tell whether it has open parts to wait for."""
        details = self._open()
        is_held = details is not None and details.state is RequestState.PENDING
        can = self._is_mine(details, held=True) and not is_held
        return can and bool(self._open_parts())

    def may_undo_merge(self) -> bool:
        """Tell whether it was merged and is one of ours."""
        details = self._details()
        return self._is_mine(details) and self._merged() is not None

    def _open_parts(self) -> list[LinkedRow]:
        return [
            one
            for one in self._section.rows
            if (one.kind, one.way) == (LinkKind.PART_OF, LinkWay.OTHER) and one.is_open
        ]

    def _merged(self) -> LinkedRow | None:
        details = self._details()
        if details is None or details.state is not RequestState.CANCELLED:
            return None
        seen = (LinkKind.DUPLICATE_OF, LinkWay.IS)
        return next(
            (one for one in self._section.rows if (one.kind, one.way) == seen), None
        )

    # ------------------------------------------------------------ acting

    def link(self) -> None:
        """Ask what the request is to which other one, and write it down."""
        from desktop.use_cases.links import link, unlink
        from ui.common.request_pane.link_dialogs import LinkDialog

        details = self._open()
        if details is None or not self.may_link():
            return
        dialog = LinkDialog(self._context, details.id, details.reference, self._scope)

        def send() -> None:
            wanted = dialog.wanted()
            if wanted is None:
                return
            kind, way, row = wanted
            pair = _pair(details.id, way, row.id)
            words = _("{reference} and {other} are linked")
            self.write(
                dialog,
                link,
                (pair[0], kind, pair[1]),
                words.format(reference=details.reference, other=row.reference),
                lambda _version: lambda: self.quietly(unlink, pair[0], kind, pair[1]),
            )

        self.show_dialog(dialog, send)

    def unlink(self, one: LinkedRow) -> None:
        """Take a link away; the undo links again."""
        from desktop.use_cases.links import link, unlink

        details = self._details()
        if details is None:
            return
        first, other = _pair(details.id, one.way, one.row.id)
        words = _("{reference} and {other} are no longer linked")
        self.write(
            None,
            unlink,
            (first, one.kind, other),
            words.format(reference=details.reference, other=one.row.reference),
            lambda _version: lambda: self.quietly(link, first, one.kind, other),
        )

    def merge(self) -> None:
        """Ask into which request this one goes, show both, and merge."""
        from desktop.use_cases.merging import merge, undo_merge
        from ui.common.request_pane.link_dialogs import MergeDialog

        details = self._open()
        if details is None or not self.may_merge():
            return
        dialog = MergeDialog(self._context, details.id, details.reference, self._scope)
        kept = KeptWords.of(self._context, self.place)
        kept.hold(dialog, f"merge {details.id}", dialog.text)

        def send() -> None:
            ends, goes_on = dialog.sides
            words = _("{reference} is closed as a duplicate of {other}")
            self.write(
                dialog,
                merge,
                (ends.id, goes_on.id, dialog.text.toPlainText().strip()),
                words.format(reference=ends.reference, other=goes_on.reference),
                lambda version: (
                    lambda: self.quietly(undo_merge, ends.id, expected_version=version)
                ),
                version=ends.version,
                other_version=goes_on.version,
            )

        self.show_dialog(dialog, send)

    def undo_merge(self) -> None:
        """Take back the merge of the request shown."""
        from desktop.use_cases.merging import undo_merge

        details = self._details()
        if details is not None and self.may_undo_merge():
            words = _("{reference} is as it was before")
            self.write(
                None,
                undo_merge,
                (details.id,),
                words.format(reference=details.reference),
                version=details.version,
            )

    def wait_for_parts(self) -> None:
        """Hold the request until its parts are done."""
        from desktop.use_cases.requests import hold, resume

        details = self._open()
        if details is not None and self.may_wait_for_parts():
            words = _("{reference} waits for its parts")
            self.write(
                None,
                hold,
                (details.id, PendingReason.PARTS),
                words.format(reference=details.reference),
                lambda version: (
                    lambda: self.quietly(resume, details.id, expected_version=version)
                ),
                version=details.version,
            )

    def split(self) -> None:
        """Read who could do a part, then ask for the parts."""
        from desktop.queries.links import part_choices
        from desktop.queries.lookups import people

        details = self._open()
        if details is None or not self.may_split():
            return
        read = self._context.operations.read

        def ask(choices: Any) -> None:
            read(people).start(
                self, lambda found: self._ask_parts(details, choices, found)
            )

        read(part_choices).start(self, ask)

    def _ask_parts(self, details: RequestDetails, choices: Any, people: Any) -> None:
        from desktop.use_cases.splitting import SplitDone, split
        from ui.common.request_pane.split_dialog import SplitDialog

        dialog = SplitDialog(
            details.reference,
            choices,
            people,
            can_wait=details.state is not RequestState.PENDING,
            parent=self._scope,
        )

        def told(done: SplitDone) -> str:
            words = ngettext(
                "{reference} has {count} part: {parts}",
                "{reference} is split into {count} parts: {parts}",
                len(done.parts),
            )
            return words.format(
                reference=details.reference,
                count=len(done.parts),
                parts=", ".join(done.references),
            )

        self.show_dialog(
            dialog,
            lambda: self.write(
                dialog,
                split,
                (details.id, dialog.drafts(), dialog.note.toPlainText().strip()),
                told,
                version=details.version,
                waits=dialog.waits.isChecked(),
            ),
            f"split {details.id}",
        )


def _pair(shown: int, way: LinkWay, other: int) -> tuple[int, int]:
    """Return the one that is it, and the one it is it of."""
    return (shown, other) if way is LinkWay.IS else (other, shown)
