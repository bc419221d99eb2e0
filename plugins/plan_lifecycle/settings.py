"""Settings: read from the environment once, at the edge, and handed on as arguments.

Every name begins with ``PLAN_LIFECYCLE_``; ``.env.template`` lists them. Relative paths count from the project's root.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """Where things lie and which servers are spoken to. Secrets never show in a repr or a log."""

    model_config = SettingsConfigDict(env_prefix="PLAN_LIFECYCLE_", env_file=None, extra="ignore")

    home: Path = ROOT
    var: Path = Path("var")
    config: Path = Path("config")
    templates: Path = Path("templates")
    inbox: Path = Path("var/inbox")
    store_url: str = ""
    durable: bool = True

    mail_from: str = "cchc@plan-lifecycle.invalid"
    source_url: str | None = None
    source_token: SecretStr | None = None

    schedules: bool = True
    timezone: str = "Asia/Ho_Chi_Minh"

    def path(self, path: Path) -> Path:
        """An absolute path: a relative one counts from ``home``."""
        return path if path.is_absolute() else self.home / path

    @cached_property
    def database(self) -> str:
        """The store's URL: the one given, or SQLite under ``var``."""
        return self.store_url or f"sqlite:///{self.path(self.var) / 'plan_lifecycle.db'}"

    @cached_property
    def blobs(self) -> Path:
        """The folder of kept bytes."""
        return self.path(self.var) / "blobs"
