"""What a journal entry about calendars and agreements tells."""

from __future__ import annotations

from enum import StrEnum


class RuleEntry(StrEnum):
    """The kinds of journal entries about the rules; requests have their own."""

    CALENDAR_CREATED = "calendar_created"
    CALENDAR_CHANGED = "calendar_changed"
    CALENDAR_REFUNDED = "calendar_refunded"
    CALENDAR_REFUND_UNDONE = "calendar_refund_undone"
    CALENDAR_WITHDRAWN = "calendar_withdrawn"
    AGREEMENT_DRAFTED = "agreement_drafted"
    AGREEMENT_CHANGED = "agreement_changed"
    AGREEMENT_PROPOSED = "agreement_proposed"
    AGREEMENT_SIGNED = "agreement_signed"
    AGREEMENT_AGREED = "agreement_agreed"
    AGREEMENT_WITHDRAWN = "agreement_withdrawn"
    AGREEMENT_ENDED = "agreement_ended"
    NOTICES_SILENCED = "notices_silenced"
    NOTICES_HEARD = "notices_heard"
    ESCALATION_CHANGED = "escalation_changed"
