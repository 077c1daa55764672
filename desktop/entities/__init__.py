"""The mapped classes, one module per aggregate.

All are imported together: a foreign key finds its table only when that is mapped too.
"""

from desktop.entities import (
    agreements,
    calendars,
    journal,
    meetings,
    obstacles,
    requests,
    services,
    units,
    workspace,
)

__all__ = [
    "agreements",
    "calendars",
    "journal",
    "meetings",
    "obstacles",
    "requests",
    "services",
    "units",
    "workspace",
]
