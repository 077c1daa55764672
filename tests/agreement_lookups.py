"""Agreements as tests look them up: out of the board that the page shows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from desktop.queries.agreements import (
    AgreementDetails,
    AgreementRow,
    agreement_board,
)


def agreements(session: Session, now: datetime) -> tuple[AgreementRow, ...]:
    """Return the line of every agreement, as the page lists them."""
    return tuple(row for row, _ in agreement_board(session, now))


def agreement_details(
    session: Session, agreement_id: int, now: datetime
) -> AgreementDetails:
    """Return one agreement with its versions."""
    board = agreement_board(session, now)
    return next(one for _, one in board if one.agreement_id == agreement_id)
