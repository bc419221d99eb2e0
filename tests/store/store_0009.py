"""A store as it was at version 0009: the schema of that day, and rows in every table and every column of it.

Huyện Bắc Bình has its plan, xã Bình An answers it; letters, mails, the portal, publications and a compiled report leave
their rows. What is written here stays as it is: it is what stores out there hold, whatever the software becomes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, text
from sqlalchemy.types import NullType

HEADS = Path(__file__).parent / "heads"
BLOB = "5f2b" * 16
AT = "2023-02-20 01:30:00.000000"
LATER = "2023-06-12 02:15:30.250000"
FINDINGS = json.dumps(
    [{"rule": "report.jump", "text": "Cần xem lại: “Tin, bài” là 40.", "blocks": False, "doubt": True}],
    ensure_ascii=False,
)

SEAL_1 = "c94b444788a8ea2e4c8b29dd09bee8c9859636a90a6ade7bdc4ad602371e113e"
SEAL_2 = "46aa457cd1afac9378e152929b09a5f7054950e623d8b9353b03315f3eaba89d"

ROWS: dict[str, list[dict[str, Any]]] = {
    "unit": [
        {"id": "vn1", "code": "60", "name": "tỉnh Bình Thuận", "kind": "province", "level": 1, "parent_id": None,
         "short_name": "Bình Thuận", "symbol": "UBND", "standing": "ordered", "valid_from": None, "valid_to": None},
        {"id": "bb", "code": "596", "name": "huyện Bắc Bình", "kind": "district", "level": 2, "parent_id": "vn1",
         "short_name": "Bắc Bình", "symbol": "UBND", "standing": "ordered", "valid_from": None,
         "valid_to": "2025-06-30"},
        {"id": "ba", "code": "23014", "name": "xã Bình An", "kind": "commune", "level": 3, "parent_id": "bb",
         "short_name": "Bình An", "symbol": "UBND", "standing": "ordered", "valid_from": "1975-04-30",
         "valid_to": "2025-06-30"},
        {"id": "ba-2025", "code": None, "name": "xã Bình An mới", "kind": "commune", "level": 2, "parent_id": "vn1",
         "short_name": None, "symbol": None, "standing": "requested", "valid_from": "2025-07-01", "valid_to": None},
    ],
    "succession": [{"predecessor": "ba", "successor": "ba-2025", "whole": True}],
    "contact": [
        {"id": 1, "unit_id": "ba", "role": "officer", "name": "Nguyễn Văn An", "email": "an@binhan.example.vn",
         "valid_from": "2022-01-01", "valid_to": None, "substitute": "binh@binhan.example.vn",
         "unreachable_since": None, "asked_on": "2023-01-05", "confirmed_on": "2023-01-06"},
        {"id": 3, "unit_id": "bb", "role": "head", "name": "Trần Thị Bình", "email": "binh@bacbinh.example.vn",
         "valid_from": None, "valid_to": "2023-12-31", "substitute": None, "unreachable_since": LATER,
         "asked_on": None, "confirmed_on": None},
    ],
    "letter": [
        {"id": 1, "key": "draft:1:ba", "message_id": "<1@cchc>", "kind": "draft", "unit_id": "ba",
         "recipient": "an@binhan.example.vn", "subject": "Dự thảo kế hoạch", "blob": BLOB, "state": "sent",
         "reason": None, "permanent": None, "attempts": 1, "queued_at": AT, "claimed_at": AT,
         "claimed_by": "worker-1", "sent_at": AT, "retry_at": None, "returned_at": LATER},
        {"id": 2, "key": "remind:1", "message_id": "<2@cchc>", "kind": "reminder", "unit_id": None,
         "recipient": "khong-co@example.vn", "subject": "Đôn đốc", "blob": BLOB, "state": "failed",
         "reason": "550 no such user", "permanent": True, "attempts": 3, "queued_at": AT, "claimed_at": None,
         "claimed_by": None, "sent_at": None, "retry_at": LATER, "returned_at": None},
    ],
    "plan": [
        {"id": 1, "issuer_id": "bb", "parent_id": None, "version": 1, "number": "15", "symbol": "KH-UBND",
         "issued_on": "2023-02-10", "year": 2023, "abstract": "Tuyên truyền cải cách hành chính", "blob": "a" * 64,
         "registered_at": AT, "cascaded_at": AT, "replaces_id": None, "relation": None},
        {"id": 2, "issuer_id": "ba", "parent_id": 1, "version": 2, "number": None, "symbol": None, "issued_on": None,
         "year": 2023, "abstract": None, "blob": "b" * 64, "registered_at": LATER, "cascaded_at": None,
         "replaces_id": 1, "relation": "amends"},
    ],
    "draft": [{"id": 1, "plan_id": 1, "unit_id": "ba", "blob": BLOB, "file_name": "du-thao-ke-hoach.docx"}],
    "obligation": [
        {"id": 1, "plan_id": 1, "unit_id": "ba", "receiver_id": "bb", "item": "report", "period": "2023-H1",
         "clause": "Báo cáo 6 tháng gửi trước ngày 15/6", "phrase": "trước ngày 15/6", "basis": "receipt",
         "opens_on": "2023-06-01", "due_on": "2023-06-14", "extended_from": "2023-06-10",
         "due_at": "17:00:00.000000", "resend_by": "2023-06-20", "state": "met", "first_received_at": LATER,
         "met_at": LATER, "next_rung_on": None},
        {"id": 2, "plan_id": 1, "unit_id": "ba", "receiver_id": "bb", "item": "quota", "period": "2023-M05",
         "clause": "ít nhất 05 tin, bài/tháng", "phrase": "hằng tháng", "basis": "issue", "opens_on": None,
         "due_on": "2023-05-31", "extended_from": None, "due_at": None, "resend_by": None, "state": "open",
         "first_received_at": None, "met_at": None, "next_rung_on": "2023-05-24"},
    ],
    "decision": [
        {"id": 1, "plan_key": "bb 15/KH-UBND", "point": "III.2", "due": '["2023-03-01"]', "units": '["ba"]',
         "decided_by": "Trần Thị Bình", "reason": "Công văn số 9", "decided_at": AT},
        {"id": 2, "plan_key": "bb 15/KH-UBND", "point": "III.3", "due": None, "units": None,
         "decided_by": "Trần Thị Bình", "reason": "Chưa rõ", "decided_at": AT},
    ],
    "reminder": [
        {"id": 1, "obligation_id": 1, "rung": "before-7", "recipient": "an@binhan.example.vn", "letter_id": 1,
         "reason": None, "on_day": "2023-06-07"},
        {"id": 2, "obligation_id": 2, "rung": "before-5", "recipient": "-", "letter_id": None,
         "reason": "đơn vị chưa có địa chỉ", "on_day": "2023-05-26"},
    ],
    "suspension": [
        {"id": 1, "plan_id": 1, "unit_id": "ba", "from_on": "2023-03-01", "until_on": "2023-03-15",
         "decided_by": "Trần Thị Bình", "reason": "Thiên tai", "decided_at": AT, "lifted_on": "2023-03-10",
         "lifted_by": "Trần Thị Bình", "lifted_reason": "Đã khắc phục"},
    ],
    "absence": [
        {"id": 1, "email": "an@binhan.example.vn", "from_on": "2023-04-01", "until_on": "2023-04-15",
         "substitute": "binh@binhan.example.vn", "decided_by": "Trần Thị Bình", "reason": "Nghỉ phép",
         "decided_at": AT},
    ],
    "ruling": [
        {"id": 1, "obligation_id": 1, "kind": "extension", "due_before": "2023-06-10", "due_after": "2023-06-14",
         "state_before": "open", "decided_by": "Trần Thị Bình", "reason": "Công văn số 12", "decided_at": AT},
    ],
    "fingerprint": [{"name": "reminders", "digest": "c" * 64}],
    "arrival": [
        {"id": 1, "channel": "upload", "key": "1/bieu", "received_at": LATER, "sender": "Nguyễn Văn An",
         "file_name": "bieu-so-lieu-2023-H1.xlsx", "blob": "d" * 64, "size": 9000, "unit_id": "ba",
         "item": "report", "period": "2023-H1", "state": "filed", "reason": None, "quarantined": False},
        {"id": 2, "channel": "folder", "key": "mat.docx", "received_at": LATER, "sender": None,
         "file_name": "mat.docx", "blob": None, "size": 10, "unit_id": None, "item": None, "period": None,
         "state": "refused", "reason": "có dấu chỉ độ mật", "quarantined": True},
        {"id": 3, "channel": "upload", "key": "1/bieu-2", "received_at": LATER, "sender": "Nguyễn Văn An",
         "file_name": "bieu-so-lieu-2023-H1.xlsx", "blob": "e" * 64, "size": 9100, "unit_id": "ba",
         "item": "report", "period": "2023-H1", "state": "filed", "reason": None, "quarantined": False},
    ],
    "report": [
        {"id": 1, "unit_id": "bb", "period": "2023-H1", "version": 1, "compiled_at": LATER, "inputs": "f" * 64,
         "word_blob": BLOB, "excel_blob": BLOB, "summary": '{"expected": 2, "totals": {"news_items": 40}}'},
    ],
    "submission": [
        {"id": 1, "obligation_id": 1, "arrival_id": 1, "version": 1, "received_at": LATER, "issued_on": "2023-06-12",
         "reference": "45/BC-UBND", "blob": "d" * 64, "days_late": 0, "state": "superseded", "findings": FINDINGS,
         "reviewed_at": LATER, "reviewed_by": "Trần Thị Bình", "reason": "thiếu số liệu", "held": False,
         "after_report_id": None},
        {"id": 2, "obligation_id": 1, "arrival_id": 3, "version": 2, "received_at": LATER, "issued_on": None,
         "reference": None, "blob": "e" * 64, "days_late": 2, "state": "accepted", "findings": "[]",
         "reviewed_at": None, "reviewed_by": None, "reason": None, "held": True, "after_report_id": 1},
    ],
    "submission_file": [
        {"submission_id": 1, "arrival_id": 1, "blob": "d" * 64, "part": "figures"},
        {"submission_id": 2, "arrival_id": 3, "blob": "e" * 64, "part": "figures"},
    ],
    "wording": [{"blob": "b" * 64, "runs": bytes(range(256))}],
    "figure": [
        {"submission_id": 1, "indicator": "news_items", "number": 40.0, "text": None,
         "evidence": "https://binhan.example.vn/1"},
        {"submission_id": 1, "indicator": "model_cases", "number": None, "text": "Mô hình “Ngày thứ năm”",
         "evidence": None},
        {"submission_id": 2, "indicator": "dialogues", "number": 3.0, "text": None, "evidence": "ước thực hiện"},
    ],
    "report_source": [
        {"report_id": 1, "obligation_id": 1, "submission_id": 2, "days_late": 2},
        {"report_id": 1, "obligation_id": 2, "submission_id": None, "days_late": None},
    ],
    "audit": [
        {"number": 1, "at": AT, "by": "Trần Thị Bình", "act": "accept", "subject": "submission", "subject_id": 2,
         "reason": "đủ số liệu", "details": '{"count": 5}', "previous": "0" * 64, "seal": SEAL_1},
        {"number": 2, "at": LATER, "by": "quy tắc tự động", "act": "count", "subject": "obligation", "subject_id": 2,
         "reason": None, "details": "{}", "previous": SEAL_1, "seal": SEAL_2},
    ],
    "link_generation": [
        {"subject": "unit:ba", "generation": 2, "decided_by": "Trần Thị Bình", "reason": "Lộ đường dẫn",
         "decided_at": AT},
    ],
    "upload": [
        {"id": 1, "arrival_id": 1, "obligation_id": 1, "batch": "9" * 32, "name": "Nguyễn Văn An",
         "post": "Công chức Văn phòng - Thống kê", "uploaded_at": LATER},
    ],
    "form_draft": [
        {"obligation_id": 1, "version": 3, "fields": '{"v_news_items": "40", "u_dialogues": "1"}', "saved_at": LATER},
    ],
    "contact_request": [
        {"id": 1, "unit_id": "ba", "replaces": 1, "name": "Lê Thị Cúc", "email": "cuc@binhan.example.vn",
         "stated_by": "Nguyễn Văn An, Công chức", "requested_at": LATER, "state": "confirmed",
         "decided_by": "Trần Thị Bình", "decided_at": LATER},
    ],
    "allowance": [{"key": "code:10.0.0.1", "whole_at": 1_690_000_000_000}],
    "message": [
        {"id": 1, "identity": "7" * 64, "message_id": "<x@binhan>", "sender": "an@binhan.example.vn",
         "subject": "Báo cáo", "received_at": LATER, "size": 12000, "blob": BLOB, "kind": "answer",
         "verdict": "review", "reason": "không kèm tệp"},
    ],
    "message_place": [{"key": "INBOX/1/17", "message_id": 1}],
    "publication": [
        {"id": 1, "unit_id": "ba", "identity": "8" * 64, "link": "https://binhan.example.vn/1", "guid": "tag:1",
         "title": "Ra quân cải cách hành chính", "published_on": "2023-05-04",
         "source": "https://binhan.example.vn/rss", "first_seen_at": AT, "last_seen_at": LATER},
    ],
    "publication_month": [
        {"unit_id": "ba", "period": "2023-M05", "quota": 5, "count": 1, "undated": 2, "checked_at": LATER,
         "reached_at": LATER, "why": "trang không trả lời", "obligation_id": 2, "final_at": LATER},
    ],
    "fetched": [
        {"name": "6" * 64, "etag": '"x1"', "last_modified": "Mon, 20 Feb 2023 01:30:00 GMT", "at": LATER},
    ],
}  # fmt: skip


def make_store_0009(engine: Engine) -> None:
    """Make an empty database a store of version 0009, with ``ROWS`` in it."""
    script = (HEADS / f"0009.{engine.dialect.name}.sql").read_text()
    with engine.begin() as connection:
        for statement in filter(None, map(str.strip, script.split(";\n"))):
            connection.exec_driver_sql(statement)
        for table, rows in ROWS.items():
            for row in rows:
                insert(connection, table, row)
        if engine.dialect.name == "postgresql":
            _go_on_counting(connection)


def insert(connection: Connection, table: str, row: dict[str, Any]) -> None:
    """Insert a row as it is given, past all that the software would do to it."""
    names, places = ", ".join(f'"{name}"' for name in row), ", ".join(f":{name}" for name in row)
    untyped = [bindparam(name, type_=NullType()) for name in row]
    connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({places})').bindparams(*untyped), row)  # noqa: S608


def rows_of(connection: Connection, table: str) -> list[dict[str, Any]]:
    """The rows of a table in the columns of version 0009, as the driver hands them out, in a fixed order."""
    names = ", ".join(f'"{name}"' for name in ROWS[table][0])
    found = connection.execute(text(f'SELECT {names} FROM "{table}"'))  # noqa: S608
    return sorted((dict(row._mapping) for row in found), key=str)


def _go_on_counting(connection: Connection) -> None:
    """Rows that came in one after the other have moved PostgreSQL's counters."""
    for table, rows in ROWS.items():
        if "id" in rows[0] and isinstance(rows[0]["id"], int):
            last = max(row["id"] for row in rows)
            connection.execute(text("SELECT setval(pg_get_serial_sequence(:t, 'id'), :n)"), {"t": table, "n": last})
