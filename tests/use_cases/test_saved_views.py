"""Views are kept, shared, changed by one at a time, deleted and put back."""

from __future__ import annotations

import pytest

from desktop.domain.errors import Conflict, Forbidden, Invalid, NotFound
from desktop.domain.list_views import ColumnPlace, GroupBy, ListView, SortBy
from desktop.domain.search_words import Coded, Field, Named
from desktop.messages import refusal_words
from desktop.queries.list_narrowing import Moment, Reader
from desktop.queries.saved_views import saved_views, view_counts
from desktop.use_cases.saved_views import (
    MOST_VIEWS,
    ViewDraft,
    begin_with_view,
    change_view,
    delete_view,
    save_view,
)
from tests.small_house import ZONE

VIEW = ListView(
    (Coded(Field.IS, ("overdue",)), Named(Field.SERVICE, (), (1,), is_not=True)),
    'from:counter "burst pipe"',
    SortBy.SUBJECT,
    is_descending=True,
    group=GroupBy.SERVICE,
    columns=(ColumnPlace("reference", 104), ColumnPlace("customer")),
)


def seen(house, person: str):
    actor = house.actor(person)
    reader = Reader(actor.person_id, actor.unit_id)
    return house.read(saved_views, "queue", reader)


def kept(house, name: str = "Late ones", **more) -> int:
    return house.run(save_view, ViewDraft("queue", name, VIEW, **more))


def test_a_view_is_kept_as_it_stands_and_only_its_maker_sees_it(any_small_house):
    house = any_small_house.me("Dušan Kovač")
    kept(house)

    row = seen(house, "Dušan Kovač")[0]

    assert (row.name, row.view, row.is_mine) == ("Late ones", VIEW, True)
    assert seen(house, "Ana Petrović") == ()
    assert house.read(saved_views, "requests", Reader(row.id, None)) == ()


def test_a_shared_view_is_seen_and_changed_by_the_unit_but_kept_by_its_maker(
    any_small_house,
):
    house = any_small_house.me("Dušan Kovač")
    view_id = kept(house, is_shared=True)
    assert [row.maker for row in seen(house, "Ana Petrović")] == ["Dušan Kovač"]
    assert seen(house, "Vesna Stojanović") == ()

    house.me("Ana Petrović")
    house.run(change_view, view_id, view=ListView(words="roof"))
    assert seen(house, "Dušan Kovač")[0].view.words == "roof"
    with pytest.raises(Forbidden) as refused:
        house.run(delete_view, view_id)
    assert "Dušan Kovač made “Late ones”" in refusal_words(refused.value)
    with pytest.raises(Forbidden):
        house.run(change_view, view_id, is_shared=False)
    house.me("Vesna Stojanović")
    with pytest.raises(NotFound):
        house.run(change_view, view_id, name="Mine now")


def test_of_two_who_change_a_shared_view_the_second_is_told(any_small_house):
    house = any_small_house.me("Dušan Kovač")
    view_id = kept(house, is_shared=True)
    version = seen(house, "Ana Petrović")[0].version
    house.run(change_view, view_id, name="Overdue", expected_version=version)

    house.me("Ana Petrović")
    with pytest.raises(Conflict) as refused:
        house.run(
            change_view, view_id, view=ListView(words="mine"), expected_version=version
        )

    assert "Somebody changed “Overdue” meanwhile" in refusal_words(refused.value)


def test_a_deleted_view_is_put_back_by_its_key_and_a_retry_makes_no_second(small_house):
    house = small_house.me("Dušan Kovač")
    draft = ViewDraft("queue", "Late ones", VIEW)
    view_id = house.run(save_view, draft)
    assert house.run(save_view, draft) == view_id
    house.run(delete_view, view_id)
    assert seen(house, "Dušan Kovač") == ()

    house.run(save_view, draft)

    assert seen(house, "Dušan Kovač")[0].key == draft.key


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "missing"), (" \n", "missing"), ("x" * 61, "too_long")],
)
def test_a_name_that_is_none_is_refused(small_house, name, code):
    with pytest.raises(Invalid, match=code):
        kept(small_house.me("Dušan Kovač"), name)


def test_two_views_of_a_name_and_very_many_are_refused(small_house):
    house = small_house.me("Dušan Kovač")
    kept(house)
    with pytest.raises(Invalid, match="view_name_taken"):
        kept(house, "late ONES")
    for n in range(MOST_VIEWS - 1):
        kept(house, f"View {n}")

    with pytest.raises(Invalid, match="too_many_views"):
        kept(house, "One more")


def test_somebody_begins_with_the_view_they_chose(small_house):
    house = small_house.me("Dušan Kovač")
    view_id = kept(house, is_shared=True)
    assert not seen(house, "Dušan Kovač")[0].is_first

    house.run(begin_with_view, "queue", view_id)

    assert seen(house, "Dušan Kovač")[0].is_first
    assert not seen(house, "Ana Petrović")[0].is_first
    house.run(begin_with_view, "queue", None)
    assert not seen(house, "Dušan Kovač")[0].is_first


def test_views_are_counted_in_their_order(small_house):
    house = small_house
    house.raised("Roof")
    house.raised("Cellar")
    views = [ListView(words="roof"), ListView(), ListView(words="attic")]

    counts = house.read(
        view_counts, views, reader=Reader(), moment=Moment(house.now, ZONE)
    )

    assert [one.total for one in counts] == [1, 2, 0]
