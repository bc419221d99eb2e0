"""The mail server that letters leave through: its settings, from an Airflow connection or from the environment."""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.mail._headers import Address
from plan_lifecycle.secret_files import opened

PREFIX = "PLAN_LIFECYCLE_SMTP_"


class Security(StrEnum):
    """How the connection is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    SSL = "ssl"


_IN_CONNECTION = ("host", "port", "password")
_USUAL_PORT = {Security.NONE: 25, Security.STARTTLS: 587, Security.SSL: 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where and how to send. ``timeout`` is seconds for one letter; the limits are letters, None is none.

    ``user`` None means no login. ``ca_file`` names the authority of a server inside the administration's own network;
    certificates are always checked.
    """

    host: str
    port: int
    sender: Address
    security: Security = Security.STARTTLS
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    per_minute: int | None = None
    per_day: int | None = None
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        """Raises InputError for a login without password (yagmail would ask at a terminal), or a wrong value."""
        if self.user and not self.password:
            raise InputError("a password with the login", field="password")
        if not (self.user or "").isascii() or not (self.password or "").isascii():
            raise InputError("a login and password in ASCII, which is all that SMTP clients can send", field="password")
        if not self.host.strip():
            raise InputError("the name of a mail server", field="host", found=self.host)
        if not 0 < self.port < 65536:
            raise InputError("a port between 1 and 65535", field="port", found=self.port)
        for name, value in (("timeout", self.timeout), ("per_minute", self.per_minute), ("per_day", self.per_day)):
            if value is not None and value <= 0:
                raise InputError("a number above 0", field=name, found=value)

    def tls(self) -> ssl.SSLContext:
        """A context that checks the server's certificate (smtplib's own does not)."""
        return ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)

    @classmethod
    def from_settings(cls, settings: Mapping[str, str]) -> MailServer:
        """Read host, port, security, user, password, sender, sender_name, timeout, per_minute, per_day, ca_file.

        An empty value counts as none. Raises InputError that names the field.
        """
        given = {name: value.strip() for name, value in settings.items() if value and value.strip()}
        for name in ("host", "sender"):
            if name not in given:
                raise InputError("a value", field=name, vi=f"Chưa ghi mục “{name}” của máy chủ gửi thư.")
        security = _security(given.get("security", "starttls"))
        return cls(
            host=given["host"],
            port=_whole(given, "port") or _USUAL_PORT[security],
            sender=Address(given["sender"], given.get("sender_name", "")),
            security=security,
            user=given.get("user"),
            password=given.get("password"),
            timeout=float(_whole(given, "timeout") or 60),
            per_minute=_whole(given, "per_minute"),
            per_day=_whole(given, "per_day"),
            ca_file=Path(given["ca_file"]) if "ca_file" in given else None,
        )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> MailServer:
        """Read ``PLAN_LIFECYCLE_SMTP_HOST``, ``…_PORT`` and so on (see ``from_settings``)."""
        given = opened(environment).items()
        found = {key.removeprefix(PREFIX).lower(): value for key, value in given if key.startswith(PREFIX)}
        try:
            return cls.from_settings(found)
        except InputError as error:
            name = f"{PREFIX}{(error.field or '').upper()}"
            vi = f"Nội dung đặt ở {name} chưa đúng; đề nghị kiểm tra lại."
            raise InputError(error.expected, field=name, found=error.found, vi=vi) from error

    @classmethod
    def from_connection(cls, text: str, sender: str) -> MailServer:
        """Read a connection as Airflow keeps it in its environment, a JSON object; ``extra`` may overrule all else.

        Raises InputError where it is written otherwise.
        """
        try:
            given = dict(json.loads(text))
            extra = given.get("extra") or {}
            extra = json.loads(extra) if isinstance(extra, str) else dict(extra)
        except (ValueError, TypeError) as error:
            raise InputError("a connection as a JSON object", field="AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP") from error
        named = {"user": given.get("login"), "sender": sender, **{key: given.get(key) for key in _IN_CONNECTION}}
        return cls.from_settings({key: str(value) for key, value in (named | extra).items() if value is not None})


def _security(text: str) -> Security:
    try:
        return Security(text.lower())
    except ValueError as error:
        raise InputError("none, starttls or ssl", field="security", found=text) from error


def _whole(given: Mapping[str, str], name: str) -> int | None:
    if name not in given:
        return None
    try:
        return int(given[name])
    except ValueError as error:
        raise InputError("a whole number", field=name, found=given[name]) from error
