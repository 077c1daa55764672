"""What a typed line says of an action, and what a mail says is done."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.action_words import (
    Owner,
    offered_owners,
    read_action,
    read_mail,
)

TODAY = date(2026, 5, 20)
"""A Wednesday."""
ANA = Owner(1, None, "Ana Petrović", "Land registry", 0)
OTHER_ANA = Owner(5, None, "Ana Kostić", "Central counter", 1)
MARIJA_ANA = Owner(6, None, "Ana Marija Đokić", "Land registry", 0)
JELENA = Owner(2, None, "Jelena Marić", "Central counter", 0)
MAY = Owner(3, None, "May Ling", "Central counter", 1)
REGISTRY = Owner(None, 7, "Land registry", "", 2)
OWNERS = (ANA, OTHER_ANA, JELENA, MAY, REGISTRY)


def read(line: str, owners=OWNERS, **more):
    return read_action(line, owners, TODAY, date(2026, 6, 1), **more)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("today", "2026-05-20"),
        ("tomorrow", "2026-05-21"),
        ("fri", "2026-05-22"),
        ("by Friday.", "2026-05-22"),
        ("Wed", "2026-05-27"),
        ("next fri", "2026-05-29"),
        ("next mon", "2026-05-25"),
        ("in 2 weeks", "2026-06-03"),
        ("in a week", "2026-05-27"),
        ("in 3 days", "2026-05-23"),
        ("in one month", "2026-06-20"),
        ("next session", "2026-06-01"),
        ("next week", "2026-05-29"),
        ("end of month", "2026-05-31"),
        ("end of the week", "2026-05-22"),
        ("27.5.", "2026-05-27"),
        ("27. 5. 2027", "2027-05-27"),
        ("19.5.", "2027-05-19"),
        ("27/5/26", "2026-05-27"),
        ("2026-06-02", "2026-06-02"),
        ("27 May", "2026-05-27"),
        ("June 2nd", "2026-06-02"),
        ("the day after", None),
        ("31.2.", None),
        ("in 9999 months", None),
    ],
)
def test_a_date_is_read_as_people_say_it(said, meant):
    found = read(f"call {said}")
    assert (found.due_on.isoformat() if found.due_on else None) == meant
    assert found.text == ("call" if meant else f"call {said}")


def test_a_month_later_ends_with_the_shorter_month():
    found = read_action("call in 1 month", (), date(2026, 1, 31))
    assert found.due_on == date(2026, 2, 28)


def test_without_a_next_session_it_is_no_date():
    assert read_action("call next session", (), TODAY).due_on is None


@pytest.mark.parametrize(
    ("line", "text", "owner", "due"),
    [
        ("Ana Petrović call the printer by fri", "call the printer", ANA, 22),
        ("Jelena: send the list 27.5.", "send the list", JELENA, 27),
        ("Jelena to send the list tomorrow", "send the list", JELENA, 21),
        ("ask for a second key @jel by fri", "ask for a second key", JELENA, 22),
        ("@Land registry check the index", "check the index", REGISTRY, None),
        ("Land registry: check the index", "check the index", REGISTRY, None),
        ("may check room 27 on fri", "check room 27", MAY, 22),
        ("Call Ana about version 2.14", "Call Ana about version 2.14", None, None),
        ("PETROVIC phone", "phone", ANA, None),
        ("ask @nobody to call", "ask @nobody to call", None, None),
        ("", "", None, None),
    ],
)
def test_a_line_says_who_what_and_when(line, text, owner, due):
    found = read(line)
    assert (found.text, found.owner) == (text, owner)
    assert (found.due_on.day if found.due_on else None) == due


def test_members_go_before_others_of_the_same_name():
    assert read("Ana call").owner is ANA
    assert read("Ana Kostić call").owner is OTHER_ANA


def test_a_name_that_fits_two_alike_is_asked_and_not_guessed():
    found = read("Ana call", (ANA, MARIJA_ANA))
    assert found.owner is None
    assert found.rivals == (ANA, MARIJA_ANA)
    assert found.text == "call"


def test_words_of_the_language_spoken_are_dates_too():
    also = {"petak": "fri", "sledeća sednica": "next session"}
    assert read("Jelena spisak do, petak", also=also).due_on == date(2026, 5, 22)
    assert read("Jelena spisak sledeca sednica", also=also).due_on == date(2026, 6, 1)


def test_the_beginning_of_a_name_offers_members_first():
    assert offered_owners("an", OWNERS) == (ANA, OTHER_ANA)
    assert offered_owners("reg", OWNERS) == (REGISTRY,)


def test_a_mail_says_what_is_done_and_what_is_dropped():
    mail = """Hello Marko,

A-12 done
A-13: dropped, nobody asks for it
* a-14, A-15 and A-16 finished yesterday.
Done: A-17
A-18 is done
A-19 not done yet
A-20 dovršeno
> A-21 done
Best
--
A-22 done
"""
    found = read_mail(mail, done=("dovršeno",))
    assert [(one.number, one.is_dropped, one.words) for one in found.marks] == [
        (12, False, ""),
        (13, True, "nobody asks for it"),
        (14, False, "yesterday."),
        (15, False, "yesterday."),
        (16, False, "yesterday."),
        (17, False, ""),
        (18, False, ""),
        (20, False, ""),
    ]
    assert found.unclear == ((8, "A-19 not done yet"),)


def test_of_an_answered_mail_only_the_answer_counts():
    mail = "A-3 done\n-----Original Message-----\nA-4 done\n"
    assert [one.number for one in read_mail(mail).marks] == [3]
    mail = "A-3 done\nOn Mon, 16 May 2026, Marko wrote:\nA-4 done\n"
    assert [one.number for one in read_mail(mail).marks] == [3]


def test_a_number_said_twice_counts_as_said_last():
    marks = read_mail("A-3 done\nA-3 dropped after all").marks
    assert [(one.number, one.is_dropped, one.line) for one in marks] == [(3, True, 2)]


def test_a_hundred_thousand_letters_are_read_at_once():
    assert read("x " * 50_000).owner is None
    assert read_mail("A-1 " * 25_000).marks == ()
