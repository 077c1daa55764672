"""Pictures of raising for several, of what is alike, and of the services' own page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from desktop.domain.forms import FieldKind, FieldSpec, Rules, ShownIf
from desktop.domain.service_drafts import CheckSpec
from ui.screenshots.scene import Scene
from ui.screenshots.studio import Studio

if TYPE_CHECKING:
    from ui.catalogue.page import CataloguePage
    from ui.new_request.page import NewRequestPage

NAMES = ("Ana Babić", "Goran Tadić", "Milica Đorđević")

TYPED = (
    *NAMES,
    "Which court",
    "Court",
    "Compare with the register",
    "by post, or at the counter",
    "12 EUR",
    "Purpose",
    "A bank",
    "09:12",
    "Form R-2, filled in.pdf",
    "What to bring.txt",
    "Residence, a family",
)
"""What the scenes put in."""


def _form(studio: Studio, words: str) -> NewRequestPage:
    from ui.new_request.page import NewRequestPage

    studio.show("new_request")
    shown = studio.page(NewRequestPage)
    shown.drafting.forget()
    shown.search.field.insert(words)
    studio.settle()
    shown.go_to(shown.search.hits()[0].id)
    studio.settle()
    studio.later(shown.drafting.forget)
    return shown


def _several(studio: Studio) -> None:
    shown = _form(studio, "residence")
    shown.toggle_several()
    shown.form.form.row("_customers").set_value("\n".join(NAMES))
    studio.settle()


def _alike(studio: Studio) -> None:
    from desktop.queries.search import latest_requests

    rows = studio.desk.read(latest_requests, 40)
    row = next(one for one in rows if len(one.customer.split()) > 1)
    shown = _form(studio, "residence")
    shown.form.form.row("_customer").set_value(row.customer)
    shown.watch._ask()
    studio.settle()


def _template(studio: Studio) -> None:
    _form_with_files(studio)
    studio.run("new_request.template")


def _form_with_files(studio: Studio) -> NewRequestPage:
    shown = _form(studio, "residence")
    form = b"%PDF-1.7 " + b"x" * 40_000
    take = shown.staging.take
    shown.form.add_files(
        [take(form, "Form R-2, filled in.pdf"), take(b"a" * 900, "What to bring.txt")]
    )
    return shown


def _templates(studio: Studio) -> None:
    from desktop.use_cases.templates import (
        TemplateDraft,
        delete_template,
        save_template,
    )
    from ui.new_request.template_files import kept_with

    shown = _form_with_files(studio)
    service = shown.form.service()
    assert service is not None
    files = kept_with(shown.form.sent_files())
    draft = TemplateDraft("Residence, a family", service.id, files=files)
    made = studio.desk.run(save_template, draft).value

    def clear() -> None:
        studio.desk.run(delete_template, made)

    studio.later(clear)
    studio.run("new_request.templates")
    studio.settle()


RAISING = (
    Scene("new-request-several", _several),
    Scene("new-request-alike", _alike),
    Scene("template-dialog", _template),
    Scene("templates-dialog", _templates),
)


# ---------------------------------------------------------------- the catalogue


def _catalogue(studio: Studio, part: str) -> CataloguePage:
    from ui.catalogue.page import CataloguePage

    studio.show("catalogue")
    shown = studio.page(CataloguePage)
    studio.settle()
    shown.show_part(part)
    studio.later(shown.discard)
    return shown


def _rich(shown: CataloguePage) -> None:
    """Write a form with a rule, a range and a checklist."""
    known = shown.chosen_service()
    assert known is not None
    fields = (
        FieldSpec(
            "+1",
            "Purpose",
            FieldKind.CHOICE,
            True,
            choices=("A bank", "Court"),
        ),
        FieldSpec(
            "+2",
            "Which court",
            FieldKind.TEXT,
            True,
            rules=Rules(ShownIf("+1", ("Court",))),
        ),
    )
    checks = (CheckSpec("Compare with the register", True),)
    draft = replace(
        known.steps.draft,
        fields=(*known.steps.draft.fields, *fields),
        checks=checks,
        told_how="by post, or at the counter",
        told_price="12 EUR",
    )
    known.steps.put(draft)


def _written(part: str, studio: Studio) -> None:
    shown = _catalogue(studio, part)
    _rich(shown)
    shown.form.choose(len(shown.form.list.lines()) - 1)
    studio.settle()


def _refused(studio: Studio) -> None:
    shown = _catalogue(studio, "form")
    _rich(shown)
    shown.form.add_question()
    shown.save()
    studio.settle()


def _new(studio: Studio) -> None:
    shown = _catalogue(studio, "service")
    shown.new_service()
    studio.settle()


def _came_back(studio: Studio) -> None:
    from ui.common.meanwhile import say_both

    shown = _catalogue(studio, "service")
    _rich(shown)
    known = shown.chosen_service()
    assert known is not None
    known.kept_at = studio.at - timedelta(days=1, minutes=7)
    name = known.steps.draft.name
    say_both(shown.banners, "came back", name, "09:12")
    studio.later(lambda: shown.banners.withdraw("came back"))
    shown.choose(shown.service_id or 0)
    studio.settle()


CATALOGUE = (
    Scene("catalogue", partial(_written, "service")),
    Scene("catalogue-form", partial(_written, "form")),
    Scene("catalogue-checklist", partial(_written, "checks")),
    Scene("catalogue-refused", _refused),
    Scene("catalogue-new", _new),
    Scene("catalogue-came-back", _came_back),
)
