"""The words of the demo house: who comes, what for, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from desktop.domain.returns import ReturnReason

CUSTOMERS = (
    "Goran Simić",
    "Milena Kralj",
    "Ђорђе Петровић",
    "თამარ ბერიძე",
    "Andreea Ionescu",
    "Ivan Horvatić",
    "Ljubica Savić",
    "Petar Novak",
    "Ștefan Munteanu",
    "Ксения Орлова",
    "Marija Babić",
    "Zoltán Szabó",
    "Emina Hadžić",
    "Luka Perić",
    "ნინო ბერიძე",
    "Jasmina Kovačević",
    "Dragan Stanković",
    "Olga Nemet",
    "Bojan Antić",
    "Sofija Lazić",
)
STREETS = (
    "Vinogradska",
    "Dunavska",
    "Trg slobode",
    "Ribarska",
    "Glavna",
    "Školska",
    "Mlinska",
    "Cara Lazara",
)
QUESTIONS = {
    "Civil registry": (
        "Two addresses are on the form. Which one should the certificate show?",
        "Which of the two spellings of the surname is right?",
        "The date of birth is missing the year. Can the customer say it?",
        "Is it needed in Latin or in Cyrillic script?",
    ),
    "Building permits": (
        "The sketch is not signed. Please ask for a signed one.",
        "The parcel number does not exist in this municipality. Which one is meant?",
        "How high will the wall be? Above 1.8 m it is another procedure.",
        "Who owns the neighbouring parcel? We need their consent.",
    ),
    "Finance": (
        "The account number has a digit too few. Please check it.",
        "Which year is the overpayment from?",
        "Please ask for the payment slip, we cannot find the payment.",
    ),
    "IT support": (
        "What does the screen say, word for word?",
        "Does it happen to the colleague beside you too?",
    ),
    "Facilities": (
        "Which floor is it on?",
        "Is the room free on Thursday morning?",
    ),
}
DOCUMENTS = frozenset(
    {
        "The sketch is not signed. Please ask for a signed one.",
        "Who owns the neighbouring parcel? We need their consent.",
        "Please ask for the payment slip, we cannot find the payment.",
    }
)
"""The questions that ask for a paper; all others ask for a fact or are unclear."""

UNCLEAR = frozenset(
    {
        "Two addresses are on the form. Which one should the certificate show?",
        "Which of the two spellings of the surname is right?",
        "The parcel number does not exist in this municipality. Which one is meant?",
    }
)
ANSWERS = (
    "Asked the customer, it is the one on the identity card.",
    "The first one is right, the second was a slip of the pen.",
    "Here it is, the customer brought it just now.",
    "Called them back: yes.",
    "I looked it up: it is the newer of the two.",
)
HOLD_NOTES = {
    "customer": (
        "The customer brings the paper on the next visit",
        "Power of attorney needed",
        "The customer thinks it over",
    ),
    "third_party": (
        "Waiting for the state archive",
        "Waiting for the cadastre",
        "The supplier sends the part",
    ),
    "approval": ("Waiting for the signature of the head of department",),
}
OUTCOMES = {
    "Civil registry": ("Printed and stamped, at the counter.", "Sent to the counter."),
    "Building permits": ("Decision written and posted.", "Plan copied, two sheets."),
    "Finance": ("Balance sent.", "Booked.", "Paid out."),
    "IT support": ("Works again.", "New cable.", "Account made."),
    "Facilities": ("Mended.", "Delivered.", "Replaced."),
}
NOTES = (
    "Second pair of eyes, please.",
    "The old record is hard to read, looked in the book itself.",
    "Same customer as last week.",
    "Mortgage of 2009 is struck out on paper but not in the register.",
)
DECLINED = (
    "Not possible without the owner's consent.",
    "This is done by the state, not by the city. Gave the address.",
    "The ground asked for does not cover this fee.",
)
REOPENED = (
    "The name is misspelt on the paper.",
    "It does not work again this morning.",
    "One of two copies is missing.",
)
ACTIONS = (
    ("Name on arrival for every request", "broken promises"),
    ("List of what to ask for before sending", "questions"),
    ("Second stamp already in the morning", "turnaround"),
    ("Print the fee table for the counter", "thanks and fees"),
    ("Show the new form to all clerks", "forms"),
    ("Agree who answers when the archive is late", "third parties"),
)


@dataclass(frozen=True, slots=True)
class Papers:
    """A file customers bring for a service, how often, and whether the form asks."""

    name: str
    share: float
    field: bool = False


PAPERS = {
    "Building permit, small works": Papers("sketch of the wall.png", 0.5, True),
    "Correction of a record": Papers("old extract.pdf", 0.4),
    "Refund of an overpayment": Papers("payment slip.pdf", 0.35),
    "Workstation or printer fails": Papers("what the screen says.txt", 0.3),
}
PARTS = (
    ("Local tax balance", "Is the fee for the works paid?"),
    ("Copy of a building plan", "Plan of the house beside it"),
)
MAY_IT = "The wall is 10 cm over the limit. May it be allowed?"
PARTS_NOTE = "Needed before the decision is written."
TO_COLLEAGUES = (
    "@{name} please look at the stamp before it goes out.",
    "@{name} had the same case last month, see there.",
)
APPROVED = ("Yes, go on.", "Agreed, with the usual condition.", "")
REFUSED = ("Not without the neighbour's consent.", "The plan does not allow it.")
LIKED = ("Faster than promised.", "The customer was glad.", "Thank you!")
DISLIKED = ("The customer had to come twice.", "One more question than needed.")


@dataclass(frozen=True, slots=True)
class Work:
    """What a service is like: how often it comes, how long it takes (open minutes).

    ``ask`` and ``wait`` are the shares that lead to a question, or to waiting for
    somebody outside.
    """

    weight: float
    minutes: int
    ask: float
    wait: float
    subjects: tuple[str, ...]


WORK = {
    "Residence certificate": Work(16, 24, 0.10, 0.02, ("Residence certificate",)),
    "Birth extract": Work(
        12, 26, 0.12, 0.04, ("Birth extract", "Birth extract for a passport")
    ),
    "Marriage extract": Work(5, 26, 0.08, 0.04, ("Marriage extract, two copies",)),
    "Change of name": Work(2, 70, 0.20, 0.15, ("Change of surname after marriage",)),
    "Correction of a record": Work(
        3, 110, 0.25, 0.25, ("Name misspelt in the register", "Wrong year of birth")
    ),
    "Building permit, small works": Work(
        5, 210, 0.34, 0.18, ("Garden wall, {street} {n}", "Shed behind {street} {n}")
    ),
    "Location terms": Work(3, 170, 0.22, 0.12, ("What may be built on parcel {n}/2",)),
    "Copy of a building plan": Work(
        4, 80, 0.12, 0.35, ("Plan of {street} {n}", "Deed copy from 1968, volume {n}")
    ),
    "Use of a public area": Work(
        3, 120, 0.18, 0.10, ("Scaffold at {street} {n}", "Café tables, {street} {n}")
    ),
    "Local tax balance": Work(9, 22, 0.08, 0.0, ("Local tax balance",)),
    "Refund of an overpayment": Work(
        4, 75, 0.28, 0.05, ("Paid the property tax twice", "Refund of {n} 000 dinars")
    ),
    "Instalments for a tax debt": Work(
        3, 60, 0.15, 0.10, ("Instalments for the property tax",)
    ),
    "Fee exemption": Work(3, 45, 0.18, 0.05, ("Exemption from the fee, pensioner",)),
    "Workstation or printer fails": Work(
        5, 55, 0.10, 0.15, ("Printer at window {n} jams", "Scanner does not answer")
    ),
    "Access to a program": Work(3, 30, 0.10, 0.02, ("Access for a new colleague",)),
    "Repair in the building": Work(
        3, 90, 0.08, 0.20, ("Light over window {n}", "The ramp door does not close")
    ),
    "Supplies for the counter": Work(3, 40, 0.05, 0.15, ("Toner and forms",)),
}


def subject(words: Random, service: str) -> str:
    """Return what is asked for, in a clerk's words."""
    template = words.choice(WORK[service].subjects)
    return template.format(street=words.choice(STREETS), n=words.randint(1, 48))


def reason_of(question: str) -> ReturnReason:
    """Return why a request comes back with a question."""
    if question in DOCUMENTS:
        return ReturnReason.MISSING_DOCUMENT
    return ReturnReason.UNCLEAR if question in UNCLEAR else ReturnReason.MISSING_FACT
