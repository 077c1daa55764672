"""Rules of escalation in plain sentences, and their refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from desktop import formats
from desktop.domain.agreements import TargetKind
from desktop.domain.escalation import (
    Again,
    EscalationRule,
    Hours,
    NoticeKind,
    Recipient,
    Silencer,
)
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.messages import add_words

NameOf = Callable[[int | None], str]
"""Gives the name of a unit or a person by its id."""

LEVELS: Mapping[NoticeKind, tuple[str, str, str]] = {
    NoticeKind.AT_RISK: (N_("At risk"), "alert-triangle", "risk"),
    NoticeKind.BROKEN: (N_("Broken"), "circle-x", "broken"),
}
"""Words, icon and ink of each level."""

PROMISES: Mapping[TargetKind, str] = {
    TargetKind.RESPONSE: N_("response"),
    TargetKind.UPDATE: N_("update"),
    TargetKind.RESOLUTION: N_("resolution"),
    TargetKind.ANSWER: N_("answer"),
}
RECIPIENTS: Mapping[Recipient, str] = {
    Recipient.HOLDER: N_("whoever has the request, else the unit’s agents"),
    Recipient.FRONT: N_("the unit’s clerks"),
    Recipient.MANAGER: N_("the unit’s managers"),
    Recipient.REQUESTER: N_("whoever asked for it"),
    Recipient.PERSON: N_("a person"),
}
HOURS: Mapping[Hours, str] = {
    Hours.TOLD: N_("in their own working hours"),
    Hours.OWING: N_("in the working hours of the unit that owes"),
    Hours.ALWAYS: N_("around the clock"),
}
AGAIN: Mapping[Again, str] = {
    Again.ONCE: N_("Once"),
    Again.EACH_DAY: N_("Each working day"),
    Again.EVERY_HOURS: N_("Every so many working hours"),
}
SILENCERS: Mapping[Silencer, str] = {
    Silencer.TOLD: N_("each of them, for themselves"),
    Silencer.HOLDER: N_("whoever has the request, for all"),
    Silencer.MANAGER: N_("a manager of the unit, for all"),
}


def rule_sentence(rule: EscalationRule, unit_name: NameOf, person_name: NameOf) -> str:
    """Say when a rule tells whom, in whose hours."""
    sentence = (
        _("When {promise} of {unit} is broken, tell {whom}, {hours}.")
        if rule.notice is NoticeKind.BROKEN
        else _("When {promise} of {unit} is at risk, tell {whom}, {hours}.")
    )
    return sentence.format(
        promise=_promise(rule.kinds),
        unit=_("any unit") if rule.unit is None else unit_name(rule.unit),
        whom=_whom(rule, person_name),
        hours=_(HOURS[rule.hours]),
    )


def again_sentence(rule: EscalationRule) -> str:
    """Say how often it is told again, and who may silence it."""
    return f"{_again(rule)} {_silence(rule.silenced_by)}"


def _promise(kinds: Iterable[TargetKind]) -> str:
    named = [_(PROMISES[kind]) for kind in TargetKind if kind in set(kinds)]
    if len(named) == len(TargetKind):
        return _("a promise")
    if not named:
        return _("no promise")
    return _("a promised {kinds}").format(kinds=_listed(named, _("or")))


def _whom(rule: EscalationRule, person_name: NameOf) -> str:
    named = [
        person_name(rule.person) if one is Recipient.PERSON else _(RECIPIENTS[one])
        for one in Recipient
        if one in rule.tells
    ]
    return _listed(named, _("and")) or _("nobody")


def _again(rule: EscalationRule) -> str:
    if rule.again is Again.ONCE:
        return _("Told once.")
    if rule.again is Again.EACH_DAY:
        often = _("each working day")
    else:
        every = rule.again_every or timedelta()
        time = formats.working_time(every.total_seconds())
        often = _("every {time} of working time").format(time=time)
    if rule.again_for is None:
        words = _("Told again {often} until somebody acts.")
        return words.format(often=often)
    words = _("Told again {often} until somebody acts, for {span} at most.")
    return words.format(often=often, span=span_words(rule.again_for))


def span_words(span: timedelta) -> str:
    """Say how long: in weeks where they are whole, else in days."""
    days = max(1, round(span / timedelta(days=1)))
    if days % 7 == 0:
        weeks = days // 7
        return ngettext("{n} week", "{n} weeks", weeks).format(n=formats.count(weeks))
    return ngettext("{n} day", "{n} days", days).format(n=formats.count(days))


def _silence(silencers: Iterable[Silencer]) -> str:
    who = [_(SILENCERS[one]) for one in Silencer if one in set(silencers)]
    if not who:
        return _("Nobody may silence it.")
    return _("Silenced by {who}.").format(who=_listed(who, _("or")))


def _listed(words: list[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


add_words(
    {
        "escalation_no_warning": N_("Choose at risk or broken."),
        "escalation_no_kinds": N_("Choose at least one kind of promise."),
        "escalation_tells_nobody": N_("Choose at least one who is told."),
        "escalation_no_person": N_("Choose the person who is told."),
        "escalation_person_gone": N_("{name} cannot sign in here any more."),
        "escalation_too_often": N_("Write half an hour or more."),
        "escalation_span": N_("Choose a day to a year."),
        "escalation_too_many": N_("There can be {most} rules at most."),
        "escalation_of_coordinators": N_(
            "Rules of escalation are made by coordinators, managers and administrators."
        ),
        "not_yours_to_silence": N_(
            "By the rules of escalation somebody else has to silence {reference}."
        ),
    }
)
