"""Small exports of another system, and a house they can be imported into."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path

from desktop.domain.house import House
from desktop.exchange.history_source import HistoryFiles
from desktop.exchange.house_file import house_from_text
from desktop.exchange.mapping import HistoryMapping, mapping_from_text

REQUEST_COLUMNS = "id,raised,who,site,kind,detail,said"
EVENT_COLUMNS = "id,at,phase,team,person,urgency,by"

REQUESTS = (
    "A-1,2016-05-02T09:00,Ana,North,Deeds,Copy,1",
    "A-2,2016-05-02T10:00,Božo,South,Deeds,Search,0",
    "A-3,2016-05-03T08:30,Ćiro,South,Keys,?,1",
)
EVENTS = (
    "A-1,2016-05-02T09:00,new,Desk,?,3,Clerk 1",
    "A-1,2016-05-02T09:30,active,Registry,Rade,3,Clerk 1",
    "A-1,2016-05-02T11:00,wait,Registry,Rade,3,Rade",
    "A-1,2016-05-03T11:00,active,Registry,Rade,2,Rade",
    "A-1,2016-05-03T14:00,done,Registry,Rade,2,Rade",
    "A-1,2016-05-03T15:00,done,Registry,Rade,2,Rade",
    "A-1,2016-05-08T12:00,shut,Registry,Rade,2,job",
    "A-2,2016-05-02T10:05,active,Desk,Ada,3,Clerk 2",
    "A-2,2016-05-02T12:00,active,Registry,,3,Clerk 2",
    "A-2,2016-05-03T09:00,active,Desk,Ada,3,Rade",
    "A-2,2016-05-04T09:00,done,Desk,Ada,3,Ada",
    "A-2,2016-05-05T09:00,active,Desk,Ada,3,Ada",
    "A-2,2016-05-06T09:00,done,Desk,Ada,3,Ada",
    "A-3,2016-05-03T08:31,active,Keys,Kim,1,Clerk 1",
)

MAPPING = """
format = 1
name = "small"
zone = "Europe/Berlin"
unknown = ["?"]
[requests]
reference = "id"
raised_at = "raised"
subject = ["kind", "detail"]
topic = ["kind", "detail"]
customer = "who"
site = "site"
[requests.source]
said = "said"
[events]
request = "id"
at = "at"
phase = "phase"
unit = "team"
assignee = "person"
priority = "urgency"
actor = "by"
[phases]
new = "new"
active = "active"
wait = "pending:customer"
done = "resolved"
shut = "closed"
odd = "unchanged"
[priorities]
1 = 1
2 = 2
3 = 3
"""

HOUSE = """
format = 1
name = "Small house"
zone = "Europe/Berlin"
[unknown_units]
side = "back"
calendar = "Office"
[[calendars]]
name = "Office"
zone = "Europe/Berlin"
public_holidays = { country = "DE" }
[calendars.week]
monday = "08:00-16:00"
tuesday = "08:00-16:00"
wednesday = "08:00-16:00"
thursday = "08:00-16:00"
friday = "08:00-16:00"
[[units]]
name = "Desk"
side = "front"
calendar = "Office"
[[agreements]]
name = "Usual"
front = "Desk"
back = "*"
calendar = "Office"
valid_from = 2016-01-01
[agreements.targets]
response = "4 h"
resolution = "8 h"
answer = "4 h"
[agreements.holds]
resolution = ["customer"]
"""


def small_mapping() -> HistoryMapping:
    """Give the mapping of the small exports."""
    return mapping_from_text(MAPPING, "small.mapping.toml")


def small_house() -> House:
    """Give the house the small exports go into."""
    return house_from_text(HOUSE, "small.house.toml")


def written(
    folder: Path,
    requests: Iterable[str] = REQUESTS,
    events: Iterable[str] = EVENTS,
    *,
    packed: bool = False,
) -> HistoryFiles:
    """Write an export and give its two files."""
    suffix = ".csv.gz" if packed else ".csv"
    files = HistoryFiles(folder / f"requests{suffix}", folder / f"events{suffix}")
    for path, header, rows in (
        (files.requests, REQUEST_COLUMNS, requests),
        (files.events, EVENT_COLUMNS, events),
    ):
        data = "\r\n".join([header, *rows, ""]).encode()
        path.write_bytes(gzip.compress(data) if packed else data)
    return files
