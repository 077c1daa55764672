"""A mail says when, where and what; what users wrote stays text on its line."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.agenda import AgendaPaper
from desktop.domain.minutes import DecisionRow, MinutesItem, MinutesPaper
from desktop.reports.mail_text import ITEMS_TOLD, agenda_mail, minutes_mail
from desktop.reports.mail_words import TROUBLES, trouble_words
from tests.reports.specimen import ACTIONS, HEAD, agenda

DECIDED = MinutesItem(
    number=4,
    kind="broken",
    minutes=9,
    spent_s=600,
    outcome="decide",
    leader_role="chair",
    fate="done",
    decisions=(DecisionRow(1, "Every request gets a name\non arrival"),),
    actions=ACTIONS.rows[:1],
)


def test_an_agenda_is_told_with_its_times() -> None:
    told = agenda_mail(agenda())
    assert told.subject == (
        "Agenda: Service desk and Group 20, session 10, Mon 16 May 2016"
    )
    assert told.body.startswith(
        "Monday 16 May 2016, 10:00 to 11:00\nRoom 2.14 and by link\nChair: Resolver 13"
    )
    assert "\n10:00  1. Apologies and last minutes (decide, " in told.body
    assert "Actions due by then\nA-41  Group 20 lead: Name a holder" in told.body
    assert ", by Fri 29 Apr 2016 (overdue)\n" in told.body


def test_a_long_agenda_is_cut_and_says_so() -> None:
    paper = agenda()
    many = replace(paper, items=paper.items * 30)
    body = agenda_mail(many).body
    left = len(many.items) - ITEMS_TOLD
    assert f"and {left} more items" in body


def test_line_ends_of_users_make_no_new_line() -> None:
    head = replace(HEAD, series="Desk\nBcc: all@world.example", place="a\r\nb")
    told = agenda_mail(AgendaPaper(head=head))
    assert "\n" not in told.subject
    assert "\na b\n" in told.body


def test_minutes_are_told_by_what_was_decided_and_given() -> None:
    paper = MinutesPaper(head=HEAD, begun_at=None, ended_at=None, items=(DECIDED,))
    body = minutes_mail(paper).body
    assert "Decided\nItem 4: Every request gets a name on arrival\n" in body
    assert "Who does what by when\nA-41  Group 20 lead:" in body
    assert body.rstrip().endswith("Say what should be amended.")


def test_trouble_is_told_with_the_servers_own_words() -> None:
    assert trouble_words("mail_refused 554 not here").endswith("answer: 554 not here")
    assert all(trouble_words(code) for code in TROUBLES)
