"""Secrets in logs: what is configured as secret must stand in no line that anything wrote.

A run that is over has folders of logs (Airflow's, the portal's, the broker's) and the environment it ran in:

    assert leaks([folder / "airflow.log", folder / "logs"], secrets_in(environment)) == []

``secrets_in`` finds the secrets of an environment by the names of its variables, the passwords within addresses
(``postgresql://user:password@…``) and within Airflow's connections, and the content of files that a ``…_FILE`` names.
``leaks`` looks for each as it is, percent-encoded, as JSON writes it and in Base64; and, whatever is configured, for
what opens something by itself: a link of a letter, a bearer's token, a session's cookie. It names file, line and which
secret, never the secret.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote, urlsplit

SECRET_NAMES = re.compile(r"PASSWORD|SECRET|TOKEN|FERNET_KEY|PRIVATE_KEY|API_KEY|HEARTBEAT_URL")
NOT_SECRET = re.compile(r"PASSWORDS?_FILE$|_EXPIR|_LIFETIME|_SECONDS$")
SHORTEST = 5
"""What is shorter stands anywhere by chance; nobody configures such a secret."""
OPENS = {
    "a letter's link": re.compile(r"/n/[\w-]{20,}[\w.-]{10,}"),
    "a bearer's token": re.compile(r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "a session's cookie": re.compile(
        r"(?i)\b(?:set-)?cookie['\"]?\s*[:=]\s*['\"]?(?:phien|session|_token)=[\w.-]{12,}"
    ),
}
_CONNECTION_FIELDS = ("password",)


def secrets_in(environment: Mapping[str, str]) -> dict[str, str]:
    """The secrets of an environment by the names of their variables; what is empty or too short is none."""
    found: dict[str, str] = {}
    for name, value in environment.items():
        for number, secret in enumerate(_secrets_of(name, value)):
            if len(secret) >= SHORTEST:
                found[f"{name}.{number}" if number else name] = secret
    return found


def _secrets_of(name: str, value: str) -> Iterator[str]:
    if name.endswith("_FILE") and SECRET_NAMES.search(name) and Path(value).is_file():
        yield Path(value).read_text(encoding="utf-8").strip()
    elif SECRET_NAMES.search(name) and not NOT_SECRET.search(name):
        yield from value.split()
    if value.lstrip().startswith("{"):
        try:
            fields = json.loads(value)
        except ValueError:
            return
        yield from (str(fields[field]) for field in _CONNECTION_FIELDS if fields.get(field))
    elif "://" in value and "@" in value:
        try:
            password = urlsplit(value).password
        except ValueError:
            return
        if password:
            yield unquote(password)


def leaks(places: Iterable[Path], secrets: Mapping[str, str]) -> list[str]:
    """Where a secret stands: ``file:line: which``; empty where none does. Folders are looked through to their ends."""
    wanted = _wanted(secrets)
    files = sorted({file for place in places for file in ([place] if place.is_file() else place.rglob("*"))})
    return [
        f"{file}:{number}: {which}"
        for file in files
        if file.is_file()
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        for which in _said(line, wanted)
    ]


def told_in(text: str, secrets: Mapping[str, str]) -> list[str]:
    """Which secrets a text holds, by their names."""
    return _said(text, _wanted(secrets))


def _said(text: str, wanted: Mapping[str, str]) -> list[str]:
    found = {name for spelt, name in wanted.items() if spelt in text}
    return sorted(found | {name for name, form in OPENS.items() if form.search(text)})


def _wanted(secrets: Mapping[str, str]) -> dict[str, str]:
    return {spelt: name for name, secret in secrets.items() for spelt in spellings(secret)}


def spellings(secret: str) -> set[str]:
    """The ways to write a secret down."""
    encoded = base64.b64encode(secret.encode()).decode().rstrip("=")
    return {secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], encoded}
