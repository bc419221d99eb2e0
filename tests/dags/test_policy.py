"""What holds for every DAG, present and future, asked of the DAG bag itself."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.config.countrywide import load_country
from tests.patience import PATIENCE

from plan_lifecycle import heartbeat
from plan_lifecycle.domain.unit import UnitKind
from plan_lifecycle.settings import ROOT

FILES = sorted((ROOT / "dags").glob("*.py"))
MOST_TASKS = 40
ENGLISH = """
the of and for is are where when which what plan plans report reports unit units period province year task tasks runs
store draft letter deadline submission inbox folder channel path again as_of retry failed send config dag
"""
"""None of them is a Vietnamese syllable without its marks."""
HEAVY = {"lxml", "docx", "docxtpl", "xlsxwriter", "python_calamine", "yagmail", "alembic", "rapidfuzz", "holidays"}
PARSE_ALL = """
import json, runpy, sys
import airflow.sdk, airflow.sdk.exceptions
airflow.sdk.dag, airflow.sdk.task, airflow.sdk.Param, airflow.sdk.Asset, airflow.sdk.CronTriggerTimetable
before, found = set(sys.modules), {}
for path in sys.argv[1:]:
    runpy.run_path(path)
    found[path] = sorted(set(sys.modules) - before)
    for name in found[path]:
        del sys.modules[name]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The DAG bag; Airflow is imported here, as late as can be: it costs seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIRFLOW_HOME", str(tmp_path_factory.mktemp("airflow")))
        patch.setenv("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
        from airflow.dag_processing.dagbag import DagBag

        yield DagBag(str(ROOT / "dags"))


@pytest.fixture(params=[path.stem for path in FILES])
def dag(bag: Any, request: pytest.FixtureRequest) -> Any:
    """One DAG; its id is the name of its file."""
    return bag.dags[request.param]


def test_every_file_parses_and_gives_the_dag_of_its_name(bag: Any) -> None:
    """One screen, one DAG."""
    assert not bag.import_errors
    assert set(bag.dags) == {path.stem for path in FILES}


def test_it_has_an_owner_and_tags(dag: Any) -> None:
    """So that somebody is asked."""
    assert dag.owner == "plan-lifecycle"
    assert dag.tags


def test_a_mapped_task_says_which_one_it_is(dag: Any) -> None:
    """Forty tasks of one name tell nobody which unit's is red."""
    assert all(task.map_index_template for task in dag.tasks if task.is_mapped)


def test_whatever_people_read_of_it_is_vietnamese(dag: Any) -> None:
    """Names, description, every paragraph of the guide, the form: composed, with diacritics, no English, no code."""
    for text in _read_of(dag):
        assert _vietnamese(text), text
        assert not set(ENGLISH.split()) & set(re.findall(r"\w+", text.casefold())), text
        assert "`" not in text


def test_its_guide_says_what_it_does_when_what_to_fill_in_and_where_to_look(dag: Any) -> None:
    """In this order under the name that people read; the place to look is the board's first page."""
    assert dag.doc_md.strip().startswith(f"# {dag.dag_display_name}\n")
    assert re.findall(r"(?m)^\*\*([^*]+)\.\*\*", dag.doc_md) == [
        "Làm gì",
        "Khi nào chạy",
        "Cần điền",
        "Sau khi chạy",
    ]
    assert "[Tình hình](/plan-lifecycle/)" in dag.doc_md.partition("**Sau khi chạy.**")[2]


def test_its_guide_names_only_fields_of_its_form(dag: Any) -> None:
    """What is printed bold in a list is the title of a parameter."""
    titles = {dag.params.get_param(name).schema["title"] for name in dag.params}
    listed = "\n".join(re.findall(r"(?m)^\* [^:]+:", dag.doc_md))
    assert set(re.findall(r"\*\*([^*]+)\*\*", listed)) <= titles


def test_what_fails_is_tried_again_ever_later_and_ends(dag: Any) -> None:
    """A server that is away for minutes makes no red run, and a task that hangs does end."""
    for task in dag.tasks:
        assert task.retries >= 1
        assert task.retry_exponential_backoff > 1
        assert task.max_retry_delay is not None
        assert task.execution_timeout is not None


def test_its_pools_are_made_by_the_installation(dag: Any) -> None:
    """A task whose pool does not exist is never scheduled."""
    pools = set(json.loads((ROOT / "config" / "pools.json").read_text(encoding="utf-8")))
    assert {task.pool for task in dag.tasks} <= pools | {"default_pool"}


def test_letters_leave_one_batch_at_a_time(dag: Any) -> None:
    """Whatever sends stands in the pool of mail, which has one slot."""
    pools = json.loads((ROOT / "config" / "pools.json").read_text(encoding="utf-8"))
    assert pools["plan_lifecycle_mail"]["slots"] == 1
    assert {task.pool for task in dag.tasks if task.task_id.startswith("send")} <= {"plan_lifecycle_mail"}


def test_the_mornings_run_gives_a_sign_of_life_as_it_begins_and_as_it_ends(bag: Any) -> None:
    """Its last task repeats what failed before it (``_fail_with_upstream``), so its end is that of the run."""
    tasks = bag.dags["remind_deadlines"].task_dict
    begins, ends = tasks["record"], tasks["send"]
    assert begins.upstream_task_ids == set() == ends.downstream_task_ids
    assert list(begins.on_execute_callback) == [heartbeat.on_start]
    assert list(ends.on_success_callback) == [heartbeat.on_success]
    assert list(ends.on_failure_callback) == [heartbeat.on_failure]


def test_letters_and_documents_have_workers_of_their_own(dag: Any) -> None:
    """A queue that no worker listens to would hold its tasks for ever: there are two, for LocalExecutor none counts."""
    for task in dag.tasks:
        assert task.queue == ("mail" if task.pool == "plan_lifecycle_mail" else "documents"), task.task_id


def test_its_parameters_explain_themselves(dag: Any) -> None:
    """A form in Vietnamese with `as_of` in it, and the box to tick where an old day is meant."""
    assert "as_of" in dag.params
    again = dag.params.get_param("again")
    assert (again.schema["title"], again.schema["type"], again.value) == ("Chạy lại ngày cũ", "boolean", False)
    for name in dag.params:
        param = dag.params.get_param(name)
        assert _vietnamese(param.schema["title"]), name
        assert _vietnamese(param.description), name


def test_a_missed_day_is_caught_up_by_the_store_and_not_by_more_runs(dag: Any) -> None:
    """The verbs ask the store what is due; two runs at once would only wait for each other."""
    assert dag.catchup is False
    assert dag.max_active_runs == 1


def test_a_schedule_is_in_local_time(dag: Any) -> None:
    """07:30 is 07:30 in the office."""
    zone = getattr(dag.timetable, "timezone", None)
    assert zone is None or getattr(zone, "name", zone) == "Asia/Ho_Chi_Minh"


def test_a_run_stays_small_in_the_largest_province(dag: Any) -> None:
    """Tasks follow the tree and batches: at most one a plan or report of the province and its districts."""
    assert sum(_width(task) for task in dag.tasks) < MOST_TASKS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_imports_only_airflow_and_its_wiring_at_the_top(path: Path) -> None:
    """The scheduler parses the file every few seconds; verbs are imported where they run."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module != "plan_lifecycle":
            allowed = {"airflow.sdk", "plan_lifecycle.airflow_timetable"} | sys.stdlib_module_names
            assert node.module in allowed, node.module
        elif isinstance(node, ast.Import):
            assert all(name.name in sys.stdlib_module_names for name in node.names)


def test_parsing_loads_no_document_nor_mail_library(tmp_path: Path) -> None:
    """Measured in a process of its own, beyond what Airflow itself loads."""
    command = [sys.executable, "-W", "ignore", "-c", PARSE_ALL, *map(str, FILES)]
    environment = {"AIRFLOW_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "plugins"), "PATH": ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    for path, modules in found.items():
        assert "plan_lifecycle.airflow_wiring" in modules
        assert not HEAVY & {name.split(".")[0] for name in modules}, path


@pytest.mark.parametrize(("part", "loaded"), [("scheduler", True), ("worker", True), ("api-server", False)])
def test_what_forks_tasks_has_their_imports_behind_it(part: str, loaded: bool) -> None:
    """In a process of its own: ``config/airflow_local_settings.py`` as Airflow imports it."""
    script = (
        f"import sys; sys.argv = ['airflow', {part!r}]; import airflow_local_settings as found; print(found.__all__)"
    )
    command = [sys.executable, "-c", f"{script}; print('plan_lifecycle.lifecycle.collect' in sys.modules)"]
    environment = {"PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT / 'config'}", "PATH": ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert done.stdout.split() == ["[]", str(loaded)]


def _read_of(dag: Any) -> Iterator[str]:
    """Every text that Airflow shows of a DAG, the guide paragraph by paragraph, without the addresses of its links."""
    yield from (dag.dag_display_name, dag.description, *dag.tags, *(task.task_display_name for task in dag.tasks))
    yield from re.sub(r"\]\([^)]*\)", "]", dag.doc_md.strip()).split("\n\n")
    for name in dag.params:
        yield dag.params.get_param(name).schema["title"]
        yield dag.params.get_param(name).description


def _vietnamese(text: str) -> bool:
    return not text.isascii() and unicodedata.is_normalized("NFC", text)


def _width(task: Any) -> int:
    """Instances of a task in one run: a written-out list counts, anything else is one for each district and above."""
    if not task.is_mapped:
        return 1
    given = [each for each in task.op_kwargs_expand_input.value.values() if isinstance(each, list)]
    return len(given[0]) if given else _most_districts() + 1


def _most_districts() -> int:
    parents = (unit.parent_id for unit in load_country(date(2025, 1, 1)) if unit.kind is UnitKind.DISTRICT)
    return Counter(parents).most_common(1)[0][1]
