"""Every variable of docker-compose.yaml is one that Airflow or our settings know, and .env.template names ours."""

from __future__ import annotations

import re
import runpy
from collections import defaultdict
from dataclasses import fields
from typing import Any

import yaml

from plan_lifecycle.channels import ImapServer
from plan_lifecycle.channels.mailbox import PREFIX as IMAP
from plan_lifecycle.mail.server import PREFIX, MailServer, Security
from plan_lifecycle.secret_files import FROM_FILES
from plan_lifecycle.settings import ROOT, Settings
from tests.topology.compose import PRODUCTION, VARIABLE, filled

COMPOSE = (ROOT / "docker-compose.yaml").read_text(encoding="utf-8")
TEMPLATE = (ROOT / ".env.template").read_text(encoding="utf-8")
LINE = re.compile(r"(?m)^(?P<optional>#?)(?P<name>[A-Z_]+)=(?P<value>.*)$")
MADE_BY_THE_IMAGE = {"HOME", "CONFIG", "TEMPLATES", "AIRFLOW_URL", "TRAIL_SECRETS_BEFORE"}
"""Settings whose defaults are right there; the last one is needed by one command alone."""
SERVER = {"FORWARDED_ALLOW_IPS"}
"""What uvicorn reads by itself."""


def test_every_variable_is_in_the_template_and_none_is_a_secret() -> None:
    """What must be given stops compose by name; secrets are files."""
    told = {line["name"] for line in LINE.finditer(TEMPLATE)}
    found = [variable for variable in VARIABLE.finditer(COMPOSE) if variable["name"]]
    for variable in found:
        assert variable["name"] in told
        assert not re.search("PASSWORD|SECRET|KEY|TOKEN|CONN", variable["name"])
    required = {variable["name"] for variable in found if variable["kind"] == "?"}
    assert required == {line["name"] for line in LINE.finditer(TEMPLATE) if not line["optional"]}


def test_no_connection_of_the_environment_wins_over_one_made_in_airflows_pages() -> None:
    """Airflow asks its environment first, and its pages would not show it."""
    given = {name for service in _services().values() for name in service.get("environment", {})}
    assert not [name for name in given if name.startswith("AIRFLOW_CONN_")]
    assert not [name for name in given if name.startswith("AIRFLOW__SECRETS__")]


def test_every_variable_of_ours_is_a_setting_and_none_is_left_out() -> None:
    """A misspelt setting would be passed over in silence, and so would one that compose drops on its way from .env."""
    services = _services()
    given = {name for service in services.values() for name in service.get("environment", {})}
    ours = {name for name in given if name.startswith("PLAN_LIFECYCLE_")}
    known = {f"PLAN_LIFECYCLE_{name.upper()}" for name in Settings.model_fields}
    known |= {f"{PREFIX}{field.name.upper()}" for field in fields(MailServer)} | {f"{PREFIX}SENDER_NAME"}
    known |= {f"{IMAP}{field.name.upper()}" for field in fields(ImapServer)}
    plain = {name.removesuffix("_FILE") if name.removesuffix("_FILE") in FROM_FILES else name for name in ours}
    assert plain <= known
    assert known - plain == {f"PLAN_LIFECYCLE_{name}" for name in MADE_BY_THE_IMAGE} | {f"{PREFIX}SENDER"}


def test_every_variable_of_airflow_is_one_that_it_knows() -> None:
    """By its own description and those of the providers that production installs; a command only for what is secret."""
    known = _options_of_airflow()
    given = {name for service in _services().values() for name in service.get("environment", {})}
    airflows = {name for name in given if name.startswith("AIRFLOW")}
    assert airflows
    for name in airflows:
        section, _, option = name.removeprefix("AIRFLOW__").lower().partition("__")
        plain = option.removesuffix("_cmd")
        assert plain in known.get(section, {}), name
        assert option == plain or known[section][plain], f"{name}: not one that may come from a command"
    rest = given - airflows - {name for name in given if name.startswith("PLAN_LIFECYCLE_")}
    assert rest == SERVER | {"BOARD_HOST", "PORTAL_HOST", "PROXY_TLS", "POSTGRES_PASSWORD_FILE"}


def _options_of_airflow() -> dict[str, dict[str, bool]]:
    """Each option by section, and whether it is secret: of what production installs, without importing Airflow."""
    (folder,) = PRODUCTION.glob("lib/python*/site-packages/airflow")
    told = yaml.safe_load((folder / "config_templates" / "config.yml").read_text(encoding="utf-8"))
    for provider in ("celery", "fab"):
        told |= runpy.run_path(str(folder / "providers" / provider / "get_provider_info.py"))["get_provider_info"]()[
            "config"
        ]
    return {
        section: {name: bool(option.get("sensitive")) for name, option in found["options"].items()}
        for section, found in told.items()
    }


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
    """With its defaults; the rest is empty."""
    told = {line["name"].removeprefix(PREFIX).lower() for line in LINE.finditer(TEMPLATE) if PREFIX in line["name"]}
    assert told == {field.name for field in fields(MailServer)} | {"sender_name"}
    given = {f"{PREFIX}HOST": "mail.example", f"{PREFIX}SENDER": "cchc@binh-thuan.example"}
    server = MailServer.from_environment({line["name"]: line["value"] for line in LINE.finditer(TEMPLATE)} | given)
    assert (server.security, server.port, server.timeout) == (Security.STARTTLS, 587, 60)


def test_the_template_names_what_a_mailbox_needs() -> None:
    """With its defaults; without a host there is no mailbox."""
    found = (line for line in LINE.finditer(TEMPLATE) if line["name"].startswith(IMAP))
    told = {line["name"]: line["value"].strip("'") for line in found}
    assert {name.removeprefix(IMAP).lower() for name in told} == {field.name for field in fields(ImapServer)}
    assert ImapServer.from_environment(told) is None
    given = {f"{IMAP}HOST": "imap.example", f"{IMAP}USER": "cchc", f"{IMAP}PASSWORD": "một mật khẩu"}
    assert ImapServer.from_environment(told | given) == ImapServer("imap.example", "cchc", "một mật khẩu")


def _services() -> dict[str, Any]:
    services: dict[str, Any] = filled(yaml.safe_load(COMPOSE), defaultdict(lambda: "given"))["services"]
    return services
