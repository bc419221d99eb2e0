"""docker-compose.yaml, Dockerfile and .env.template hold together: the specification, the settings, no weak default."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose
from typer.main import get_command

from plan_lifecycle.channels import ImapServer
from plan_lifecycle.channels.mailbox import PREFIX as IMAP
from plan_lifecycle.cli.portal import app as portal_command
from plan_lifecycle.mail.server import PREFIX, MailServer, Security
from plan_lifecycle.settings import ROOT, Settings
from plan_lifecycle.simulation.airflow_server import THEME
from plan_lifecycle.web.portal import _entry as entry

COMPOSE = (ROOT / "docker-compose.yaml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
TEMPLATE = (ROOT / ".env.template").read_text(encoding="utf-8")
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\}")
LINE = re.compile(r"(?m)^(?P<optional>#?)(?P<name>[A-Z_]+)=(?P<value>.*)$")
OWNER = "PLAN_LIFECYCLE_MIGRATION_URL"
MADE_BY_COMPOSE = {"PLAN_LIFECYCLE_STORE_URL", "PLAN_LIFECYCLE_VAR", "PLAN_LIFECYCLE_INBOX", "PLAN_LIFECYCLE_PLANS"}


def test_it_is_a_compose_file_by_the_specification() -> None:
    """A misspelt key, a volume that nobody declares, a port that is none: each is an error."""
    filled = yaml.safe_dump(_filled(yaml.safe_load(COMPOSE)), allow_unicode=True)
    compose = PyCompose.from_yaml(filled)
    compose.validate()
    assert compose.name is None
    assert set(compose.service_names()) == {
        "postgres", "redis", "init", "api-server", "scheduler", "dag-processor", "triggerer", "worker", "mail-catcher",
        "portal",
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


def test_every_variable_is_in_the_template_and_no_secret_has_a_default() -> None:
    """A secret that is not given stops compose by name."""
    told = {line["name"] for line in LINE.finditer(TEMPLATE)}
    for variable in VARIABLE.finditer(COMPOSE):
        assert variable["name"] in told
        if re.search("PASSWORD|SECRET|KEY|CONN", variable["name"]):
            assert variable["kind"] == "?", variable["name"]
    required = {each["name"] for each in VARIABLE.finditer(COMPOSE) if each["kind"] == "?"}
    assert required == {line["name"] for line in LINE.finditer(TEMPLATE) if not line["optional"]}


def test_every_part_of_airflow_shares_one_environment() -> None:
    """The keys that parts sign with must be the same everywhere, and so must the store."""
    ours = {name: each for name, each in _services().items() if each.get("image", "").startswith("plan-lifecycle:")}
    ours.pop("portal")
    assert set(ours) == {"init", "api-server", "scheduler", "dag-processor", "triggerer", "worker"}
    ours["init"]["environment"].pop(OWNER)
    assert len({json.dumps(each["environment"], sort_keys=True) for each in ours.values()}) == 1
    shared = next(iter(ours.values()))["environment"]
    assert {
        "AIRFLOW__CORE__FERNET_KEY", "AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL",
    } <= set(shared)  # fmt: skip
    assert "fab" in shared["AIRFLOW__CORE__AUTH_MANAGER"]
    assert shared["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] == shared["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC"]
    assert shared["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].endswith("/airflow")
    assert shared["PLAN_LIFECYCLE_STORE_URL"].endswith("/plan_lifecycle")


def test_the_portal_has_the_offices_settings_and_none_of_airflows_keys() -> None:
    """It writes the same store and reads the links that the others write; a break-in there opens nothing of Airflow."""
    portal, worker = _services()["portal"], _services()["worker"]
    given, shared = portal["environment"], worker["environment"]
    assert given.items() <= shared.items()
    assert {name for name in given if name.startswith("AIRFLOW")} == {"AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP"}
    assert {
        "PLAN_LIFECYCLE_STORE_URL", "PLAN_LIFECYCLE_VAR", "PLAN_LIFECYCLE_MAIL_FROM", "PLAN_LIFECYCLE_PORTAL_URL",
        "PLAN_LIFECYCLE_LINK_SECRET", "PLAN_LIFECYCLE_TRAIL_SECRET",
    } <= set(given)  # fmt: skip
    assert portal["image"] == worker["image"]
    assert "user" not in portal  # the image's own, which is not root
    assert (portal["read_only"], portal["cap_drop"]) == (True, ["ALL"])
    assert portal["depends_on"] == {"init": {"condition": "service_completed_successfully"}}


def test_init_alone_knows_the_owner_of_the_store_and_upgrades_it_before_anything_works() -> None:
    """Whatever works connects as a role that may only add to the trail."""
    services = _services()
    knowing = {name for name, each in services.items() if OWNER in each.get("environment", {})}
    assert knowing == {"init"}
    assert "plan-lifecycle db upgrade" in services["init"]["command"][-1]
    owner, works = (services["init"]["environment"][each] for each in (OWNER, "PLAN_LIFECYCLE_STORE_URL"))
    assert (owner.split(":")[1], works.split(":")[1]) == ("//plan_lifecycle_owner", "//plan_lifecycle")
    assert owner.rpartition("@")[2] == works.rpartition("@")[2]
    told = {name for name, each in services.items() if "STORE_OWNER_DB_PASSWORD" in each.get("environment", {})}
    assert told == {"postgres"}


def test_the_portal_believes_the_proxy_alone() -> None:
    """Published ports are reached from the network's gateway; no other container may say where a client is."""
    (network,) = yaml.safe_load(COMPOSE)["networks"]["default"]["ipam"]["config"]
    command = _services()["portal"]["command"]
    assert command[command.index("--proxy") + 1] == network["gateway"]
    assert ip_address(network["gateway"]) in ip_network(network["subnet"])


def test_the_portals_command_and_health_check_are_there() -> None:
    """What compose starts is what the command knows, and what it asks is a page."""
    portal = _services()["portal"]
    given = portal["command"][1:]
    assert [each for each in given if each.startswith("--")] == ["--host", "--port", "--proxy"]
    known = get_command(portal_command).commands["serve"]  # type: ignore[attr-defined]
    assert {option for each in known.params for option in each.opts} >= {"--host", "--port", "--proxy"}
    assert "/song" in {route.path for route in entry.router.routes}
    assert portal["healthcheck"]["test"][-1].endswith("localhost:8088/song')")
    assert portal["ports"][0].endswith(f":{given[given.index('--port') + 1]}")


def test_the_pools_are_created_before_anything_is_scheduled() -> None:
    """A task whose pool does not exist waits for ever."""
    services = _services()
    assert "airflow pools import config/pools.json" in services["init"]["command"][-1]
    for name in ("api-server", "scheduler", "dag-processor", "triggerer", "worker"):
        assert services[name]["depends_on"]["init"] == {"condition": "service_completed_successfully"}


def test_nothing_is_published_beyond_this_machine() -> None:
    """A proxy with TLS stands before it."""
    for service in _services().values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_every_store_setting_of_compose_is_a_setting() -> None:
    """A misspelt setting would be passed over in silence."""
    given = {key for key in _services()["init"]["environment"] if key.startswith("PLAN_LIFECYCLE_")}
    assert given <= {f"PLAN_LIFECYCLE_{name.upper()}" for name in Settings.model_fields} | {f"{IMAP}HOST"}
    assert given >= MADE_BY_COMPOSE


def test_the_template_names_every_setting_with_its_default() -> None:
    """What is commented out is what holds without the line; what Airflow has a setting of its own for is not ours."""
    told = {line["name"]: line for line in LINE.finditer(TEMPLATE)}
    own = {name: field for name, field in Settings.model_fields.items() if field.validation_alias is None}
    wanted = {f"PLAN_LIFECYCLE_{name.upper()}": field.default for name, field in own.items()}
    ours = {name for name in told if name.startswith("PLAN_LIFECYCLE_") and not name.startswith((PREFIX, IMAP))}
    assert ours == set(wanted)
    for name, default in wanted.items():
        shown = {True: "true", False: "false", None: "", ROOT: ""}.get(default, str(default))
        assert told[name]["value"] == shown


def test_the_template_names_what_a_mail_server_needs() -> None:
    """The environment, and the same in the Airflow connection."""
    told = {line["name"].removeprefix(PREFIX).lower() for line in LINE.finditer(TEMPLATE) if PREFIX in line["name"]}
    names = {field.name for field in fields(MailServer)} | {"sender_name"}
    assert told - {"airflow_conn_plan_lifecycle_smtp"} == names
    given = {f"{PREFIX}HOST": "mail.example", f"{PREFIX}SENDER": "cchc@binh-thuan.example"}
    server = MailServer.from_environment({line["name"]: line["value"] for line in LINE.finditer(TEMPLATE)} | given)
    assert (server.security, server.port, server.timeout) == (Security.STARTTLS, 587, 60)
    connection = next(line for line in LINE.finditer(TEMPLATE) if line["name"] == "AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP")
    assert json.loads(connection["value"].strip("'"))["extra"] == {"security": "starttls"}


def test_the_template_names_what_a_mailbox_needs() -> None:
    """With its defaults; without a host there is no mailbox."""
    found = (line for line in LINE.finditer(TEMPLATE) if line["name"].startswith(IMAP))
    told = {line["name"]: line["value"].strip("'") for line in found}
    assert {name.removeprefix(IMAP).lower() for name in told} == {field.name for field in fields(ImapServer)}
    assert ImapServer.from_environment(told) is None
    given = {f"{IMAP}HOST": "imap.example", f"{IMAP}USER": "cchc", f"{IMAP}PASSWORD": "một mật khẩu"}
    assert ImapServer.from_environment(told | given) == ImapServer("imap.example", "cchc", "một mật khẩu")


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
    if isinstance(value, dict):
        return {key: _filled(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each) for each in value]
    if isinstance(value, str):
        return VARIABLE.sub(lambda found: found["rest"] if found["kind"] == "-" else "given", value)
    return value


def test_airflows_pages_look_as_in_the_demo_and_offer_no_deletion() -> None:
    theme = json.loads(_services()["api-server"]["environment"]["AIRFLOW__API__THEME"])
    assert theme == THEME
    assert all(rule == {"display": "none !important"} for rule in theme["globalCss"].values())
