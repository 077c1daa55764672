"""A registry's Thursday as on the mock-up, for tests and pictures of the queue."""

from __future__ import annotations

from desktop.domain.requests import Audience, PendingReason
from desktop.use_cases.requests import ask, comment, hold, resume, take
from tests.small_house import SmallHouse

HOSTILE = (
    "<b>Bold</b> & <img src='file:///etc/passwd'> Zażółć gęślą jaźń "
    "\u202eright to left\u202c 漢字 👩‍👩‍👧 a​b " + "very long " * 12
)[:200]


def fill(house: SmallHouse) -> dict[str, int]:
    """Give the Land registry a queue of every section; returns ids by short names."""
    made: dict[str, int] = {}
    house.at(9, 8)
    made["overdue"] = house.raised("Deed copy from 1968, volume 12", by="Petar Ilić")
    house.at(9, 8, 20)
    made["late_mine"] = house.raised("Boundary correction, Vinogradska 14")
    house.at(9, 9, 30)
    made["case"] = house.raised(
        "Parcel 1184/2: extract with encumbrances",
        customer="Goran Babić",
        contact="+381 64 555 0101",
        form={"parcel": "1184/2", "extent": "Full", "wanted_on": "2026-11-13"},
        told_text="By Thursday at 15:30.",
    )
    house.at(9, 10)
    made["held"] = house.raised("Sale contract, flat 12, Trg slobode 5")
    house.at(9, 10, 5)
    house.me("Dušan Kovač").run(take, made["case"])
    house.run(take, made["late_mine"])
    house.at(9, 11)
    made["hostile"] = house.raised(HOSTILE, by="Petar Ilić")
    house.me("Ana Petrović").run(take, made["overdue"])
    house.at(10, 10)
    house.run(hold, made["held"], PendingReason.CUSTOMER, "power of attorney")
    house.at(10, 13)
    house.me("Dušan Kovač")
    house.run(hold, made["case"], PendingReason.CUSTOMER, "signed sketch")
    house.at(12, 8, 20)
    made["georgian"] = house.raised("Title extract for ნინო ბერიძე")
    house.at(12, 9, 5)
    made["later"] = house.raised("Parcel map, scale 1:1000, for the architect")
    house.at(12, 9, 30)
    house.run(resume, made["case"])
    house.me("Jelena Marić").run(
        comment,
        made["case"],
        "Signed sketch attached. The customer comes back at 16:00 and needs it for "
        "the bank.",
    )
    house.at(12, 10, 40)
    house.me("Dušan Kovač").run(
        comment,
        made["case"],
        "Mortgage of 2009 is struck out on paper but not in the register. Asked "
        "Vesna to look.",
        Audience.INTERNAL,
    )
    house.at(12, 11)
    made["asked"] = house.raised("Name misspelt on extract LR-2402")
    house.me("Ana Petrović").run(ask, made["asked"], "Which of the two owners?")
    house.at(12, 13, 20)
    return made
