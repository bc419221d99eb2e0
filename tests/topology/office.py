"""The topology with an office in it: its store opened from here, a mail server for its letters, requests by TLS."""

from __future__ import annotations

import email
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from unittest.mock import patch

import requests

from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.office_wiring import open_office
from plan_lifecycle.settings import ROOT, Settings
from plan_lifecycle.simulation.mail_server import LocalMailServer
from tests.factories import MAIL_FROM
from tests.patience import PATIENCE
from tests.topology.ground import Topology, TopologyError
from tests.topology.native import environment_of

DAGS = {path.stem for path in (ROOT / "dags").glob("*.py")}
POLL = 0.5


@dataclass(frozen=True)
class Served:
    """The topology, the mail server that its letters reach, and the office on its store."""

    topology: Topology
    mail: LocalMailServer
    office: Office

    def letters(self, address: str) -> list[EmailMessage]:
        """What reached an address, oldest first."""
        found = [path.read_bytes() for path in sorted((self.mail.maildir / "new").iterdir())]
        read = (email.message_from_bytes(data, policy=default) for data in found)
        return [letter for letter in read if letter["Delivered-To"] == address]  # type: ignore[misc]

    def message_ids(self) -> list[str]:
        """The Message-ID of every letter that arrived."""
        found = (email.message_from_bytes(path.read_bytes()) for path in (self.mail.maildir / "new").iterdir())
        return [str(letter["Message-ID"]) for letter in found]

    def get(self, address: str, **how: Any) -> requests.Response:
        """Ask the proxy as a browser does, whose machine trusts the proxy's authority."""
        with requests.Session() as browser:
            browser.trust_env = False
            browser.verify = str(self.topology.place.authority)
            return browser.get(address, timeout=PATIENCE, **how)

    def runs(self, dag: str) -> list[dict[str, Any]]:
        """The DAG's runs, the oldest first."""
        asked = f"/dags/{dag}/dagRuns?limit=100&order_by=run_after"
        return list(self.topology.airflow.ask("GET", asked)["dag_runs"])

    def tasks(self) -> list[dict[str, Any]]:
        """The newest hundred task instances."""
        asked = "/dags/~/dagRuns/~/taskInstances?limit=100&order_by=-start_date"
        return list(self.topology.airflow.ask("GET", asked)["task_instances"])


@contextmanager
def serve(folder: Path, given: Mapping[str, str], *, in_order: bool = True) -> Iterator[Served]:
    """Everything up, with the lines of an .env; DAGs are paused, as they are in a new installation."""
    maildir = folder.with_name(f"{folder.name}-mail")
    shutil.rmtree(maildir, ignore_errors=True)
    with ExitStack() as stack:
        mail = stack.enter_context(LocalMailServer(maildir))
        lines = {
            "PLAN_LIFECYCLE_MAIL_FROM": MAIL_FROM,
            "PLAN_LIFECYCLE_SMTP_HOST": "127.0.0.1",
            "PLAN_LIFECYCLE_SMTP_PORT": str(mail.port),
            "PLAN_LIFECYCLE_SMTP_SECURITY": "none",
        }
        topology = stack.enter_context(Topology(folder, lines | dict(given), in_order=in_order))
        yield Served(topology, mail, stack.enter_context(open_office(settings_of(topology))))


def settings_of(topology: Topology) -> Settings:
    """The settings of the worker that reads documents, read as it reads them."""
    part = topology.parts["worker-documents"]
    with patch.dict(os.environ, environment_of(part, topology.place), clear=True):
        return Settings()


def wait_for(what: str, found: Callable[[], bool], within: float = PATIENCE) -> None:
    """Wait until something is so. Raises TopologyError."""
    until = time.monotonic() + within
    while not found():
        if time.monotonic() > until:
            raise TopologyError(f"not within {within:.0f} s: {what}")
        time.sleep(POLL)
