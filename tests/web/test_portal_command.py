"""``plan-lifecycle portal``: what a coordinator does about links and proposed contacts, held against the schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.databases import migrated_copy
from tests.factories import BINH_AN, ROOT, day, fill, owe

from plan_lifecycle.cli import main
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.engine import open_store

SCHEMAS = ROOT / "docs" / "schemas"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with a portal, where xã Bình An owes its plan and proposed a contact."""
    store = open_store(migrated_copy(tmp_path / "plan_lifecycle.db"), tmp_path / "blobs", durable=False)
    fill(store)
    owe(store)
    with store.write() as connection:
        values = {"unit_id": BINH_AN.id, "replaces": None, "name": "Phạm Thị Mới", "email": "moi@example.vn"}
        stated = {"stated_by": "Nguyễn Văn An, Văn phòng", "requested_at": day("2023-02-20")}
        portal_rows.request_contact(connection, values | stated)
    store.close()
    monkeypatch.setenv("PLAN_LIFECYCLE_VAR", str(tmp_path))
    monkeypatch.setenv("PLAN_LIFECYCLE_PORTAL_URL", "https://nop.binhthuan.example.vn")
    monkeypatch.setenv("PLAN_LIFECYCLE_LINK_SECRET", "k" * 40)
    return tmp_path


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """The one answer of a command, held against its schema."""
    with pytest.raises(SystemExit) as ended:
        main(["portal", *arguments, "--json"])
    out = capsys.readouterr()
    assert ended.value.code == 0, out.err
    found: dict[str, Any] = json.loads(out.out)
    schema = json.loads((SCHEMAS / f"portal-{arguments[0]}.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(found)
    return found


def test_a_units_links_are_shown_and_revoking_changes_them(installed: Path, capsys: pytest.CaptureFixture[str]):
    before = answer(capsys, "links", BINH_AN.id)
    assert before["address"].startswith("https://nop.binhthuan.example.vn/n/")
    answer(capsys, "revoke", "--unit", BINH_AN.id, "--by", "Trần Thị Hoa", "--reason", "máy bị mất")
    after = answer(capsys, "links", BINH_AN.id)
    assert after["code"] != before["code"]
    answer(capsys, "revoke", "--obligation", "1", "--by", "Trần Thị Hoa", "--reason", "chuyển nhầm")
    assert answer(capsys, "links", BINH_AN.id)["code"] != after["code"]


@pytest.mark.parametrize("act", ["confirm", "decline"])
def test_a_proposed_contact_is_decided_once(installed: Path, capsys: pytest.CaptureFixture[str], act: str):
    assert answer(capsys, "contacts")["email"] == "moi@example.vn"
    assert answer(capsys, act, "1", "--by", "Trần Thị Hoa")["confirmed"] is (act == "confirm")
    with pytest.raises(SystemExit) as ended:
        main(["portal", act, "1", "--by", "Trần Thị Hoa"])
    assert ended.value.code == 2
    assert "Không có đề nghị số 1" in capsys.readouterr().err


def test_it_does_not_serve_without_address_or_secret(
    installed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("PLAN_LIFECYCLE_LINK_SECRET", "short")
    with pytest.raises(SystemExit) as ended:
        main(["portal", "serve"])
    assert ended.value.code == 2
    err = capsys.readouterr().err
    assert "PLAN_LIFECYCLE_LINK_SECRET" in err
    assert "short" not in err
    monkeypatch.delenv("PLAN_LIFECYCLE_PORTAL_URL")
    with pytest.raises(SystemExit):
        main(["portal", "serve"])
    assert "PLAN_LIFECYCLE_PORTAL_URL" in capsys.readouterr().err
