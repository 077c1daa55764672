"""The ways the core says no: refusals with a code, which the edges put into words."""

from __future__ import annotations


class Refusal(Exception):
    """What was asked cannot be done; `code` says why, `details` with what."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.details.items())
        return f"{self.code} ({told})" if told else self.code


class NotFound(Refusal):
    """Nothing of that identity exists here."""


class Conflict(Refusal):
    """Somebody else saved first, or the same thing exists already."""


class Transition(Refusal):
    """The step is not allowed from the present state."""


class Forbidden(Refusal):
    """The actor may not do this."""


class Invalid(Refusal):
    """A value cannot be accepted; `field` names where it was given."""

    def __init__(self, field: str, code: str, **details: object) -> None:
        super().__init__(code, **details)
        self.field = field

    def __str__(self) -> str:
        return f"{self.field}: {super().__str__()}"


class Interrupted(Exception):
    """What was asked for was stopped before there was an answer; nobody is told."""
