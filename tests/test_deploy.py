"""What stands in deploy/ runs the commands of compose under its variables, each part hardened and started again."""

from __future__ import annotations

import re
import shlex
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from plan_lifecycle import __version__
from plan_lifecycle.settings import ROOT
from tests.test_compose import _services

DEPLOY = ROOT / "deploy"
SYSTEMD = DEPLOY / "systemd"
UNITS = sorted(SYSTEMD.glob("plan-lifecycle-*.service"))
COMMON = SYSTEMD / "plan-lifecycle-.service.d/10-common.conf"
AIRFLOW = SYSTEMD / "plan-lifecycle-airflow-.service.d/20-airflow.conf"
PREPARE = SYSTEMD / "plan-lifecycle-airflow-prepare.service"
PORTAL = SYSTEMD / "plan-lifecycle-portal.service"
ONCE = {"airflow-prepare", "airflow-doctor", "airflow-backup"}
BIN = "/opt/plan-lifecycle/.venv/bin/"
# Where the project lies and what a container has from its image.
NATIVE = {"AIRFLOW_HOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PATH", "AIRFLOW__LOGGING__BASE_LOG_FOLDER"}
NATIVE |= {f"AIRFLOW__CORE__{name}" for name in ("DAGS_FOLDER", "PLUGINS_FOLDER", "LOAD_EXAMPLES")}
NATIVE |= {"AIRFLOW__USAGE_DATA_COLLECTION__ENABLED"}
LEFT_OUT = {"AIRFLOW__API__THEME", "PLAN_LIFECYCLE_SMTP_CA_FILE", "PLAN_LIFECYCLE_IMAP_CA_FILE"}


def lines(path: Path, section: str) -> dict[str, list[str]]:
    """The values of each key of a section of a unit; a key may stand several times."""
    found: dict[str, list[str]] = {}
    here = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            here = line.strip("[]")
        elif line and not line.startswith("#") and here == section:
            key, equals, value = line.partition("=")
            assert equals, (path.name, line)
            found.setdefault(key, []).append(value)
    return found


def names(path: Path) -> set[str]:
    """The variables that a file of ``NAME=value`` gives."""
    return set(re.findall(r"(?m)^([A-Z_]+)=", path.read_text(encoding="utf-8")))


def set_by(file: Path) -> set[str]:
    """The variables that a unit sets itself."""
    return {value.strip('"').partition("=")[0] for value in lines(file, "Service").get("Environment", [])}


def handed(unit: Path) -> set[str]:
    """The secrets that a unit is handed, its drop-ins counted."""
    files = [unit, AIRFLOW] if unit.stem.startswith("plan-lifecycle-airflow-") else [unit]
    values = chain.from_iterable(lines(file, "Service").get("LoadCredential", []) for file in files)
    return {value.partition(":")[0] for value in values}


def words(command: list[str]) -> tuple[str, ...]:
    """A command without its options and what follows them: ``airflow celery worker``."""
    first = next((at for at, word in enumerate(command) if word.startswith(("-", "/", "%"))), len(command))
    return tuple(command[:first])


def composed() -> dict[str, dict[str, Any]]:
    """The services of compose that run our image."""
    return {name: each for name, each in _services().items() if each.get("image", "").startswith("plan-lifecycle:")}


def run_by(command: list[str]) -> set[tuple[str, ...]]:
    """What a container's command runs, one by one."""
    several = command[-1].split(" && ") if command[:2] == ["bash", "-c"] else [shlex.join(command)]
    return {words(shlex.split(each)) for each in several}


def known_to_compose() -> set[str]:
    """The variables that compose gives to some part, by what they say: from a file or a command, too."""
    given = chain.from_iterable(each["environment"] for each in composed().values())
    return {name.removesuffix("_CMD").removesuffix("_FILE") for name in given}


def wanted() -> list[str]:
    """The units that make up the whole."""
    return " ".join(lines(SYSTEMD / "plan-lifecycle.target", "Unit")["Wants"]).split()


def documents(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / "helm" / name).read_text(encoding="utf-8")))


def containers() -> dict[str, dict[str, Any]]:
    """The containers that stand beside the chart, by name."""
    found = {}
    for document in documents("beside.yaml"):
        spec = document.get("spec", {})
        spec = spec.get("jobTemplate", {}).get("spec", spec)
        for container in spec.get("template", {}).get("spec", {}).get("containers", []):
            found[container["name"]] = container
    return found


def test_the_units_run_what_compose_runs_and_all_of_it() -> None:
    run: set[tuple[str, ...]] = set()
    for unit in UNITS:
        for command in lines(unit, "Service")["ExecStart"]:
            program, *rest = shlex.split(command)
            if program == "/bin/sh":
                assert unit.stem == "plan-lifecycle-airflow-backup"
                continue
            assert program.startswith(BIN)
            run.add(words([program.removeprefix(BIN), *rest]))
    of_compose = set(chain.from_iterable(run_by(service["command"]) for service in composed().values()))
    assert run - {("plan-lifecycle", "doctor")} == of_compose


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem.removeprefix("plan-lifecycle-"))
def test_a_part_waits_for_the_databases_and_is_started_again_whatever_ends_it(unit: Path) -> None:
    service = lines(unit, "Service")
    if unit.stem.removeprefix("plan-lifecycle-") in ONCE:
        assert service["Type"] == ["oneshot"]
        return
    assert service["Restart"] == ["always"]
    order = lines(unit, "Unit")
    assert order["Wants"] == [PREPARE.name]
    assert PREPARE.name in order["After"][0].split()
    assert unit.name in wanted()


def test_every_unit_that_is_wanted_is_there_and_every_timer_has_its_service() -> None:
    assert {*wanted()} <= {path.name for path in SYSTEMD.iterdir()}
    assert {timer.name for timer in SYSTEMD.glob("*.timer")} <= {*wanted()}
    assert all(timer.with_suffix(".service").exists() for timer in SYSTEMD.glob("*.timer"))


def test_no_part_gains_rights_or_writes_beyond_its_own_folders() -> None:
    """The drop-in is of every unit by its name; the owner's password is handed to one of them."""
    common = lines(COMMON, "Service")
    assert common["NoNewPrivileges"] == ["yes"]
    assert common["ProtectSystem"] == ["strict"]
    assert common["CapabilityBoundingSet"] == [""]
    assert common["User"] == ["plan-lifecycle"]
    assert "/opt/plan-lifecycle" not in common["ReadWritePaths"][0].split()
    assert lines(COMMON, "Unit")["StartLimitIntervalSec"] == ["0"]
    assert {unit for unit in UNITS if "store_owner_db_password" in handed(unit)} == {PREPARE}


def test_every_part_has_the_variables_and_secrets_that_compose_gives_it() -> None:
    services = composed()
    airflow, portal = services["scheduler"]["environment"], services["portal"]["environment"]
    given = (names(SYSTEMD / "environment.example") - NATIVE) | set_by(AIRFLOW)
    assert given <= set(airflow)
    needed = {name for name in airflow if name.startswith("AIRFLOW__") or name.endswith(("_FILE", "STORE_URL"))}
    assert needed <= given | LEFT_OUT
    assert (names(SYSTEMD / "portal.example") - NATIVE) | set_by(PORTAL) <= set(portal)
    assert {name for name in portal if name.endswith("_FILE")} <= set_by(PORTAL) | LEFT_OUT
    for service, unit in {"scheduler": UNITS[0], "portal": PORTAL, "init": PREPARE}.items():
        assert handed(unit) == set(services[service]["secrets"])


def test_the_examples_hold_no_secret() -> None:
    for example in SYSTEMD.glob("*.example"):
        assert not {name for name in names(example) if re.search("SECRET|PASSWORD|_KEY|TOKEN", name)}


def test_the_chart_is_given_settings_of_compose_and_makes_no_secret_of_its_own() -> None:
    (values,) = documents("values.yaml")
    assert {each["name"] for each in values["env"]} <= known_to_compose()
    assert set(values["enableBuiltInSecretEnvVars"].values()) == {False}
    assert set(values["enableBuiltInSecretEnvVars"]) <= known_to_compose()
    assert yaml.safe_load(values["extraEnvFrom"]) == [{"secretRef": {"name": "plan-lifecycle"}}]
    assert values["executor"] == composed()["scheduler"]["environment"]["AIRFLOW__CORE__EXECUTOR"]
    assert values["defaultAirflowTag"] == __version__
    assert values["securityContexts"]["pod"]["runAsNonRoot"] is True
    workers = [each["command"] for name, each in composed().items() if name.startswith("worker-")]
    asked = set(chain.from_iterable(one[one.index("--queues") + 1].split(",") for one in workers))
    assert set(values["workers"]["args"][-1].partition("--queues ")[2].split()[0].split(",")) == asked


def test_what_stands_beside_the_chart_runs_what_compose_runs_with_no_more_rights() -> None:
    found, services = containers(), composed()
    prepared = run_by(services["init"]["command"]) - {("plan-lifecycle", "secrets", "check")}  # there are no such files
    assert run_by(found["prepare"]["command"]) == prepared
    assert run_by(found["portal"]["command"]) == run_by(services["portal"]["command"])
    assert found["portal"]["envFrom"] == [{"secretRef": {"name": "plan-lifecycle-portal"}}]
    assert {each["name"] for each in found["portal"]["env"]} <= set(services["portal"]["environment"])
    owners = {name for name, each in found.items() if "plan-lifecycle-owner" in str(each.get("envFrom"))}
    assert owners == {"prepare"}
    (values,) = documents("values.yaml")
    image = f"{values['defaultAirflowRepository']}:{values['defaultAirflowTag']}"
    for container in found.values():
        assert container["image"] == image
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert container["securityContext"]["allowPrivilegeEscalation"] is False
