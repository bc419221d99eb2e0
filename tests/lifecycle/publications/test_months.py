"""A month is counted from what was ever seen, is final some days after its end, and is charged to nobody unseen."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from tests.factories import BINH_AN, day, obligation_of
from tests.lifecycle.publications.columns import MARCH, Site, column, counted, march, rss, sources, stored

from plan_lifecycle.domain.act import ActSubject
from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.decider import BY_RULE
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import MonthVerdict
from plan_lifecycle.lifecycle.compile._months_of_news import published_in
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.publications import check_publications
from plan_lifecycle.store import publications as publication_rows
from plan_lifecycle.store.audit import acts
from plan_lifecycle.store.tables import metadata

pytestmark = pytest.mark.enable_socket


def test_what_is_gone_stays_evidence_with_when_it_was_seen(office: Office, site: Site) -> None:
    counted(office, site.show("/rss", march(6)))
    site.show("/rss", march(4))
    (found,) = check_publications(office, sources(column(site)), day("2023-03-21"))
    assert (found.count, found.met, len(found.gone)) == (6, True, 2)
    with office.store.read() as connection:
        seen = {
            each.link[-1]: each.last_seen_at for each in publication_rows.month_items(connection, BINH_AN.id, MARCH)
        }
    assert (seen["0"], seen["5"]) == (day("2023-03-21"), day("2023-03-20"))


def test_a_feed_that_shows_its_newest_items_only_is_added_up(office: Office, site: Site) -> None:
    for on, numbers in (("2023-03-10", (1, 2)), ("2023-03-17", (2, 3)), ("2023-03-24", (4, 5))):
        site.show("/rss", rss(*((f"/tin/{number}", f"{number:02} Mar 2023 08:00:00 +0700") for number in numbers)))
        (found,) = check_publications(office, sources(column(site)), day(on))
    assert (found.count, found.met) == (5, True)


def test_a_title_that_was_mended_with_its_address_is_one_item(office: Office, site: Site) -> None:
    for link in ("/tin/cai-cach", "/tin/cai-cach-hanh-chinh"):
        body = f"<item><link>{link}</link><guid>tin-1</guid><pubDate>02 Mar 2023 08:00:00 +0700</pubDate></item>"
        site.show("/rss", f'<rss version="2.0"><channel>{body}</channel></rss>')
        (found,) = check_publications(office, sources(column(site)), day("2023-03-20"))
    assert found.count == 1


def test_an_item_keeps_the_month_in_which_it_first_stood(office: Office, site: Site) -> None:
    site.show("/rss", rss(("/tin/1", "30 Mar 2023 08:00:00 +0700")))
    check_publications(office, sources(column(site)), day("2023-03-31"))
    site.show("/rss", rss(("/tin/1", "02 Apr 2023 08:00:00 +0700")))
    before, now = check_publications(office, sources(column(site)), day("2023-04-03"))
    assert (before.count, now.count) == (1, 0)


def test_two_columns_of_a_unit_are_one_count(office: Office, site: Site) -> None:
    site.show("/a", rss(("/tin/1", "02 Mar 2023 08:00:00 +0700"), ("/tin/2", "03 Mar 2023 08:00:00 +0700")))
    site.show(
        "/b", rss(("/tin/2?utm_source=zalo", "03 Mar 2023 08:00:00 +0700"), ("/tin/3", "04 Mar 2023 08:00:00 +0700"))
    )
    both = [{"unit": BINH_AN.id, "quota": 3, "feed": site.url + path} for path in ("/a", "/b")]
    (found,) = check_publications(office, sources(*both), day("2023-03-20"))
    assert (found.count, found.met) == (3, True)


def test_of_two_columns_one_that_is_down_leaves_the_month_open(office: Office, site: Site) -> None:
    site.show("/a", march(2))
    both = [{"unit": BINH_AN.id, "quota": 3, "feed": site.url + path} for path in ("/a", "/none")]
    (found,) = check_publications(office, sources(*both), day("2023-03-20"))
    assert (found.count, found.met, found.reached) == (2, None, False)
    site.show("/a", march(3))
    (found,) = check_publications(office, sources(*both), day("2023-03-21"))
    assert (found.count, found.met, found.reached) == (3, True, False)


def test_a_feed_that_is_read_otherwise_is_read_anew(office: Office, site: Site) -> None:
    body = "<ul><li class=a><a href='/1'>Tin</a><i>20/03/2023</i></li></ul>"
    for selector in ("li.a", "ul li"):
        site.show("/c", body, ETag='"v1"')
        listed = {"unit": BINH_AN.id, "quota": 3, "page": f"{site.url}/c", "items": selector, "date": "i"}
        check_publications(office, sources(listed), day("2023-03-25"))
    assert [tag for _, tag in site.asked] == [None, None]


def test_a_month_is_final_some_days_after_its_end(office: Office, site: Site) -> None:
    site.show("/rss", march(4))
    for on in ("2023-03-31", "2023-04-05"):
        check_publications(office, sources(column(site)), day(on))
        assert stored(office).final_at is None
    check_publications(office, sources(column(site)), day("2023-04-06"))
    assert stored(office).final_at == day("2023-04-06")
    site.show("/rss", march(9))
    before = len(site.asked)
    (found,) = check_publications(office, sources(column(site)), day("2023-04-07"), Period.parse(MARCH))
    assert (found.count, found.met, found.final, len(site.asked)) == (4, False, True, before)
    assert obligation_of(office.store, item=Item.QUOTA, period=MARCH).state is ObligationState.OPEN


def test_an_item_of_the_month_that_is_seen_before_it_is_final_counts(office: Office, site: Site) -> None:
    site.show("/rss", march(4))
    check_publications(office, sources(column(site)), day("2023-03-31"))
    site.show("/rss", march(5))
    march_, april = check_publications(office, sources(column(site)), day("2023-04-04"))
    assert (march_.count, march_.met, april.count) == (5, True, 0)


def test_a_month_that_nobody_could_check_is_charged_to_nobody(office: Office, site: Site) -> None:
    site.show("/rss", march(3))
    check_publications(office, sources(column(site)), day("2023-03-20"))
    site.show("/rss", "", 503)
    for on in ("2023-03-31", "2023-04-05"):
        (found, *_) = check_publications(office, sources(column(site)), day(on))
        assert (found.count, found.met, found.reached) == (3, None, False)
    check_publications(office, sources(column(site)), day("2023-04-06"))
    owed = obligation_of(office.store, item=Item.QUOTA, period=MARCH)
    assert owed.state is ObligationState.CLOSED
    with office.store.read() as connection:
        (act,) = acts(connection, ActSubject.OBLIGATION, owed.id)
    assert (act.act, act.by) == ("close", BY_RULE)
    report = Contribution(BINH_AN.id, "UBND xã Bình An", 1, None, None, None, 0, None, ())
    with office.store.read() as connection:
        (told,) = published_in(connection, [report], Period.parse("2023-Q1"), date(2023, 4, 6))
    assert [each.period for each in told.of(MonthVerdict.UNCHECKED)] == [MARCH]


def test_a_long_past_month_may_be_counted_while_nobody_has_yet(office: Office, site: Site) -> None:
    site.show("/rss", march(5))
    (found,) = check_publications(office, sources(column(site)), day("2023-09-01"), Period.parse(MARCH))
    assert (found.count, found.met, found.final) == (5, True, False)


def test_counting_a_day_twice_changes_nothing(office: Office, site: Site) -> None:
    def everything() -> list[list[object]]:
        with office.store.read() as connection:
            return [[tuple(row) for row in connection.execute(select(table))] for table in metadata.sorted_tables]

    site.show("/rss", march(5), ETag='"v1"')
    check_publications(office, sources(column(site)), day("2023-03-20"))
    first = everything()
    check_publications(office, sources(column(site)), day("2023-03-20"))
    assert everything() == first


def test_counting_an_earlier_day_again_takes_nothing_back(office: Office, site: Site) -> None:
    site.show("/rss", march(5))
    check_publications(office, sources(column(site)), day("2023-03-20"))
    before = stored(office)
    check_publications(office, sources(column(site)), day("2023-03-10"))
    assert stored(office) == before


def test_a_month_that_was_over_when_the_plan_came_is_not_owed(office: Office, site: Site) -> None:
    site.show("/rss", rss(("/tin/1", "05 Jan 2023 08:00:00 +0700")))
    (found,) = check_publications(office, sources(column(site)), day("2023-01-20"))
    assert (found.count, found.obligation) == (1, None)
