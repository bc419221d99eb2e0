"""Settings: read from the environment once, at the edge, and handed on as arguments.

Every name begins with ``PLAN_LIFECYCLE_``; ``.env.template`` lists them. Relative paths count from the project's root.
A secret may be a file (``secret_files``), a database's password stand apart from its address.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlsplit

from pydantic import BeforeValidator, Field, SecretStr, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.secret_files import opened

ROOT = Path(__file__).resolve().parents[2]
BOARD = "/plan-lifecycle"
"""The path of the board below Airflow's address."""


_CRON = frozenset("0123456789*/,-")


def _read_schedules(given: Any) -> bool | str:
    """Whether there are schedules, or one cron line for all of them; five fields, or six with seconds."""
    fields = str(given).split()
    if len(fields) in (5, 6) and all(set(field) <= _CRON for field in fields):
        return " ".join(fields)
    return TypeAdapter(bool).validate_python(given)


class Settings(BaseSettings):
    """Where things lie and which servers are spoken to. Secrets never show in a repr or a log."""

    model_config = SettingsConfigDict(env_prefix="PLAN_LIFECYCLE_", env_file=None, extra="ignore")

    home: Path = ROOT
    var: Path = Path("var")
    config: Path = Path("config")
    reminders: str = "reminders.yaml"
    sources: str = "sources.yaml"
    templates: Path = Path("templates")
    inbox: Path = Path("var/inbox")
    inbox_store: str = ""
    plans: Path = Path("var/plans")
    store_url: str = Field("", repr=False)
    store_password: SecretStr | None = None
    migration_url: str = Field("", repr=False)
    migration_password: SecretStr | None = None
    portal_role: str = ""
    durable: bool = True

    mail_from: str = "cchc@plan-lifecycle.invalid"
    portal_url: str | None = None
    link_secret: SecretStr | None = None
    board_url: str | None = None
    airflow_url: str | None = Field(None, validation_alias="AIRFLOW__API__BASE_URL")

    trail_secret: SecretStr | None = None
    trail_secrets_before: SecretStr | None = None

    heartbeat_url: SecretStr | None = None
    admin_mail: str = ""

    source_url: str | None = None
    source_token: SecretStr | None = None

    log_format: Literal["text", "json"] = "text"
    schedules: Annotated[bool | str, BeforeValidator(_read_schedules)] = True
    """Whether DAGs start by the clock; a cron line in place of every DAG's own is for trials."""
    airflow_vietnamese: bool = False
    simulation: bool = False
    """Whether a year is played: business days may then lie ahead of the wall clock."""

    def __init__(self, **given: Any) -> None:
        """Read the environment. Raises InputError that names the variable."""
        files = opened(os.environ).items() - os.environ.items()
        try:
            super().__init__(**{_field(name): value for name, value in files} | given)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            name = "PLAN_LIFECYCLE_" + ".".join(map(str, first["loc"])).upper()
            raise InputError(first["msg"], field=name) from error

    def path(self, path: Path) -> Path:
        """An absolute path: a relative one counts from ``home``."""
        return path if path.is_absolute() else self.home / path

    def plan_file(self, named: str | Path) -> Path:
        """The file of an issued plan: as it is named where there is one, else in the folder of plans."""
        here = Path(named)
        return here if _is_there(here) else self.path(self.plans) / here

    @property
    def sources_file(self) -> Path | None:
        """The file of columns and endpoints; None where the settings name none, as in a played year."""
        return self.path(self.config) / self.sources if self.sources else None

    @property
    def database(self) -> str:
        """The store's URL: the one given, or SQLite under ``var``."""
        given = _with_password(self.store_url, self.store_password)
        return given or f"sqlite:///{self.path(self.var) / 'plan_lifecycle.db'}"

    @property
    def owners_database(self) -> str:
        """The store's URL as the role that owns it: the one given, or the one that works."""
        return _with_password(self.migration_url, self.migration_password) or self.database

    @property
    def board(self) -> str | None:
        """Where coordinators reach the board: its own address, else below Airflow's."""
        if self.board_url:
            return self.board_url.rstrip("/")
        return f"{self.airflow_url.rstrip('/')}{BOARD}" if self.airflow_url else None

    @property
    def blobs(self) -> Path:
        """The folder of kept bytes."""
        return self.path(self.var) / "blobs"


def _is_there(path: Path) -> bool:
    """Whether anything has this name; what is too long for a name has nothing."""
    try:
        return path.exists()
    except OSError:
        return False


def _field(name: str) -> str:
    """The setting of a variable: ``link_secret`` of ``PLAN_LIFECYCLE_LINK_SECRET``; mail servers' are passed over."""
    return name.removeprefix("PLAN_LIFECYCLE_").lower()


def _with_password(url: str, password: SecretStr | None) -> str:
    """The address with a password that is kept apart from it."""
    if not url or password is None:
        return url
    account, at, place = urlsplit(url).netloc.rpartition("@")
    if not at or ":" in account:
        raise InputError("an address with a user and without a password, or no password beside it", field="store_url")
    return url.replace(f"{account}@{place}", f"{account}:{quote(password.get_secret_value(), safe='')}@{place}", 1)
