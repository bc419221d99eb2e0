"""Counting published items from a real server: the month's, each once, with links; unreachable is not zero."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from tests.channels.web import HOST, Talk, serving
from tests.factories import (
    BINH_AN,
    DISTRICT,
    HOA_THANG,
    day,
    district_plan,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
)

from plan_lifecycle.config.sources import Sources
from plan_lifecycle.documents.drafts import ActivityRow
from plan_lifecycle.domain.act import ActSubject
from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.decider import BY_RULE
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import MonthVerdict, PublicationMonth
from plan_lifecycle.lifecycle.compile._months_of_news import published_in
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.publications import check_publications
from plan_lifecycle.lifecycle.publications._run import Counted
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import publications as publication_rows
from plan_lifecycle.store.audit import acts
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.figures import figures
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import audit, metadata
from plan_lifecycle.store.tables import plan as plan_table

pytestmark = pytest.mark.enable_socket
MARCH = "2023-M03"


@dataclass
class Site:
    """A web server: path to (status, headers, body); ``asked`` are paths with the ETag that was known."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    url: str = ""

    def show(self, path: str, body: str, status: int = 200, **headers: str) -> str:
        self.pages[path] = (status, headers, body.encode())
        return self.url + path

    def __call__(self, talk: Talk) -> None:
        self.asked.append((talk.path, talk.header("If-None-Match")))
        status, headers, body = self.pages.get(talk.path, (404, {}, b""))
        talk.answer(body, status, **headers)


@pytest.fixture
def site() -> Iterator[Site]:
    shown = Site()
    with serving(shown) as server:
        shown.url = server.url
        yield shown


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An and xã Hòa Thắng owe plans."""
    fill(store)
    plan = owe(store)
    owe(store, HOA_THANG, plan_id=plan.plan_id)
    return make_office(store)


def rss(*items: tuple[str, str]) -> str:
    rows = "".join(
        f"<item><title>Tin</title><link>{link}</link><pubDate>{when}</pubDate></item>" for link, when in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>CCHC</title>{rows}</channel></rss>'


def march(count: int) -> str:
    return rss(*((f"/tin/{number}", f"{number + 1:02} Mar 2023 08:00:00 +0700") for number in range(count)))


def sources(*found: dict[str, Any], **changed: Any) -> Sources:
    return Sources.model_validate({"hosts": [HOST], "allow_private": True, "publications": found} | changed)


def counted(office: Office, url: str, **changed: Any) -> Counted:
    (found,) = check_publications(
        office, sources({"unit": BINH_AN.id, "quota": 5, "feed": url} | changed), day("2023-03-20")
    )
    return found


def test_a_month_whose_quota_is_reached_is_met_with_links_as_evidence(office: Office, site: Site) -> None:
    found = counted(office, site.show("/rss", march(6)))
    assert (found.count, found.met, len(found.links)) == (6, True, 6)
    owed = obligation_of(office.store, item=Item.QUOTA, period=MARCH)
    assert (owed.state, str(owed.due_on)) == (ObligationState.MET, "2023-03-31")
    with office.store.read() as connection:
        (sent,) = versions(connection, owed.id)
        by_code = {each.code: each for each in office.rules.profile_of().of_year(2023)}
        (figure,) = figures(connection, [sent.id], by_code)[sent.id]
        acts = [row.act for row in connection.execute(select(audit.c.act))]
    assert (figure.indicator, figure.value, acts) == ("news_items", 6, ["count"])
    assert f"{site.url}/tin/0" in figure.evidence


def test_counting_again_adds_nothing_and_more_items_add_a_version(office: Office, site: Site) -> None:
    for count in (2, 2, 5, 5):
        counted(office, site.show("/rss", march(count)))
    owed = obligation_of(office.store, item=Item.QUOTA, period=MARCH)
    with office.store.read() as connection:
        assert len(versions(connection, owed.id)) == 2
    assert owed.state is ObligationState.MET


def test_what_was_counted_is_kept_in_a_spelling_that_never_changes_for_a_count_is_known_by_its_bytes(
    office: Office, site: Site
) -> None:
    counted(office, site.show("/rss", march(1)))
    owed = obligation_of(office.store, item=Item.QUOTA, period=MARCH)
    with office.store.read() as connection:
        (sent,) = versions(connection, owed.id)
    shown = {"ngày": "2023-03-01", "tên": "Tin", "địa chỉ": f"{site.url}/tin/0"}
    kept = json.dumps({"kỳ": MARCH, "tin, bài": [shown]}, ensure_ascii=False, indent=2)
    assert office.store.blobs.get(sent.blob).decode() == kept


def test_only_the_months_items_count_and_each_link_once(office: Office, site: Site) -> None:
    body = rss(
        ("/a", "28 Feb 2023 16:59:00 +0000"),
        ("/b", "28 Feb 2023 17:00:00 +0000"),
        ("/b#top", "01 Mar 2023 08:00:00 +0700"),
        ("/c", "31 Mar 2023 17:00:00 +0000"),
        ("/d", ""),
    )
    found = counted(office, site.show("/rss", body))
    assert (found.count, found.undated, found.met) == (1, 1, False)
    assert obligation_of(office.store, item=Item.QUOTA, period=MARCH).state is ObligationState.OPEN


def test_atom_is_read_too(office: Office, site: Site) -> None:
    entry = "<entry><title>Tin</title><link href='/tin/1'/><updated>2023-03-02T08:00:00+07:00</updated></entry>"
    found = counted(office, site.show("/atom", f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'), quota=1)
    assert (found.count, found.met) == (1, True)


def test_a_list_in_a_page(office: Office, site: Site) -> None:
    rows = "".join(f"<li><a href='tin/{n}'>Tin {n}</a> <i>Ngày {n:02}/03/2023</i></li>" for n in range(1, 4))
    url = site.show("/cchc", f"<html><ul class=tin>{rows}<li><a href='x'>Cũ</a><i>01/02/2023</i></li></ul></html>")
    column = {"unit": BINH_AN.id, "quota": 3, "page": url, "items": "ul.tin li", "date": "i"}
    (found,) = check_publications(office, sources(column), day("2023-03-20"))
    assert (found.count, found.met, found.links[0]) == (3, True, f"{site.url}/tin/1")


def test_one_site_that_is_down_is_not_zero_and_stops_no_other(office: Office, site: Site) -> None:
    down = {"unit": BINH_AN.id, "quota": 5, "feed": f"http://{HOST}:1/rss"}
    good = {"unit": HOA_THANG.id, "quota": 5, "feed": site.show("/rss", march(5))}
    first, second = check_publications(office, sources(down, good), day("2023-03-20"))
    assert (first.count, first.met, bool(first.why)) == (None, None, True)
    assert second.met
    assert obligation_of(office.store, item=Item.QUOTA, period=MARCH).state is ObligationState.OPEN


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [(404, "", "status 404"), (500, "", "status 500"), (200, "<html>Bảo trì</html>", "no RSS"), (200, "", "no RSS")],
)
def test_an_answer_that_is_no_feed_is_not_zero(office: Office, site: Site, status: int, body: str, told: str) -> None:
    found = counted(office, site.show("/rss", body, status))
    assert found.count is None
    assert told in (found.why or "")


def test_a_page_without_its_list_is_not_zero(office: Office, site: Site) -> None:
    column = {"unit": BINH_AN.id, "quota": 3, "page": site.show("/c", "<p>x</p>"), "items": "li", "date": "i"}
    (found,) = check_publications(office, sources(column), day("2023-03-20"))
    assert found.count is None


def stored(office: Office, period: str = MARCH) -> PublicationMonth:
    with office.store.read() as connection:
        (found,) = publication_rows.months(connection, [BINH_AN.id], [period])
    return found


def test_the_quota_is_the_plans_where_the_configuration_names_none(office: Office, site: Site) -> None:
    task = ActivityRow("1", "Đăng ít nhất 03 tin, bài/tháng", "UBND xã", "", "Thường xuyên", "Tin, bài")
    rest_on(office, plan_file(DISTRICT, number="15", activities=(task,)))
    found = counted(office, site.show("/rss", march(3)), quota=None)
    assert (found.quota, found.met) == (3, True)
    assert "03 tin, bài/tháng" in obligation_of(office.store, item=Item.QUOTA, period=MARCH).clause


def test_a_task_of_every_month_may_name_the_quota(office: Office, site: Site) -> None:
    rest_on(office, district_plan())
    assert counted(office, site.show("/rss", march(3)), quota=None).quota == 5


def test_a_plan_that_names_several_quotas_leaves_it_to_a_person(office: Office, site: Site) -> None:
    rows = tuple(
        ActivityRow(f"{number}", f"Đăng ít nhất 0{number} tin, bài/tháng", "UBND xã", "", "Thường xuyên", "Tin, bài")
        for number in (3, 5)
    )
    rest_on(office, plan_file(DISTRICT, number="15", activities=rows))
    found = counted(office, site.show("/rss", march(3)), quota=None)
    assert (found.quota, found.count, found.met, found.obligation) == (None, 3, None, None)
    assert found.reached
    assert "chưa rõ chỉ tiêu" in (found.why or "")
    assert counted(office, site.show("/rss", march(3)), quota=3).met


def rest_on(office: Office, plan: bytes) -> None:
    """Let the unit's plan be owed under this one."""
    blob = office.store.blobs.put(plan)
    with office.store.write() as connection:
        connection.execute(update(plan_table).values(blob=blob))


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


def test_a_list_is_followed_until_it_lies_before_the_month(office: Office, site: Site) -> None:
    def page(days: list[str], further: str) -> str:
        rows = "".join(f"<li><a href='/{day_}'>Tin</a><i>{day_}</i></li>" for day_ in days)
        return f"<ul>{rows}</ul><a class=sau href='{further}'>Trang sau</a>"

    site.show("/1", page(["20/03/2023", "19/03/2023"], "/2"))
    site.show("/2", page(["02/03/2023", "27/02/2023"], "/3"))
    site.show("/3", page(["20/02/2023"], "/4"))
    listed = {"unit": BINH_AN.id, "quota": 3, "page": f"{site.url}/1", "items": "li", "date": "i", "next": "a.sau"}
    (found,) = check_publications(office, sources(listed), day("2023-03-25"))
    assert (found.count, found.met, found.reached) == (3, True, True)
    assert [path for path, _ in site.asked] == ["/1", "/2", "/3"]


def test_a_list_that_leads_back_to_itself_comes_to_an_end(office: Office, site: Site) -> None:
    site.show("/1", "<ul><li><a href='/a'>Tin</a><i>20/03/2023</i></li></ul><a class=sau href='/1?'>Sau</a>")
    site.show("/1?", "<ul><li><a href='/a'>Tin</a><i>20/03/2023</i></li></ul><a class=sau href='/1?'>Sau</a>")
    listed = {"unit": BINH_AN.id, "quota": 3, "page": f"{site.url}/1", "items": "li", "date": "i", "next": "a.sau"}
    (found,) = check_publications(office, sources(listed), day("2023-03-25"))
    assert found.count == 1
    assert len(site.asked) <= 3


def test_a_feed_that_has_not_changed_is_not_fetched_and_what_stood_there_still_does(office: Office, site: Site) -> None:
    site.show("/rss", march(3), ETag='"v1"')
    check_publications(office, sources(column(site)), day("2023-03-20"))
    site.pages["/rss"] = (304, {"ETag": '"v1"'}, b"")
    for on in ("2023-03-21", "2023-03-22"):
        (found,) = check_publications(office, sources(column(site)), day(on))
        assert (found.count, found.gone, found.reached) == (3, (), True)
    assert [tag for _, tag in site.asked] == [None, '"v1"', '"v1"']


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


def test_a_unit_that_owes_nothing_is_counted_and_not_charged(store: Store, site: Site) -> None:
    fill(store)
    found = counted(make_office(store), site.show("/rss", march(2)))
    assert (found.count, found.met, found.obligation) == (2, False, None)


def test_a_unit_that_is_not_known_is_told(office: Office, site: Site) -> None:
    found = counted(office, site.show("/rss", march(2)), unit="bb-khong-co")
    assert (found.count, found.why) == (None, "chưa có đơn vị này")
    assert site.asked == []


def test_a_quota_is_not_mixed_with_plans_and_reports(office: Office, site: Site) -> None:
    counted(office, site.show("/rss", march(6)))
    with office.store.read() as connection:
        (abstract,) = connection.execute(select(plan_table.c.abstract)).scalars()
        keys = [("bb", "sub_plan", "2023", abstract), ("bb", "quota", MARCH, abstract)]
        counts = obligation_rows.counts(connection, keys)
    assert counts == dict(zip(keys, [(0, 2), (1, 1)], strict=True))


def column(site: Site, path: str = "/rss", quota: int = 5) -> dict[str, Any]:
    return {"unit": BINH_AN.id, "quota": quota, "feed": site.url + path}


def test_two_runs_at_once_count_once(office: Office, site: Site) -> None:
    site.show("/rss", march(5))
    asked = sources(column(site), column(site) | {"unit": HOA_THANG.id})
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: check_publications(office, asked, day("2023-03-20")), range(4)))
    assert all([(each.count, each.met) for each in found] == [(5, True), (5, True)] for found in runs)
    owed = obligation_of(office.store, item=Item.QUOTA, period=MARCH)
    with office.store.read() as connection:
        assert len(versions(connection, owed.id)) == 1
        assert len(publication_rows.month_items(connection, BINH_AN.id, MARCH)) == 5
        assert len(list(acts(connection, ActSubject.OBLIGATION, owed.id))) == 1
