"""`counterpart sheet`: one request on paper."""

from __future__ import annotations

import argparse

from desktop.cli.figures import unit_called, write_whole
from desktop.cli.output import opened, say
from desktop.domain.errors import NotFound
from desktop.i18n import current_language


def sheet(options: argparse.Namespace) -> int:
    """Print the file sheet of a request; internal words only as a unit reads them."""
    from desktop.queries.file_sheet import file_sheet
    from desktop.queries.lookups import units
    from desktop.queries.search import request_called
    from desktop.reports.file_sheet import file_sheet_pdf
    from desktop.reports.paper import SIZES

    with opened(options) as desk:
        request_id = desk.read(request_called, options.reference)
        if request_id is None:
            raise NotFound("no_such_request", reference=options.reference)
        reader = options.internal
        found = desk.read(
            file_sheet,
            request_id,
            reader_unit_id=unit_called(desk.read(units), reader) if reader else None,
            with_internal=bool(reader),
            now=desk.now,
        )
    pdf = file_sheet_pdf(found, current_language(), SIZES[options.size])
    write_whole(options.out, pdf)
    say(str(options.out))
    return 0
