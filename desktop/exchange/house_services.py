"""A house file's services: their words, forms with rules, and checklists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from desktop.domain.form_checks import HINT_CAP, form_problems, tidied
from desktop.domain.forms import (
    CHOOSING,
    FieldKind,
    FieldSpec,
    Rules,
    ShownIf,
    is_day_rule,
    number_of,
)
from desktop.domain.house import HouseService
from desktop.domain.service_drafts import CHECK_CAP, HOW_CAP, PRICE_CAP
from desktop.exchange.problems import N_
from desktop.exchange.tables import Table

_NUMBER: Final = N_("a number")
_DAY: Final = N_("a date as 2016-05-26, or a day as “today+14”")
_ANSWERS: Final = N_("a list of choices, or of true and false")


def read_service(table: Table) -> HouseService:
    """Return the service of a table, noting every problem."""
    service = HouseService(
        name=table.name(),
        unit=table.name("unit"),
        summary=table.body("summary"),
        synonyms=table.lines("synonyms"),
        fields=tuple(_field(one) for one in table.tables("fields")),
        checks=tuple(_check(one) for one in table.tables("checks")),
        told_when=table.line("told_when", "", HOW_CAP),
        told_how=table.line("told_how", "", HOW_CAP),
        told_price=table.line("told_price", "", PRICE_CAP),
        is_active=table.flag("active", True),
    )
    table.finish()
    for problem in form_problems(service.fields):
        # What is missing or there twice was noted where it was read.
        words = _WORDS.get(problem.code)
        if words is not None:
            place = f"fields[{problem.position + 1}].{problem.part}"
            table.problem(place, words)
    return service


_WORDS: Final = {
    "not_before": "asked_before",
    "decides_nothing": "asked_before",
    "not_a_choice": "asked_before",
    "ends_before_it_starts": "reversed",
    "most_under_least": "reversed",
}


def _check(table: Table) -> tuple[str, bool]:
    check = (table.line("text", "", CHECK_CAP), table.flag("needed"))
    if table.require("text") and not check[0]:
        table.problem("text", "empty")
    table.finish()
    return check


def _field(table: Table) -> FieldSpec:
    kind = FieldKind(table.one_of("kind", list(FieldKind), FieldKind.TEXT))
    spec = FieldSpec(
        code=table.line("code", "", 40) if table.require("code") else "",
        label=table.name("label"),
        kind=kind,
        is_needed=table.flag("needed"),
        hint=table.line("hint", "", HINT_CAP),
        choices=table.lines("choices"),
        rules=Rules(
            shown_if=_shown_if(table),
            earliest=_day(table, "earliest"),
            latest=_day(table, "latest"),
            least=_number(table, "least"),
            most=_number(table, "most"),
            longest=table.whole("longest", 0, 0, 100_000) or None,
            currency=table.line("currency", "", 8),
        ),
    )
    if kind in CHOOSING and not spec.choices:
        table.problem("", "missing", name="choices")
    table.finish()
    kept = tidied(spec)
    return kept if kind in CHOOSING else replace(kept, choices=spec.choices)


def _shown_if(table: Table) -> ShownIf | None:
    if not table.has("shown_if"):
        return None
    inner = table.table("shown_if")
    field = inner.name("field")
    answers: list[Any] = inner.value("is", list, _ANSWERS, [])
    if inner.require("is") and not all(isinstance(one, str | bool) for one in answers):
        inner.problem("is", "wrong_type", value=answers, wanted=_ANSWERS)
    inner.finish()
    return ShownIf(field, tuple(one for one in answers if isinstance(one, str | bool)))


def _day(table: Table, key: str) -> str:
    found: Any = table.value(key, (str, date), _DAY, "")
    words = found.isoformat()[:10] if isinstance(found, date) else str(found)
    if words and not is_day_rule(words):
        table.problem(key, "wrong_type", value=words, wanted=_DAY)
        return ""
    return words


def _number(table: Table, key: str) -> Decimal | None:
    found: Any = table.value(key, (int, float), _NUMBER, None)
    number = number_of(found)
    if found is not None and number is None:
        table.problem(key, "wrong_type", value=found, wanted=_NUMBER)
    return number


# ---------------------------------------------------------------- writing


def service_tables(
    service: HouseService,
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the tables of a service, each with its name and what stands in it."""
    yield (
        "services",
        {
            "name": service.name,
            "unit": service.unit,
            "summary": service.summary or None,
            "synonyms": service.synonyms or None,
            "told_when": service.told_when or None,
            "told_how": service.told_how or None,
            "told_price": service.told_price or None,
            "active": None if service.is_active else False,
        },
    )
    for field in service.fields:
        yield "services.fields", _field_pairs(field)
    for words, is_needed in service.checks:
        yield "services.checks", {"text": words, "needed": is_needed or None}


def _field_pairs(field: FieldSpec) -> Mapping[str, Any]:
    rules = field.rules
    when = rules.shown_if
    return {
        "code": field.code,
        "label": field.label,
        "kind": field.kind.value,
        "needed": field.is_needed or None,
        "hint": field.hint or None,
        "choices": field.choices or None,
        "shown_if": {"field": when.field, "is": list(when.answers)} if when else None,
        "earliest": rules.earliest or None,
        "latest": rules.latest or None,
        "least": _plain(rules.least),
        "most": _plain(rules.most),
        "longest": rules.longest,
        "currency": rules.currency or None,
    }


def _plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
