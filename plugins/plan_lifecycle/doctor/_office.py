"""The office's own things: configuration, secrets, disk, database, trail, the morning's run, the outbox."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta

from plan_lifecycle.doctor._check import Check, Name, Patient, State
from plan_lifecycle.domain.clock import ClockError, no_leap
from plan_lifecycle.domain.writing import count_text, moment_words, short_date
from plan_lifecycle.office_wiring import links, open_office
from plan_lifecycle.store import audit, letters, worked
from plan_lifecycle.store.database import StoreError, moment_of
from plan_lifecycle.store.migrations import HEAD
from plan_lifecycle.store_wiring import seal_keys, store_of

LITTLE = 2 * 1024**3
"""Bytes: a province's year of papers, letters and reports takes about half of it."""
SLOW = timedelta(seconds=60)
LONG_QUEUED = timedelta(hours=24)


def configuration(patient: Patient) -> Iterator[Check]:
    """Every file of ``config/`` and every template of letters is read as a run reads it."""
    try:
        with open_office(patient.settings):
            pass
    except StoreError:  # a line of its own says why
        told = "Chưa xem được các tệp cấu hình, vì chưa mở được cơ sở dữ liệu."
        yield Check(Name.CONFIGURATION, State.WARNING, told, "Xem dòng về cơ sở dữ liệu.")
        return
    yield Check(Name.CONFIGURATION, State.GOOD, "Các tệp cấu hình và mẫu thư đọc được.")


def secrets(patient: Patient) -> Iterator[Check]:
    """The keys of links and trail."""
    settings = patient.settings
    links(settings), seal_keys(settings)
    if settings.portal_url is None:
        yield Check(Name.SECRETS, State.UNSET, "Chưa đặt PLAN_LIFECYCLE_PORTAL_URL: thư không có liên kết.")
    if settings.trail_secret is None:
        told = "Chưa đặt khóa niêm phong nhật ký."
        yield Check(Name.SECRETS, State.WARNING, told, "Đặt PLAN_LIFECYCLE_TRAIL_SECRET, tối thiểu 32 ký tự.")
    else:
        yield Check(Name.SECRETS, State.GOOD, "Đã đặt các khóa cần thiết.")


def disk(patient: Patient) -> Iterator[Check]:
    """The folder of kept bytes can be written, and there is room."""
    folder = patient.settings.path(patient.settings.var)
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        told = f"Không ghi được vào {folder}."
        yield Check(Name.DISK, State.FAULT, told, "Cấp quyền ghi cho tài khoản chạy chương trình.")
        return
    free = shutil.disk_usage(folder).free
    told = f"Còn trống {count_text(free // 1024**3)} GB tại {folder}."
    if free < LITTLE:
        yield Check(Name.DISK, State.FAULT if free < LITTLE // 20 else State.WARNING, told, "Mở rộng hoặc dọn ổ đĩa.")
        return
    yield Check(Name.DISK, State.GOOD, told)


def database(patient: Patient) -> Iterator[Check]:
    """The store opens, and is at this release's version."""
    store = store_of(patient.settings)
    try:
        store.ping()
        kind = store.engine.dialect.name
    finally:
        store.close()
    yield Check(Name.DATABASE, State.GOOD, f"Cơ sở dữ liệu ({kind}) ở phiên bản {HEAD}.")


def trail(patient: Patient) -> Iterator[Check]:
    """Every seal of the trail."""
    store = store_of(patient.settings)
    try:
        with store.read() as connection:
            found = audit.verify(connection)
    finally:
        store.close()
    if found.broken is not None:
        told = f"Nhật ký không còn nguyên vẹn từ dòng {found.broken.number}."
        yield Check(Name.TRAIL, State.FAULT, told, "Chạy plan-lifecycle audit verify và đối chiếu với bản sao lưu.")
        return
    yield Check(Name.TRAIL, State.GOOD, f"Nhật ký nguyên vẹn: {count_text(found.rows)} dòng.")


def clock(patient: Patient) -> Iterator[Check]:
    """The machine's clock beside the database's, and beside the newest day that a run found it at."""
    store = store_of(patient.settings)
    try:
        with store.read() as connection:
            apart, seen = abs(moment_of(connection) - patient.now), worked.clock_day(connection)
    finally:
        store.close()
    try:
        no_leap(patient.now.date(), seen, None)
    except ClockError as error:
        to_do = "Chỉnh lại giờ; nếu giờ đúng, chạy một lần với ngày hôm nay (remind --as-of, hoặc trong Airflow)."
        yield Check(Name.CLOCK, State.FAULT, error.for_user, to_do, "leap")
    if seen is not None and seen > patient.now.date():
        told = f"Đồng hồ máy đi lùi: có lần chạy đã thấy ngày {short_date(seen)}."
        yield Check(Name.CLOCK, State.WARNING, told, "Chỉnh lại giờ của máy (bật NTP).", "back")
    told = f"Đồng hồ máy và đồng hồ cơ sở dữ liệu lệch {count_text(int(apart.total_seconds()))} giây."
    if apart > SLOW:
        yield Check(Name.CLOCK, State.FAULT, told, "Bật đồng bộ giờ (NTP) trên các máy.")
        return
    yield Check(Name.CLOCK, State.GOOD, told)


def morning(patient: Patient) -> Iterator[Check]:
    """Whether the newest working day before today was worked at."""
    with open_office(patient.settings) as office:
        due = office.rules.calendar.on_or_before(patient.now.date() - timedelta(days=1))
        with office.store.read() as connection:
            newest = worked.newest_day(connection)
    if newest is None:
        yield Check(
            Name.MORNING, State.WARNING, "Chưa có lượt chạy nào.", "Nhập đơn vị, kế hoạch và bật các quy trình."
        )
    elif newest < due:
        told = f"Lượt chạy gần nhất là của ngày {short_date(newest)}; ngày {short_date(due)} không chạy."
        yield Check(Name.MORNING, State.FAULT, told, "Kiểm tra bộ lập lịch của Airflow và các quy trình đang tạm dừng.")
    else:
        yield Check(Name.MORNING, State.GOOD, f"Lượt chạy gần nhất là của ngày {short_date(newest)}.")


def outbox(patient: Patient) -> Iterator[Check]:
    """Letters that have waited for more than a day."""
    store = store_of(patient.settings)
    try:
        with store.read() as connection:
            waiting = letters.oldest_queued(connection)
    finally:
        store.close()
    if waiting is None:
        yield Check(Name.OUTBOX, State.GOOD, "Không có thư chờ gửi.")
    elif patient.now - waiting > LONG_QUEUED:
        told = f"Có thư chờ gửi từ {moment_words(waiting)}."
        yield Check(Name.OUTBOX, State.WARNING, told, "Xem trang Thư: có đang tạm dừng, hay máy chủ thư không nhận.")
    else:
        yield Check(Name.OUTBOX, State.GOOD, f"Thư chờ gửi sớm nhất từ {moment_words(waiting)}.")
