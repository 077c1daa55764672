"""The services looked at: what was written of each, kept until it is saved."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.forms import FieldSpec
from desktop.domain.paper_codec import decode, encode
from desktop.domain.service_drafts import ServiceDraft
from desktop.queries.catalogue import CatalogueRow, ServiceDetails, service_made
from desktop.use_cases.catalogue import as_stored
from ui.catalogue.steps import Steps, rebased
from ui.common.kept_drafts import Found, KeptDrafts
from ui.context import Context

OLDER_THAN_ALL = 0
"""The version a draft rests on that rests on none of those stored."""


@dataclass
class Open:
    """A service looked at: its steps, and the version they rest on; None if new.

    ``kept_at`` is when it was last kept by a window that is gone; None once it is
    written on.
    """

    steps: Steps
    lock: int | None
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    kept_at: datetime | None = None

    def is_worth_keeping(self) -> bool:
        """Tell whether something was written that anybody would miss."""
        nothing = ServiceDraft(unit_id=self.steps.draft.unit_id)
        is_begun = self.lock is not None or self.steps.draft != nothing
        return self.steps.is_changed and is_begun

    def is_behind(self, details: ServiceDetails) -> bool:
        """Tell whether what is stored is not what this began from."""
        if self.lock != details.lock:
            return True
        # A backup put back may count to the same version another time.
        return self.kept_at is not None and self.steps.base != details.draft

    def says_the_same(self, details: ServiceDetails) -> bool:
        """Tell whether what was written here is what is stored."""
        known = {one.code for one in self.steps.base.fields}
        fresh = {one.code for one in details.draft.fields} - known
        taken = details.used_codes - fresh
        return as_stored(self.steps.draft, taken) == details.draft


@dataclass(frozen=True, slots=True)
class KeptService:
    """A service as its file keeps it; ``service_id`` and ``lock`` None: a new one."""

    service_id: int | None
    lock: int | None
    base: ServiceDraft
    draft: ServiceDraft

    @classmethod
    def of(cls, content: dict[str, Any]) -> KeptService:
        """Read one; raises ValueError for what is spoiled."""
        kept = decode(cls, content)
        numbers = (kept.service_id, kept.lock)
        if not all(one is None or type(one) is int for one in numbers):
            raise ValueError("no number")
        for draft in (kept.base, kept.draft):
            if not all(isinstance(text, str) for text in _texts(draft)):
                raise ValueError("no text")
        return kept


class Opened(QObject):
    """Services by id, new ones below zero. ``changed`` when one is written on.

    ``told`` is whether what is written could be kept on this computer.
    """

    changed = Signal()
    told = Signal(bool)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._read = context.operations.read
        self._by_id: dict[int, Open] = {}
        self._next_new = -1
        self._drafts = KeptDrafts(context, "catalogue", self)
        self._drafts.told.connect(self.told)

    # ------------------------------------------------------------ looking

    def get(self, service_id: int | None) -> Open | None:
        """Return a service that was looked at."""
        return self._by_id.get(service_id) if service_id else None

    def unsaved(self) -> set[int]:
        """Return the services with changes not saved."""
        return {one for one, known in self._by_id.items() if known.steps.is_changed}

    def fresh_rows(self, unit_name: Callable[[int], str]) -> list[CatalogueRow]:
        """Return those only written yet, as rows of the list."""
        rows = []
        for one, known in self._by_id.items():
            draft = known.steps.draft
            unit_id = draft.unit_id or 0
            if known.lock is None:
                told = (draft.name, unit_id, unit_name(unit_id), True)
                rows.append(CatalogueRow(one, *told, len(draft.fields), 0))
        return rows

    # ------------------------------------------------------------ writing

    def begin(self, service_id: int, draft: ServiceDraft, lock: int) -> Open:
        """Begin with a service as it is stored."""
        return self._put(service_id, Open(Steps(draft, self), lock))

    def begin_new(self, unit_id: int | None) -> int:
        """Begin another service; return what it goes by until it is saved."""
        made = self._new_id()
        known = self._put(made, Open(Steps(ServiceDraft(), self), None))
        known.steps.put(ServiceDraft(unit_id=unit_id))
        return made

    def _new_id(self) -> int:
        made, self._next_new = self._next_new, self._next_new - 1
        return made

    def _put(self, service_id: int, known: Open) -> Open:
        self._by_id[service_id] = known
        known.steps.changed.connect(partial(self._changed, known))
        return known

    def _changed(self, known: Open) -> None:
        known.kept_at = None
        self._keep(known)
        self.changed.emit()

    def _keep(self, known: Open) -> None:
        if known.is_worth_keeping():
            self._drafts.keep(known.key, lambda: self._plain(known))
        else:
            self._drafts.drop(known.key)

    def _plain(self, known: Open) -> dict[str, Any]:
        ids = [one for one, other in self._by_id.items() if other is known]
        service_id = ids[0] if known.lock is not None and ids else None
        steps = known.steps
        return encode(KeptService(service_id, known.lock, steps.base, steps.draft))

    def save(self) -> None:
        """Keep what was written now."""
        self._drafts.save()

    def renumber(self, was: int, known: Open, service_id: int) -> None:
        """Know a service by another id from now on."""
        self._by_id.pop(was, None)
        self._by_id[service_id] = known
        known.kept_at = None
        self._keep(known)

    def forget(self, service_id: int | None) -> None:
        """Forget a service, and what was written of it."""
        known = self._by_id.pop(service_id or 0, None)
        if known is not None:
            self._drafts.drop(known.key)

    # ------------------------------------------------------------ coming back

    def take_up(self) -> list[tuple[Open, datetime]]:
        """Take up what windows that are gone left behind.

        Returns what was put together, each with when the older of both was kept.
        """
        both = []
        for found in self._drafts.take_up(KeptService.of):
            known = self.get(found.what.service_id)
            if known is None or not known.steps.is_changed:
                self._restore(found)
            elif known.steps.draft == found.what.draft:
                self._drafts.drop(found.key)
            else:
                self._put_onto(known, found.what)
                self._drafts.drop(found.key)
                both.append((known, found.kept_at))
        return both

    def _restore(self, found: Found[KeptService]) -> None:
        kept = found.what
        steps = Steps(kept.base, self)
        steps.put(kept.draft)
        known = Open(steps, kept.lock, found.key, found.kept_at)
        if kept.service_id is not None:
            self._put(kept.service_id, known)
            return
        made = self._new_id()
        self._put(made, known)
        # It may have been stored just before the window ended.
        reading = self._read(service_made, known.key)
        reading.start(self, partial(self._was_made, made, known))

    def _was_made(self, made: int, known: Open, details: ServiceDetails | None) -> None:
        if details is None or self._by_id.get(made) is not known:
            return
        if known.says_the_same(details):
            self.forget(made)
        else:
            known.lock = OLDER_THAN_ALL
            self.renumber(made, known, details.service_id)
        self.changed.emit()

    def _put_onto(self, known: Open, kept: KeptService) -> None:
        """Put an older draft below what is written here; each is a step."""
        steps = known.steps
        base, mine = steps.base, steps.draft
        theirs = rebased(kept.base, kept.draft, base)
        steps.put(theirs)
        steps.put(rebased(base, mine, theirs))

    def look_for(self, there: Collection[int]) -> None:
        """Let what came back stand alone where its service is not there any more."""
        for service_id, known in tuple(self._by_id.items()):
            if known.kept_at and service_id > 0 and service_id not in there:
                self.stand_alone(service_id)

    def stand_alone(self, service_id: int | None) -> None:
        """Make what was written of a service that is gone a new one."""
        known = self.get(service_id)
        if known is None or not known.steps.is_changed:
            self.forget(service_id)
            return
        known.lock, known.steps.base = None, ServiceDraft()
        self.renumber(service_id or 0, known, self._new_id())


def _texts(draft: ServiceDraft) -> list[object]:
    plain = (draft.name, draft.description, draft.told_when, draft.told_how)
    told = [text for one in draft.fields for text in _question_texts(one)]
    checks = (one.text for one in draft.checks)
    return [*plain, draft.told_price, *draft.synonyms, *told, *checks]


def _question_texts(spec: FieldSpec) -> tuple[object, ...]:
    return spec.code, spec.label, spec.hint, *spec.choices, spec.rules.currency
