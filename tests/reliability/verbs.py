"""Every verb that writes, with a store in which there is something for it to do.

``prepare`` fills a store; ``act`` is what may die at any step of it, be done by several at once, or be done once more.
What an act refuses because it is done already is a refusal in words (PlanLifecycleError), like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

from sqlalchemy import select

from plan_lifecycle.config.adjustable import Adjustable
from plan_lifecycle.config.scoring import read_score_rules
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.pausing import Suspension
from plan_lifecycle.domain.plan_task import Said
from plan_lifecycle.domain.published_index import PublishedIndex
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.appraise import appraise_rest, open_round, publish_ranking, send_forms
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.digest import tell_coordinators
from plan_lifecycle.lifecycle.house_rules import change_setting, undo_setting
from plan_lifecycle.lifecycle.import_units import import_province, read_province
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.people import ListFile, change_person, import_list, keep_list, people_of_unit, undo_change
from plan_lifecycle.lifecycle.progress import enter_index, mark_task, progress_of_plan
from plan_lifecycle.lifecycle.release import deliver_reports, hold_report, release_report
from plan_lifecycle.lifecycle.remind import remind, remind_again, resume, suspend
from plan_lifecycle.lifecycle.review import (
    accept_these,
    clean_submissions,
    close_these,
    ended_ids,
    hand_over_these,
    record_paper,
    waive_these,
)
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.list_uploads import ListKind
from plan_lifecycle.store.tables import contact_change, suspension
from plan_lifecycle.store.units import save_contacts
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DISTRICT,
    HOA_THANG,
    PROVINCE,
    ROOT,
    arrival,
    day,
    district_plan,
    fill,
    make_office,
    owe,
    plan_row,
    report_file,
)
from tests.fakes import FakeChannel
from tests.lifecycle.people.test_lists import HEAD as HEAD_OF_PEOPLE
from tests.lifecycle.people.test_persons import NEW as NEW_PERSON
from tests.lifecycle.review.reorganised import NOW as AFTER_REORGANISATION
from tests.lifecycle.review.reorganised import SHIPPED, h1, reorganised
from tests.lifecycle.review.test_record import PLAN as PAPER
from tests.reliability.world import by_hand, open_obligations, plan_of

NOW, LATER = day("2023-02-20"), day("2023-02-21")
JUNE, MONDAY, TUESDAY = day("2023-06-10"), day("2023-06-19"), day("2023-06-20")
DECEMBER = day("2023-12-20")
BY = Decider("Trần Thị Hoa", "Theo công văn số 12")
COMMUNES = (BINH_AN, HOA_THANG, CHO_LAU)


class Verb(NamedTuple):
    """One verb: where it stands in the matrix, what fills a store for it, and what it does there."""

    name: str
    where: str
    prepare: Callable[[Store], object]
    act: Callable[[Store], object]
    noted_each_time: frozenset[str] = frozenset()
    """Tables in which each doing stands, also one that found nothing left to do."""


def _owing(store: Store) -> int:
    fill(store)
    plan_id = plan_row(store, blob=store.blobs.put(_district_plan()))
    for unit in COMMUNES:
        owe(store, unit, plan_id=plan_id)
    return plan_id


@cache
def _district_plan() -> bytes:
    return district_plan()


def _registered(store: Store) -> None:
    fill(store)
    register_plan(make_office(store), _district_plan(), issuer_id=DISTRICT.id, now=day("2023-02-10"))


def _waiting(store: Store) -> None:
    """Each commune's plan is filed and waits for a person."""
    _owing(store)
    sent = [arrival(plan_of(unit), unit, key=unit.id) for unit in COMMUNES]
    collect(by_hand(store), [FakeChannel(list(sent))], NOW)


def _reported(store: Store) -> None:
    """Two communes' reports are accepted, and there is a coordinator and a leader."""
    fill(store)
    people = [
        Contact("bb", ContactRole.HEAD, "Chủ tịch", "lanh-dao@example.vn", valid_from=date(2023, 1, 1)),
        Contact("bb-pnv", ContactRole.COORDINATOR, "Lan", "dau-moi@example.vn", valid_from=date(2023, 1, 1)),
    ]
    with store.write() as connection:
        save_contacts(connection, people)
    plan_id, office = plan_row(store), make_office(store)
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
        sent = arrival(report_file(unit), unit, "report", "2023-H1", "2023-06-10", key=unit.id, file_name="b.xlsx")
        collect(office, [FakeChannel([sent])], JUNE)


def _compiled(store: Store) -> None:
    _reported(store)
    compile_report(make_office(store), "bb", "2023-H1", MONDAY)


def _coordinated(store: Store) -> None:
    """Somebody waits for the morning's digest."""
    _waiting(store)
    lan = Contact("bb-pnv", ContactRole.COORDINATOR, "Lan", "dau-moi@example.vn", valid_from=date(2023, 1, 1))
    with store.write() as connection:
        save_contacts(connection, [lan])


def _ended(store: Store) -> None:
    reorganised(store)
    for unit in (BINH_AN, HOA_THANG):
        h1(store, unit)


def _hand_over(store: Store) -> None:
    office = make_office(store, reminding=SHIPPED)
    hand_over_these(office, ended_ids(office, AFTER_REORGANISATION), "", BY, AFTER_REORGANISATION)


def _close(store: Store) -> None:
    office = make_office(store, reminding=SHIPPED)
    close_these(office, ended_ids(office, AFTER_REORGANISATION), BY, AFTER_REORGANISATION)


def _ruled(store: Store) -> Office:
    return replace(make_office(store), book=Adjustable(ROOT / "config"))


def _set(store: Store) -> None:
    change_setting(_ruled(store), "cascade.phone", '"0252 3822 888"', BY, NOW)


def _listed(store: Store) -> None:
    fill(store)
    text = f"{HEAD_OF_PEOPLE}xã Bình An,cán bộ,An,an@x.example,912345678\nxã Hòa Thắng,cán bộ,Ba,ba@x.example,\n"
    keep_list(make_office(store), ListKind.PEOPLE, "Bình Thuận", NOW.date(), ListFile("n.csv", text.encode()), BY, NOW)


def _change(store: Store) -> None:
    office = make_office(store)
    (person,) = people_of_unit(office, BINH_AN.id, NOW).now
    change_person(office, person.id, NEW_PERSON, BY, NOW, seen=0)


def _changed_person(store: Store) -> None:
    fill(store)
    _change(store)


def _undo_person(store: Store) -> None:
    with store.read() as connection:
        changes = connection.execute(select(contact_change.c.id).order_by(contact_change.c.id)).scalars().all()
    undo_change(make_office(store), BINH_AN.id, changes[0], BY, LATER)


def _paused(store: Store) -> None:
    _owing(store)
    _pause(store)


def _pause(store: Store) -> None:
    suspend(make_office(store), Suspension(LATER.date(), date(2023, 2, 24), BY.by, "lũ", unit_id=BINH_AN.id), NOW)


def _resume(store: Store) -> None:
    with store.read() as connection:
        number = connection.execute(select(suspension.c.id)).scalar_one()
    resume(make_office(store), number, BY, LATER)


def _mark(store: Store) -> None:
    office = make_office(store)
    key = progress_of_plan(office, "1", JUNE).tasks[1].task.key
    mark_task(office, "1", key, Said.DONE, BY, JUNE, done_on=date(2023, 5, 20), paper="12/KH-UBND")


def _index(store: Store) -> None:
    given = PublishedIndex(PROVINCE.id, "par_index", 2022, 86.1, 20, 63, date(2023, 4, 19), "", entered_by=BY.by)
    enter_index(make_office(store), given, JUNE)


@cache
def _score_rules():  # type: ignore[no-untyped-def]
    return read_score_rules(ROOT / "config/scoring.yaml")


def _round(store: Store, act: Callable[..., object]) -> None:
    office = make_office(store)
    of = open_round(office, _score_rules(), "communes", 2023, DISTRICT.id, DECEMBER)
    act(office, of)


@cache
def _province(day_of: str):  # type: ignore[no-untyped-def]
    return read_province("Bình Thuận" if day_of < "2025-07-01" else "Lâm Đồng", date.fromisoformat(day_of))


def _import(day_of: str) -> Callable[[Store], object]:
    return lambda store: import_province(store, _province(day_of))


def _again(store: Store) -> None:
    remind_again(make_office(store), [subject.number for subject in open_obligations(store)], BY, day("2023-02-22"))


VERBS = (
    Verb("register", "plan registered", fill, lambda store: register_plan(
        make_office(store), _district_plan(), issuer_id=DISTRICT.id, now=NOW)),
    Verb("cascade", "cascade", _registered, lambda store: cascade_plan(make_office(store), 1, NOW)),
    Verb("remind", "reminding", _owing, lambda store: remind(make_office(store), LATER)),
    Verb("remind again", "reminding by hand", _owing, _again),
    Verb("digest", "digest", _coordinated, lambda store: tell_coordinators(by_hand(store), LATER)),
    Verb("pause", "mail paused", _owing, _pause),
    Verb("resume", "mail resumed", _paused, _resume),
    Verb("accept", "decisions", _waiting, lambda store: list(accept_these(
        by_hand(store), clean_submissions(by_hand(store)), BY, LATER))),
    Verb("waive", "decisions", _owing, lambda store: list(waive_these(
        make_office(store), open_obligations(store), BY, LATER))),
    Verb("record", "paper recorded", _owing, lambda store: record_paper(
        make_office(store), PAPER, BY, day("2023-03-02"))),
    Verb("hand over", "handover", _ended, _hand_over),
    Verb("close", "handover", _ended, _close),
    Verb("compile", "report compiled", _reported, lambda store: compile_report(
        make_office(store), "bb", "2023-H1", MONDAY)),
    Verb("deliver", "report delivered", _compiled, lambda store: deliver_reports(make_office(store), TUESDAY)),
    Verb("hold", "report held", _compiled, lambda store: hold_report(make_office(store), "bb", "2023-H1", BY, MONDAY)),
    Verb("let go", "report let go", _compiled, lambda store: release_report(
        make_office(store), "bb", "2023-H1", BY, MONDAY)),
    Verb("import", "units imported", lambda _: None, _import("2023-01-01")),
    Verb("reorganise", "reorganisation", _import("2023-01-01"), _import("2025-07-01")),
    Verb("take in list", "list taken in", _listed, lambda store: import_list(
        make_office(store), 1, BY, NOW, skip_faulty=False), frozenset({"audit"})),
    Verb("change person", "person changed", fill, _change),
    Verb("undo person", "person changed", _changed_person, _undo_person),
    Verb("set", "settings", fill, _set),
    Verb("undo setting", "settings", lambda store: (fill(store), _set(store)), lambda store: undo_setting(
        _ruled(store), "cascade.phone", BY, LATER, seen=1)),
    Verb("mark task", "progress", _registered, _mark),
    Verb("enter index", "progress", fill, _index),
    Verb("send forms", "scores", _owing, lambda store: _round(store, lambda office, of: send_forms(
        office, of, date(2023, 12, 29), BY, DECEMBER))),
    Verb("appraise", "scores", _owing, lambda store: _round(store, lambda office, of: appraise_rest(
        office, of, of.units, BY, DECEMBER))),
    Verb("publish", "scores", _owing, lambda store: _round(store, lambda office, of: publish_ranking(
        office, of, BY, DECEMBER))),
)  # fmt: skip
