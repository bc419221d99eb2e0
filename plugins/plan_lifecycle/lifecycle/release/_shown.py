"""Reports as a coordinator sees them: each with its versions, how far they have come, the files to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plan_lifecycle.documents.consolidated_excel import without_draft_mark
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.correction import Correction
from plan_lifecycle.domain.release import Hold, Issue, Receiver, ReportKey, ReportState, Way
from plan_lifecycle.lifecycle.office import Desk, Office, open_desk
from plan_lifecycle.lifecycle.release._letters import called, report_file, title_of
from plan_lifecycle.store import corrections, placings, releases, reports
from plan_lifecycle.store.audit import acts_of
from plan_lifecycle.store.database import Connection


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version: its name, when it was compiled, whom it was given to and when, how it was issued. ``correction``
    is the corrected file that came back, ``asked_by`` the person who asked for it; None where it was due."""

    id: int
    number: int
    name: str
    compiled_at: datetime
    state: ReportState
    given: Mapping[Receiver, datetime]
    issue: Issue | None
    correction: Correction | None = None
    asked_by: str | None = None


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report of a unit and period, of the kind of a ``profile``; ``versions`` from the newest, ``hold`` only while it
    is in force. ``outdated`` says that its newest version does not show all that was decided about paragraphs."""

    unit_id: str
    unit: str
    period: str
    profile: str
    name: str
    versions: tuple[ShownVersion, ...]
    hold: Hold | None
    outdated: bool = False

    @property
    def newest(self) -> ShownVersion:
        """The version that goes on."""
        return self.versions[0]


def shown_reports(office: Office, now: datetime, period: str | None = None) -> list[ShownReport]:
    """The reports that were compiled, of a period or of all, the newest first."""
    with office.store.read() as connection:
        desk = open_desk(office, connection, now)
        ways = [way for way in _seen(office, connection) if period in (None, way.period) and way.unit_id in desk.tree]
        return _shown(connection, desk, ways)


def reported_periods(office: Office) -> list[str]:
    """The codes of the periods of which reports were compiled, each once, the one with the newest report first."""
    with office.store.read() as connection:
        return list(dict.fromkeys(way.period for way in _seen(office, connection)))


def shown_report(
    office: Office, unit_id: str, period: str, now: datetime, *, profile: str | None = None
) -> ShownReport | None:
    """One of them, of the kind of a ``profile`` where one is named; None where none was compiled."""
    with office.store.read() as connection:
        desk, ways = open_desk(office, connection, now), releases.ways_of(connection, unit_id, period)
        way = next((way for way in ways if profile in (None, way.profile)), None)
        if way is None or unit_id not in desk.tree or not office.sight.has(unit_id):
            return None
        return _shown(connection, desk, [way])[0]


def report_of_version(office: Office, report_id: int) -> ReportKey | None:
    """Which report a version is of; None where there is none that may be seen."""
    with office.store.read() as connection:
        stored = reports.get(connection, report_id)
    return stored.key if stored and office.sight.has(stored.unit_id) else None


def report_to_save(office: Office, report_id: int, ending: str, now: datetime) -> tuple[str, bytes] | None:
    """Name and bytes of a version's file, "docx" or "xlsx"; of an issued one without the mark of a draft.

    Its Word file bears number, day and signer.
    """
    with office.store.read() as connection:
        stored, issue = reports.get(connection, report_id), releases.issues(connection).get(report_id)
        desk = open_desk(office, connection, now)
    blobs = (
        {} if stored is None else {"docx": issue.word_blob if issue else stored.word_blob, "xlsx": stored.excel_blob}
    )
    if stored is None or ending not in blobs or stored.unit_id not in desk.tree or not office.sight.has(stored.unit_id):
        return None
    data = office.store.blobs.get(blobs[ending])
    if issue is not None and ending == "xlsx":
        data = without_draft_mark(data)
    return report_file(desk.tree[stored.unit_id], stored, ending), data


def _seen(office: Office, connection: Connection) -> list[Way]:
    return [way for way in releases.ways(connection) if office.sight.has(way.unit_id)]


def _shown(connection: Connection, desk: Desk, ways: Sequence[Way]) -> list[ShownReport]:
    today = desk.now.date()
    done, corrected = releases.issues(connection), corrections.every(connection)
    addenda, shown_in, decided = reports.addenda(connection), reports.placed(connection), placings.every(connection)
    asked = _askers(connection, ways)
    shown = []
    for way in ways:
        versions = [
            ShownVersion(
                one.id,
                one.number,
                title_of(way.period, one.number, addenda.get(one.id, 0), about=way.about),
                one.compiled_at,
                way.state(one, today),
                one.given,
                done.get(one.id),
                corrected.get(one.id),
                asked.get(one.id),
            )
            for one in reversed(way.versions)
        ]
        hold = way.hold if way.held(today) else None
        unit = desk.tree.called(way.unit_id)
        name = called(desk, way)
        placed = {one.id for one in decided.get(way.key, {}).values()}
        old = not versions[0].issue and placed != shown_in.get(way.newest.id, set())
        shown.append(ShownReport(way.unit_id, unit, way.period, way.profile, name, tuple(versions), hold, old))
    return shown


def _askers(connection: Connection, ways: Sequence[Way]) -> dict[int, str]:
    """Who asked for a version, of those that a person asked for."""
    acts = acts_of(connection, ActSubject.REPORT, [one.id for way in ways for one in way.versions])
    asked = [act for some in acts.values() for act in some if act.act is ActKind.COMPILE_REPORT]
    return {act.subject_id: act.by for act in asked}
