"""A house file's services: rules of their forms, their words, their checklists."""

from decimal import Decimal

import pytest

from desktop.domain.forms import Rules, ShownIf
from desktop.exchange.house_file import house_from_text
from desktop.exchange.house_writing import house_text
from desktop.exchange.problems import BadFile
from tests.exchange.test_house_file import TOWN

SERVICE = """
[[services]]
name = "Title extract"
unit = "Land registry"
told_when = "within three days"
told_how = "by post"
told_price = "12 EUR"
active = false
[[services.checks]]
text = "Seal it"
needed = true
[[services.checks]]
text = "Ring back"
[[services.fields]]
code = "purpose"
label = "Purpose"
kind = "choice"
choices = ["Bank", "Court"]
[[services.fields]]
code = "hearing"
label = "Hearing on"
kind = "date"
shown_if = { field = "purpose", is = ["Court"] }
earliest = "today"
latest = 2030-12-31
[[services.fields]]
code = "fee"
label = "Fee"
kind = "amount"
least = 1
most = 99.5
currency = "EUR"
[[services.fields]]
code = "deed"
label = "Deed"
kind = "file"
[[services.fields]]
code = "note"
label = "Note"
longest = 40
"""


def test_a_form_has_its_rules_and_a_service_its_words_and_checklist() -> None:
    house = house_from_text(TOWN + SERVICE, "town.house.toml")
    service = house.services[-1]
    assert (service.told_when, service.told_price) == ("within three days", "12 EUR")
    assert not service.is_active
    assert service.checks == (("Seal it", True), ("Ring back", False))
    assert [one.rules for one in service.fields] == [
        Rules(),
        Rules(ShownIf("purpose", ("Court",)), earliest="today", latest="2030-12-31"),
        Rules(least=Decimal(1), most=Decimal("99.5"), currency="EUR"),
        Rules(),
        Rules(longest=40),
    ]
    assert house_from_text(house_text(house), "again.toml") == house


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('is = ["Court"]', 'is = ["Zoo"]', "asked_before"),
        ('field = "purpose"', 'field = "fee"', "asked_before"),
        ('earliest = "today"', "earliest = 2031-01-01", "reversed"),
        ('earliest = "today"', 'earliest = "soon"', "wrong_type"),
        ("least = 1", "least = 100", "reversed"),
        ("least = 1", "least = nan", "wrong_type"),
        ('is = ["Court"]', "is = [7]", "wrong_type"),
        ('text = "Ring back"', "", "missing"),
        ("longest = 40", "longest = -1", "wrong_type"),
    ],
)
def test_rules_that_make_no_sense_are_named(old: str, new: str, code: str) -> None:
    with pytest.raises(BadFile) as caught:
        house_from_text(TOWN + SERVICE.replace(old, new), "town.house.toml")
    assert code in [one.code for one in caught.value.problems]
