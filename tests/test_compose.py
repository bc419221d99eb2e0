"""docker-compose.yaml, Dockerfile and .env.template hold together: the specification, the settings, no weak default."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import airflow
import pytest
import yaml
from compose_spec import PyCompose
from typer.main import get_command

from plan_lifecycle import airflow_wiring
from plan_lifecycle.cli.portal import app as portal_command
from plan_lifecycle.mail.server import PREFIX
from plan_lifecycle.secret_files import SECRETS
from plan_lifecycle.settings import ROOT
from plan_lifecycle.simulation.airflow_server import THEME, TRASH
from plan_lifecycle.web.portal import _entry as entry
from tests.topology.compose import filled, read_parts

COMPOSE = (ROOT / "docker-compose.yaml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OWNER = {"PLAN_LIFECYCLE_MIGRATION_URL", "PLAN_LIFECYCLE_MIGRATION_PASSWORD_FILE"}
RULES = (ROOT / "docker" / "pg_hba.conf").read_text(encoding="utf-8")
SCRIPT = (ROOT / "docker" / "create-databases.sh").read_text(encoding="utf-8")
POOLS = ROOT / "config" / "pools.json"
AIRFLOWS = ("init", "api-server", "scheduler", "dag-processor", "triggerer", "worker-mail", "worker-documents")


def test_it_is_a_compose_file_by_the_specification() -> None:
    """A misspelt key, a volume that nobody declares, a port that is none: each is an error."""
    filled = yaml.safe_dump(_filled(yaml.safe_load(COMPOSE)), allow_unicode=True)
    compose = PyCompose.from_yaml(filled)
    compose.validate()
    assert compose.name is None
    assert set(compose.service_names()) == {
        *AIRFLOWS, "proxy", "postgres", "redis", "portal", "mail-catcher",
    }  # fmt: skip


def test_a_misspelt_key_would_be_noticed() -> None:
    """The check above is able to fail."""
    broken = COMPOSE.replace("healthcheck:", "healthchek:", 1)
    with pytest.raises(ValueError, match="healthchek"):
        PyCompose.from_yaml(yaml.safe_dump(_filled(yaml.safe_load(broken))))


def test_only_the_mail_catcher_is_left_out_of_production() -> None:
    """It is there with `--profile dev` and not without."""
    profiles = {name: service.get("profiles") for name, service in _services().items()}
    assert {name for name, given in profiles.items() if given} == {"mail-catcher"}
    assert profiles["mail-catcher"] == ["dev"]


def test_every_secret_is_a_file_that_the_command_draws_and_looks_at() -> None:
    """What is declared, what services take, what their values name, what `plan-lifecycle secrets` knows: the same."""
    whole = yaml.safe_load(COMPOSE)
    declared = {name: told["file"] for name, told in whole["secrets"].items()}
    assert declared == {secret.name: f"./secrets/{secret.name}" for secret in SECRETS}
    for name, service in _services().items():
        values = json.dumps([service.get("environment"), service.get("command"), service.get("healthcheck")])
        read = set(re.findall(r"/run/secrets/(\w+)", values))
        taken = set(service.get("secrets", ()))
        assert read <= taken, name
        looked_at = set(declared) if name == "init" else set()
        by_script = set(re.findall(r"secret (\w+)", SCRIPT)) if name == "postgres" else set()
        assert taken == read | looked_at | by_script, name


def test_nothing_is_started_before_the_secrets_were_looked_at() -> None:
    """All of ours wait for init, and that is what init does first."""
    services = _services()
    assert services["init"]["command"][-1].startswith("plan-lifecycle secrets check /run/secrets && ")
    for name, service in services.items():
        if service.get("image", "").startswith("plan-lifecycle:") and name != "init":
            assert service["depends_on"]["init"] == {"condition": "service_completed_successfully"}


def test_every_part_of_airflow_shares_one_environment() -> None:
    """The keys that parts sign with must be the same everywhere, and so must the store."""
    ours = {name: each for name, each in _services().items() if each.get("image", "").startswith("plan-lifecycle:")}
    ours.pop("portal")
    assert set(ours) == set(AIRFLOWS)
    for name in (*OWNER, "PLAN_LIFECYCLE_PORTAL_ROLE"):
        ours["init"]["environment"].pop(name)
    ours["api-server"]["environment"].pop("FORWARDED_ALLOW_IPS")
    assert len({json.dumps(each["environment"], sort_keys=True) for each in ours.values()}) == 1
    shared = next(iter(ours.values()))["environment"]
    assert {
        "AIRFLOW__CORE__FERNET_KEY_CMD", "AIRFLOW__API__SECRET_KEY_CMD", "AIRFLOW__API_AUTH__JWT_SECRET_CMD",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL",
    } <= set(shared)  # fmt: skip
    assert "fab" in shared["AIRFLOW__CORE__AUTH_MANAGER"]
    database = shared["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"]
    assert database == shared["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC_CMD"]
    assert "@postgres:5432/airflow " in database
    assert shared["PLAN_LIFECYCLE_STORE_URL"].endswith("/plan_lifecycle")


def test_the_portal_has_the_offices_settings_and_none_of_airflows_keys() -> None:
    """It writes the same store and reads the links that the others write; a break-in there opens nothing of Airflow."""
    portal, worker = _services()["portal"], _services()["worker-documents"]
    given, shared = portal["environment"], worker["environment"]
    assert (given.items() - shared.items()) == {
        ("PLAN_LIFECYCLE_STORE_URL", "postgresql://plan_lifecycle_portal@postgres:5432/plan_lifecycle"),
        ("PLAN_LIFECYCLE_STORE_PASSWORD_FILE", "/run/secrets/portal_db_password"),
    }
    assert not [name for name in given if name.startswith("AIRFLOW")]
    assert not [name for name in portal["secrets"] if "airflow" in name or name.startswith("store")]
    assert {
        "PLAN_LIFECYCLE_VAR", "PLAN_LIFECYCLE_MAIL_FROM", "PLAN_LIFECYCLE_PORTAL_URL",
        "PLAN_LIFECYCLE_LINK_SECRET_FILE", "PLAN_LIFECYCLE_TRAIL_SECRET_FILE",
    } <= set(given)  # fmt: skip
    assert {name for name in shared if name.startswith(PREFIX)} == {name for name in given if name.startswith(PREFIX)}
    assert portal["image"] == worker["image"]
    assert "user" not in portal  # the image's own, which is not root
    assert (portal["read_only"], portal["cap_drop"]) == (True, ["ALL"])


def test_init_alone_knows_the_owner_of_the_store_and_upgrades_it_before_anything_works() -> None:
    """Whatever works connects as a role that may only add to the trail."""
    services = _services()
    knowing = {name for name, each in services.items() if OWNER & set(each.get("environment", {}))}
    assert knowing == {"init"}
    assert "plan-lifecycle db upgrade" in services["init"]["command"][-1]
    given = services["init"]["environment"]
    owner, works = given["PLAN_LIFECYCLE_MIGRATION_URL"], given["PLAN_LIFECYCLE_STORE_URL"]
    assert (owner.split("//")[1], works.split("//")[1]) == (
        "plan_lifecycle_owner@postgres:5432/plan_lifecycle", "plan_lifecycle@postgres:5432/plan_lifecycle",
    )  # fmt: skip
    assert given["PLAN_LIFECYCLE_PORTAL_ROLE"] in services["portal"]["environment"]["PLAN_LIFECYCLE_STORE_URL"]
    told = {name for name, each in services.items() if "store_owner_db_password" in each.get("secrets", ())}
    assert told == {"init", "postgres"}


def test_the_portal_shares_no_network_with_the_rest_but_by_proxy_and_database() -> None:
    """And the database lets nobody from the portal's network into Airflow's."""
    services = _services()
    on = {name: set(each.get("networks", ())) for name, each in services.items()}
    assert on["portal"] == {"front", "office"}
    assert {name for name, joined in on.items() if "airflow" in joined} == {
        *AIRFLOWS, "postgres", "redis", "mail-catcher",
    }  # fmt: skip
    assert {name for name, joined in on.items() if "office" in joined} == {"portal", "postgres", "mail-catcher"}
    assert {name for name, joined in on.items() if "front" in joined} == {"portal", "proxy", "api-server"}
    subnets = {name: each["ipam"]["config"][0]["subnet"] for name, each in yaml.safe_load(COMPOSE)["networks"].items()}
    rules = [line.split() for line in RULES.splitlines() if line.startswith("host")]
    assert {(rule[1], rule[2], rule[3], rule[4]) for rule in rules} == {
        ("airflow", "airflow", subnets["airflow"], "scram-sha-256"),
        ("plan_lifecycle", "plan_lifecycle,plan_lifecycle_owner", subnets["airflow"], "scram-sha-256"),
        ("plan_lifecycle", "plan_lifecycle_portal", subnets["office"], "scram-sha-256"),
    }
    assert f"hba_file={_mounted_at('postgres', 'docker/pg_hba.conf')}" in services["postgres"]["command"]


def test_portal_and_board_believe_the_proxy_alone() -> None:
    """No other container may say where a client is."""
    services = _services()
    address = services["proxy"]["networks"]["front"]["ipv4_address"]
    command = services["portal"]["command"]
    assert command[command.index("--proxy") + 1] == address
    assert "--proxy-headers" in services["api-server"]["command"]
    assert services["api-server"]["environment"]["FORWARDED_ALLOW_IPS"] == address
    (network,) = yaml.safe_load(COMPOSE)["networks"]["front"]["ipam"]["config"]
    assert ip_address(address) in ip_network(network["subnet"])


def test_the_portals_command_and_health_check_are_there() -> None:
    """What compose starts is what the command knows, and what it asks is a page."""
    portal = _services()["portal"]
    given = portal["command"][1:]
    assert [each for each in given if each.startswith("--")] == ["--host", "--port", "--proxy", "--workers"]
    known = get_command(portal_command).commands["serve"]  # type: ignore[attr-defined]
    assert {option for each in known.params for option in each.opts} >= {"--host", "--port", "--proxy", "--workers"}
    assert "/song" in {route.path for route in entry.router.routes}
    assert portal["healthcheck"]["test"] == ["CMD", "healthy", f"localhost:{given[given.index('--port') + 1]}", "/song"]


def test_the_pools_are_created_before_anything_is_scheduled() -> None:
    """A task whose pool does not exist waits for ever."""
    services = _services()
    assert "airflow pools import config/pools.json" in services["init"]["command"][-1]
    for name in AIRFLOWS[1:]:
        assert services[name]["depends_on"]["init"] == {"condition": "service_completed_successfully"}


def test_every_queue_has_a_worker_with_as_many_slots_as_its_pool() -> None:
    """What is queued waits for no free worker, so what waits for long there was taken along by a dead one."""
    slots = {name: pool["slots"] for name, pool in json.loads(POOLS.read_text(encoding="utf-8")).items()}
    workers = {}
    for service in _services().values():
        command = service.get("command", [])
        if command[:3] == ["airflow", "celery", "worker"]:
            for queue in command[command.index("--queues") + 1].split(","):
                workers[queue] = int(command[command.index("--concurrency") + 1])
    assert set(workers) == {airflow_wiring.MAIL_QUEUE, airflow_wiring.DOCUMENT_QUEUE, "default"}
    assert workers[airflow_wiring.MAIL_QUEUE] >= slots[airflow_wiring.MAIL_POOL]
    assert workers[airflow_wiring.DOCUMENT_QUEUE] >= slots[airflow_wiring.DOCUMENT_POOL]


def test_there_are_as_many_of_each_as_the_office_says() -> None:
    """Two schedulers without a word; workers by number."""
    names = dict.fromkeys(("BOARD_HOST", "PORTAL_HOST", "PLAN_LIFECYCLE_MAIL_FROM", "PLAN_LIFECYCLE_SMTP_HOST"), "x")
    counted = Counter(part.service for part in read_parts(names))
    assert (counted.pop("scheduler"), set(counted.values())) == (2, {1})
    more = Counter(part.service for part in read_parts(names | {"DOCUMENT_WORKERS": "3", "MAIL_WORKERS": "2"}))
    assert (more["worker-documents"], more["worker-mail"]) == (3, 2)


def test_the_proxy_alone_is_published() -> None:
    """The mail catcher of a trial shows its letters to this machine only."""
    published = {name: service["ports"] for name, service in _services().items() if "ports" in service}
    assert published == {"proxy": ["80:80", "443:443"], "mail-catcher": ["127.0.0.1:8025:8025"]}


def test_every_part_of_production_has_its_limits() -> None:
    for name, service in _services().items():
        if not service.get("profiles"):
            assert {"cpus", "memory"} <= set(service["deploy"]["resources"]["limits"]), name


def test_no_health_check_loads_airflow() -> None:
    """Each is asked every few seconds; `airflow jobs check` takes five seconds of a core."""
    for service in _services().values():
        asked = " ".join(service.get("healthcheck", {}).get("test", ()))
        assert not re.search(r"\bairflow\b|celery|python", asked), asked


def test_the_proxys_file_serves_both_addresses_over_tls_and_writes_no_link_down() -> None:
    """As Caddy itself reads it: it adapts the file, or says where it is wrong."""
    given = {"BOARD_HOST": "dieu-hanh.tinh.example", "PORTAL_HOST": "nop.tinh.example", "PATH": os.environ["PATH"]}
    command = [str(Path(sys.executable).parent / "caddy"), "adapt", "--config", str(ROOT / "docker" / "Caddyfile")]
    ran = subprocess.run([*command, "--adapter", "caddyfile"], env=given, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout)
    (server,) = told["apps"]["http"]["servers"].values()
    assert server["listen"] == [":443"]
    served = {route["match"][0]["host"][0]: json.dumps(route["handle"]) for route in server["routes"]}
    assert set(served) == {given["BOARD_HOST"], given["PORTAL_HOST"]}
    assert '"dial": "api-server:8080"' in served[given["BOARD_HOST"]]
    assert '"dial": "portal:8088"' in served[given["PORTAL_HOST"]]
    assert '"max_size": 110000000' in served[given["PORTAL_HOST"]]
    assert told["logging"]["logs"]["default"]["exclude"] == ["http.log.access", "http.log.error"]


def test_the_image_is_hashed_and_runs_as_nobody_special() -> None:
    """Nothing unpinned, nothing as root."""
    assert DOCKERFILE.startswith("FROM python:3.11-slim\n")
    assert "--require-hashes -r /tmp/celery.txt" in DOCKERFILE
    assert re.findall(r"(?m)^USER (.*)$", DOCKERFILE)[-1] not in ("root", "0")


@pytest.mark.parametrize("source", re.findall(r"(?m)^COPY (\S+) ", DOCKERFILE))
def test_what_the_image_copies_is_there_and_not_ignored(source: str) -> None:
    """.dockerignore names what may enter."""
    assert (ROOT / source).exists()
    assert f"!{source}" in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_mounted_files_are_there() -> None:
    """Compose would make an empty folder of one that is missing."""
    for volume in _mounted():
        assert (ROOT / volume).exists(), volume


def _mounted_at(service: str, path: str) -> str:
    """Where a service finds a file of the project."""
    volumes = [each.split(":") for each in _services()[service]["volumes"]]
    return next(each[1] for each in volumes if each[0] == f"./{path}")


def _mounted() -> Iterator[Path]:
    for service in _services().values():
        for volume in service.get("volumes", []):
            if volume.startswith("./"):
                yield Path(volume.split(":")[0])


def _services() -> dict[str, Any]:
    services: dict[str, Any] = _filled(yaml.safe_load(COMPOSE))["services"]
    return services


def _filled(value: Any) -> Any:
    """The file with its variables filled in as compose does: defaults, and something where a value is required."""
    return filled(value, defaultdict(lambda: "given"))


def test_airflows_pages_look_as_in_the_demo_and_offer_no_deletion() -> None:
    theme = json.loads(_services()["api-server"]["environment"]["AIRFLOW__API__THEME"])
    assert theme == THEME
    assert all(rule == {"display": "none !important"} for rule in theme["globalCss"].values())
    pages = (Path(airflow.__file__).parent / "ui" / "dist" / "assets").glob("index-*.js")
    assert any(f"points:`{TRASH}`" in page.read_text(encoding="utf-8") for page in pages)
