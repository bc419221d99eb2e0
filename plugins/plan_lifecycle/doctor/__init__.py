"""Looking the whole installation over: what works, what does not, and what to do about it.

Each look is on its own: the others go on whatever one finds. None takes longer than its server's ten seconds, and none
writes anything, save the one letter that somebody asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from plan_lifecycle.doctor import _airflow, _certificates, _office, _pages, _ways
from plan_lifecycle.doctor._check import Check, Look, Name, Patient, State, looked
from plan_lifecycle.doctor._telling import tell_administrator

__all__ = ["Check", "Name", "Patient", "State", "examine", "tell_administrator"]

_LOOKS: tuple[tuple[Name, Look, str], ...] = (
    (Name.CONFIGURATION, _office.configuration, "Sửa tệp được nêu tên trong config/ hoặc templates/."),
    (Name.SECRETS, _office.secrets, "Đặt lại biến được nêu tên trong .env."),
    (Name.DISK, _office.disk, "Kiểm tra thư mục PLAN_LIFECYCLE_VAR."),
    (Name.DATABASE, _office.database, "Kiểm tra PLAN_LIFECYCLE_STORE_URL, máy chủ cơ sở dữ liệu và phiên bản."),
    (Name.TRAIL, _office.trail, "Kiểm tra cơ sở dữ liệu."),
    (Name.CLOCK, _office.clock, "Kiểm tra cơ sở dữ liệu."),
    (Name.MORNING, _office.morning, "Kiểm tra cấu hình và cơ sở dữ liệu."),
    (Name.OUTBOX, _office.outbox, "Kiểm tra cơ sở dữ liệu."),
    (Name.MAIL, _ways.mail, "Kiểm tra địa chỉ, cổng, tài khoản, chứng thư của máy chủ gửi thư."),
    (Name.MAILBOX, _ways.mailbox, "Kiểm tra địa chỉ, tài khoản, chứng thư của hộp thư nhận."),
    (Name.PORTAL, _pages.portal, "Khởi động trang của đơn vị; kiểm tra địa chỉ, DNS và máy chủ chuyển tiếp."),
    (Name.LINKS, _pages.links_of_letters, "Kiểm tra trang của đơn vị và PLAN_LIFECYCLE_LINK_SECRET ở mọi phần."),
    (Name.BOARD, _pages.board, "Khởi động api-server; kiểm tra địa chỉ, DNS và máy chủ chuyển tiếp."),
    (Name.INBOX, _ways.inbox, "Kiểm tra PLAN_LIFECYCLE_INBOX và quyền đọc."),
    (Name.SOURCES, _ways.sources, "Sửa config/sources.yaml; đặt biến chứa mã truy cập."),
    (Name.CERTIFICATES, _certificates.certificates, "Kiểm tra chứng thư của các máy chủ."),
    (Name.HEARTBEAT, _ways.heartbeat, "Sửa PLAN_LIFECYCLE_HEARTBEAT_URL; kiểm tra mạng ra ngoài."),
    (Name.AIRFLOW, _airflow.airflow, "Kiểm tra cơ sở dữ liệu và thiết lập của Airflow."),
)


def examine(patient: Patient) -> Iterator[Check]:
    """Look at one thing after the other, in the order in which one needs the other."""
    for name, look, to_do in _LOOKS:
        yield from looked(name, look, patient, to_do)
