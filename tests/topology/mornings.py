"""Schedulers that were down over several mornings: what was missed is made up for by the verbs, not by more runs.

A cron line of seconds stands in place of the mornings. Without catch-up Airflow makes the first run that was missed,
and the newest one; those between never come.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.simulation.papers import signed_paper
from plan_lifecycle.store.tables import letter, obligation, submission
from plan_lifecycle.store.versions import drafts_in_force
from tests.factories import BINH_AN, DISTRICT, HOA_THANG, day, district_plan, fill
from tests.topology.office import DAGS, Served, serve, wait_for

PERIOD = 15
CRON = f"* * * * * */{PERIOD}"
MISSED = 6
ISSUED, SENT = "2023-02-10", "2023-02-20"
SCHEDULED = sorted(DAGS - {"cascade_plan"})


@contextmanager
def cascaded(folder: Path) -> Iterator[Served]:
    """Just booted, nothing in order; the district's plan was cascaded, the schedules are not yet switched on."""
    with serve(folder, {"PLAN_LIFECYCLE_SCHEDULES": CRON}, in_order=False) as here:
        fill(here.office.store)
        here.topology.unpause(["cascade_plan"])
        plan = here.topology.place.folder / "plans" / "ke-hoach-15.docx"
        plan.write_bytes(district_plan())
        here.topology.airflow.run("cascade_plan", {"plan": str(plan), "unit": DISTRICT.name, "as_of": ISSUED})
        yield here


def lay_into_the_inbox(here: Served, unit: Unit) -> None:
    """The unit's plan, as it was asked for."""
    with here.office.store.read() as connection:
        ((_, drafts),) = drafts_in_force(connection).items()
    draft = here.office.store.blobs.get(next(draft.blob for draft in drafts if draft.unit_id == unit.id))
    laid = here.topology.place.folder / "inbox" / unit.id / "sub_plan-2023" / "kế hoạch.docx"
    laid.parent.mkdir(parents=True)
    laid.write_bytes(signed_paper(draft, unit.id, day(SENT).date()))


def states(here: Served, dag: str, kind: str = "scheduled") -> set[str]:
    """How the DAG's runs of a kind stand."""
    return {run["state"] for run in here.runs(dag) if run["run_type"] == kind}


def play(folder: Path) -> dict[str, Any]:
    """Kill both schedulers for ``MISSED`` mornings while two units hand in; tell what came of it."""
    with cascaded(folder) as here:
        here.topology.unpause(SCHEDULED)
        for dag in SCHEDULED:
            wait_for(f"a run of {dag} ends well", lambda dag=dag: "success" in states(here, dag))  # type: ignore[misc]
        schedulers = [name for name in here.topology.running if name.startswith("scheduler")]
        here.topology.kill(*schedulers)
        fell = datetime.now().astimezone()
        for unit in (BINH_AN, HOA_THANG):
            lay_into_the_inbox(here, unit)
            time.sleep(PERIOD * MISSED / 2)
        rose = datetime.now().astimezone()
        here.topology.start(*schedulers)
        wait_for("both units' plans are filed", lambda: _met(here) == 2)
        wait_for("the newest run has ended", lambda: here.runs("collect_submissions")[-1]["state"] == "success")
        return _told(here, fell, rose)


def _told(here: Served, fell: datetime, rose: datetime) -> dict[str, Any]:
    due = [datetime.fromisoformat(run["run_after"]) for run in here.runs("collect_submissions")]
    between = [at for at in due if fell < at < rose]
    with here.office.store.read() as connection:
        filed = connection.execute(select(func.count()).select_from(submission)).scalar_one()
        twice = select(letter.c.message_id).group_by(letter.c.message_id).having(func.count() > 1)
        repeated = len(connection.execute(twice).all())
    told = {
        "mornings_missed": round((rose - fell).total_seconds() / PERIOD),
        "runs_of_missed_mornings": len(between),
        "run_types": sorted({run["run_type"] for dag in SCHEDULED for run in here.runs(dag)}),
        "filed": filed,
        "repeated": repeated,
        "failed": [dag for dag in SCHEDULED if "failed" in states(here, dag)],
    }
    well = filed == 2 and not repeated and not told["failed"] and 1 <= len(between) <= 2
    return told | {"well": well and told["run_types"] == ["scheduled"]}


def _met(here: Served) -> int:
    with here.office.store.read() as connection:
        query = select(func.count()).where(
            obligation.c.item == "sub_plan",
            obligation.c.state == ObligationState.MET,
            obligation.c.unit_id.in_([BINH_AN.id, HOA_THANG.id]),
        )
        return int(connection.execute(query).scalar_one())
