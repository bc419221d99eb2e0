"""What units have published: each item once with when it was seen, each month's count until it is final."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.factories import BINH_AN, HOA_THANG, day, fill

from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.store import publications as rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.publications import StoredItem

MAY = Period.parse("2023-M05")
FEED = "https://binhan.example.vn/rss"


def item(number: int, on: str | None = "2023-05-03", at: str = "2023-05-04") -> StoredItem:
    link = f"https://binhan.example.vn/tin/{number}"
    published = date.fromisoformat(on) if on else None
    return StoredItem(BINH_AN.id, f"{number:064}", link, None, "Bộ phận một cửa", published, FEED, day(at), day(at))


def month(**changed: object) -> PublicationMonth:
    made = PublicationMonth(BINH_AN.id, MAY.code, 5, 3, 0, day("2023-05-26"), day("2023-05-26"))
    return replace(made, **changed)  # type: ignore[arg-type]


def test_an_item_is_kept_once_and_counts_in_the_month_of_its_day(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        assert rows.add_items(connection, [item(1), item(2, "2023-06-01"), item(3, None)]) == 3
        assert rows.add_items(connection, [item(1)]) == 0
        assert len(rows.month_items(connection, BINH_AN.id, MAY.code)) == 1
        assert rows.count_undated(connection, BINH_AN.id, day("2023-05-04")) == 1
        assert rows.month_items(connection, HOA_THANG.id, MAY.code) == []
        assert len(rows.known_items(connection, BINH_AN.id, date(2023, 6, 1))) == 2


def test_an_item_that_is_gone_stays_with_when_it_was_seen(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        rows.add_items(connection, [item(1), item(2)])
        rows.see_again(connection, BINH_AN.id, [item(2).identity], day("2023-05-09"), {})
        first, second = rows.month_items(connection, BINH_AN.id, MAY.code)
    assert (first.first_seen_at, first.last_seen_at) == (day("2023-05-04"), day("2023-05-04"))
    assert second.last_seen_at == day("2023-05-09")


def test_a_day_that_is_named_later_is_taken(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        rows.add_items(connection, [item(1, None)])
        rows.see_again(
            connection, BINH_AN.id, [item(1).identity], day("2023-05-09"), {item(1).identity: date(2023, 5, 8)}
        )
        assert len(rows.month_items(connection, BINH_AN.id, MAY.code)) == 1


def test_what_stood_at_an_unchanged_source_still_does(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        rows.add_items(connection, [item(1), item(2, at="2023-05-07")])
        rows.see_unchanged(connection, BINH_AN.id, FEED, day("2023-05-07"), day("2023-05-09"))
        seen = [each.last_seen_at for each in rows.month_items(connection, BINH_AN.id, MAY.code)]
    assert seen == [day("2023-05-04"), day("2023-05-09")]


def test_a_month_is_brought_up_to_date_until_it_is_final(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        rows.save_month(connection, month())
        rows.save_month(connection, month(count=4))
        assert [each.count for each in rows.unfinished(connection)] == [4]
        rows.save_month(connection, month(count=6, final_at=day("2023-06-06")))
        rows.save_month(connection, month(count=9))
        assert rows.unfinished(connection) == []
        (found,) = rows.months(connection, [BINH_AN.id, HOA_THANG.id], [MAY.code, "2023-M04"])
    assert (found.count, found.final_at) == (6, day("2023-06-06"))
