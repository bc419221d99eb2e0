"""Secrets as files: where they lie, how new ones are made, what is wrong with those of an installation.

``PLAN_LIFECYCLE_TRAIL_SECRET_FILE=/run/secrets/trail_secret`` stands for the variable without ``_FILE``: what is in a
file shows neither in ``docker inspect`` nor in a list of processes.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from plan_lifecycle.domain.errors import InputError, unwritable

SUFFIX = "_FILE"
FROM_FILES = frozenset(
    f"PLAN_LIFECYCLE_{name}"
    for name in (
        "STORE_PASSWORD", "MIGRATION_PASSWORD", "LINK_SECRET", "TRAIL_SECRET", "TRAIL_SECRETS_BEFORE", "SOURCE_TOKEN",
        "SMTP_PASSWORD", "IMAP_PASSWORD",
    )
)  # fmt: skip
"""The variables that may be given as the name of a file."""
FEWEST_SIGNS = 32
FEWEST_DIFFERENT = 8
_OF_A_SAMPLE = (
    "change",
    "example",
    "sample",
    "secret",
    "passw",
    "mat-khau",
    "bi-mat",
    "khoa",
    "0123456789",
    "abcdefgh",
)
"""What stands in a sample and hardly ever in a secret that was drawn."""
_SIGNS = frozenset(f"{string.ascii_letters}{string.digits}-_.~")
_READABLE = 0o444
"""Compose mounts the file as it is: the services' own users must be able to read it; the folder keeps others out."""


@dataclass(frozen=True, slots=True)
class Secret:
    """One secret of an installation: the file's name, and how one is drawn (None: others give it, it may be empty)."""

    name: str
    draw: Callable[[], str] | None


def _letters() -> str:
    return secrets.token_hex(24)  # letters and digits only: they become part of addresses


def _key() -> str:
    return secrets.token_hex(32)


def _fernet() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


FERNET = "airflow_fernet_key"
DRAWN = (
    *(
        Secret(f"{name}_password", _letters)
        for name in ("postgres", "airflow_db", "store_db", "store_owner_db", "portal_db", "redis")
    ),
    *(Secret(name, _key) for name in ("airflow_api_secret_key", "airflow_jwt_secret", "link_secret", "trail_secret")),
    Secret(FERNET, _fernet),
)
GIVEN = tuple(Secret(name, None) for name in ("smtp_password", "imap_password", "source_token"))
SECRETS = (*DRAWN, *GIVEN)
"""All of ``docker-compose.yaml``, each a file of this name."""


def opened(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with the secrets whose files it names. An empty file is none.

    Raises InputError where a secret is given twice or its file cannot be read.
    """
    found = dict(environment)
    for name in FROM_FILES:
        path = environment.get(name + SUFFIX)
        if not path:
            continue
        if environment.get(name):
            raise InputError(f"either {name} or {name}{SUFFIX}", field=name)
        if value := read(Path(path), field=name + SUFFIX):
            found[name] = value
    return found


def read(path: Path, *, field: str) -> str:
    """A secret without the end of its line. Raises InputError where the file cannot be read."""
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("a file with one line that this process may read", field=field, found=str(path)) from error


def make(folder: Path) -> list[str]:
    """Draw what is missing in the folder, which is made; what is there stays. Return the new files' names.

    Raises InputError where the folder cannot be written.
    """
    try:
        return _made(folder)
    except OSError as error:
        raise unwritable(folder, error, folder=True) from error


def _made(folder: Path) -> list[str]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    for secret in SECRETS:
        path = folder / secret.name
        if path.exists():
            continue
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _READABLE)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secret.draw() if secret.draw else "")
        path.chmod(_READABLE)  # whatever the umask took away
        made.append(secret.name)
    return made


def faults(folder: Path) -> dict[str, str]:
    """What is wrong with each secret of an installation, by its name: missing, short, of a sample, or not its own."""
    found, seen = {}, dict[str, str]()
    for secret in DRAWN:
        try:
            value = read(folder / secret.name, field=secret.name)
        except InputError:
            found[secret.name] = "no file that can be read"
            continue
        if wrong := _fault(secret.name, value) or (seen.get(value) and f"the same as {seen[value]}"):
            found[secret.name] = wrong
        seen[value] = secret.name
    return found


def _fault(name: str, value: str) -> str | None:
    if not value.strip():
        return "empty"
    if name == FERNET:
        return None if _is_fernet(value) else "not 32 bytes in base64, as Fernet needs"
    if len(value) < FEWEST_SIGNS:
        return f"{len(value)} signs, expected at least {FEWEST_SIGNS}"
    if len(set(value)) < FEWEST_DIFFERENT or any(word in value.casefold() for word in _OF_A_SAMPLE):
        return "looks like a sample's"
    if not set(value) <= _SIGNS:
        return "other signs than letters, digits, '-', '_', '.' and '~', which addresses cannot hold"
    return None


def _is_fernet(value: str) -> bool:
    try:
        key = base64.b64decode(value, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(key) == 32 and len(set(key)) >= FEWEST_DIFFERENT
