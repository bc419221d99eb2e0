"""Secrets as files: drawn by a command, refused where they are missing or a sample's, read by what needs them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from plan_lifecycle.channels import ImapServer
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.mail.server import MailServer
from plan_lifecycle.secret_files import DRAWN, FERNET, GIVEN, SECRETS, faults, make
from plan_lifecycle.settings import Settings
from tests.patience import PATIENCE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Secrets as `plan-lifecycle secrets new` draws them."""
    make(tmp_path / "secrets")
    return tmp_path / "secrets"


def write(path: Path, value: str) -> None:
    path.chmod(0o600)
    path.write_text(value)


def test_all_that_are_drawn_are_good_and_each_is_its_own(folder: Path):
    assert faults(folder) == {}
    values = [(folder / secret.name).read_text() for secret in DRAWN]
    assert len(set(values)) == len(DRAWN)
    assert [(folder / secret.name).read_text() for secret in GIVEN] == [""] * len(GIVEN)


def test_others_cannot_enter_the_folder_and_the_services_can_read_the_files(folder: Path):
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {(folder / secret.name).stat().st_mode & 0o777 for secret in SECRETS} == {0o444}


def test_drawing_again_makes_only_what_is_missing(folder: Path):
    before = {path.name: path.read_text() for path in folder.iterdir()}
    (folder / "redis_password").unlink()
    assert make(folder) == ["redis_password"]
    after = {path.name: path.read_text() for path in folder.iterdir()}
    assert after.pop("redis_password") != before.pop("redis_password")
    assert after == before


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "no file"),
        ("", "empty"),
        ("  \n", "empty"),
        ("ngan", "4 signs"),
        ("a" * 40, "sample"),
        ("change-me-change-me-change-me-change-me", "sample"),
        ("mot-khoa-bi-mat-chi-dung-de-kiem-thu-0123456789", "sample"),
        ("Zq3/x8+Vt9@k2LmPw7Rf5Yd1Hs6Bn4Jc0Gu", "other signs"),
        ("thesameastheother", "the same as"),
    ],
)
def test_what_nothing_may_be_started_with_is_told_by_name(folder: Path, value: str | None, why: str):
    if value == "thesameastheother":
        value = (folder / "trail_secret").read_text()
        name = "link_secret"
        write(folder / name, value)
        found = faults(folder)
        assert found == {"trail_secret": "the same as link_secret"}
        return
    name = "redis_password"
    if value is None:
        (folder / name).unlink()
    else:
        write(folder / name, value)
    found = faults(folder)
    assert set(found) == {name}
    assert why in found[name]


@pytest.mark.parametrize("value", ["0" * 64, "khong phai base64", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="])
def test_a_fernet_key_is_thirty_two_bytes_that_were_drawn(folder: Path, value: str):
    write(folder / FERNET, value)
    assert set(faults(folder)) == {FERNET}


def test_the_command_starts_nothing_with_a_missing_secret_and_shows_none(folder: Path):
    """As compose's init runs it: exit code 1 keeps everything that waits for it down."""
    assert run("check", folder)[0] == 0
    shown = (folder / "trail_secret").read_text()
    (folder / "airflow_jwt_secret").unlink()
    write(folder / "link_secret", "secret")
    code, said = run("check", folder)
    assert code == 1
    assert re.findall(r"(?m)^(\w+): ", said) == ["airflow_jwt_secret", "link_secret"]
    assert shown not in said
    code, said = run("new", folder, "--json")
    assert (code, json.loads(said)["made"]) == (0, ["airflow_jwt_secret"])


def run(command: str, folder: Path, *more: str) -> tuple[int, str]:
    """Exit code and what the command says."""
    program = Path(sys.executable).parent / "plan-lifecycle"
    ran = subprocess.run(
        [str(program), "secrets", command, str(folder), *more],
        capture_output=True, text=True, check=False, timeout=PATIENCE, env=os.environ | {"NO_COLOR": "1"},
    )  # fmt: skip
    return ran.returncode, ran.stdout


def test_settings_and_mail_servers_read_their_secrets_from_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "one"
    file.write_text("tám chữ cái&@\n", encoding="utf-8")
    monkeypatch.setenv("PLAN_LIFECYCLE_LINK_SECRET_FILE", str(file))
    monkeypatch.setenv("PLAN_LIFECYCLE_STORE_URL", "postgresql://works@base.example:5432/plan?sslmode=require")
    monkeypatch.setenv("PLAN_LIFECYCLE_STORE_PASSWORD_FILE", str(file))
    settings = Settings()
    assert settings.link_secret is not None
    assert settings.link_secret.get_secret_value() == "tám chữ cái&@"
    words = "t%C3%A1m%20ch%E1%BB%AF%20c%C3%A1i%26%40"
    assert settings.database == f"postgresql://works:{words}@base.example:5432/plan?sslmode=require"
    assert settings.owners_database == settings.database
    file.write_text("khong dau\n", encoding="utf-8")
    given = {"HOST": "mail.example", "SENDER": "a@mail.example", "USER": "cchc", "PASSWORD_FILE": str(file)}
    server = MailServer.from_environment({f"PLAN_LIFECYCLE_SMTP_{name}": value for name, value in given.items()})
    mailbox = ImapServer.from_environment({f"PLAN_LIFECYCLE_IMAP_{name}": value for name, value in given.items()})
    assert mailbox is not None
    assert (server.password, mailbox.password) == ("khong dau", "khong dau")


def test_an_empty_file_is_no_secret_and_one_given_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "one"
    file.write_text("")
    monkeypatch.setenv("PLAN_LIFECYCLE_SOURCE_TOKEN_FILE", str(file))
    assert Settings().source_token is None
    monkeypatch.setenv("PLAN_LIFECYCLE_SOURCE_TOKEN", "x")
    with pytest.raises(InputError, match="either PLAN_LIFECYCLE_SOURCE_TOKEN or"):
        Settings()
    monkeypatch.delenv("PLAN_LIFECYCLE_SOURCE_TOKEN")
    monkeypatch.setenv("PLAN_LIFECYCLE_SOURCE_TOKEN_FILE", str(tmp_path / "none"))
    with pytest.raises(InputError, match="PLAN_LIFECYCLE_SOURCE_TOKEN_FILE"):
        Settings()


def test_a_password_beside_an_address_that_has_one_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PLAN_LIFECYCLE_STORE_URL", "postgresql://works:one@base.example/plan")
    monkeypatch.setenv("PLAN_LIFECYCLE_STORE_PASSWORD", "two")
    with pytest.raises(InputError, match="store_url"):
        _ = Settings().database
