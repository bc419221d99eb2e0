"""The pages that people reach from outside: the units' portal, the links in their letters, the coordinators' board."""

from __future__ import annotations

from collections.abc import Iterator

import requests

from plan_lifecycle.doctor._check import Check, Name, Patient, State
from plan_lifecycle.office_wiring import links

PATIENCE = 10.0
"""Seconds that a server has for an answer."""
_WHOLE = 204
_AILMENTS = {
    "database": "không kết nối được cơ sở dữ liệu",
    "kept_files": "không ghi được vào thư mục lưu tệp",
    "configuration": "tệp cấu hình có chỗ chưa đúng",
}


def portal(patient: Patient) -> Iterator[Check]:
    """The units' page answers at the address that stands in their letters."""
    address = patient.settings.portal_url
    if address is None:
        yield Check(Name.PORTAL, State.UNSET, "Chưa đặt địa chỉ trang của đơn vị (PLAN_LIFECYCLE_PORTAL_URL).")
        return
    to_do = "Kiểm tra trang (portal) và máy chủ chuyển tiếp (proxy)."
    yield _alive(Name.PORTAL, "Trang của đơn vị", address, to_do)


def links_of_letters(patient: Patient) -> Iterator[Check]:
    """The portal knows what is signed here: its secret is the same, so links of letters open there."""
    written = links(patient.settings)
    if written is None:
        yield Check(Name.LINKS, State.UNSET, "Thư không có liên kết: chưa đặt địa chỉ trang của đơn vị.")
        return
    status = _ask(f"{written.home}song/{written.proof(patient.now.isoformat())}").status_code
    if status != _WHOLE:
        told = f"Trang của đơn vị không nhận liên kết ký tại đây (mã {status}): liên kết trong thư không mở được."
        to_do = "Đặt cùng một PLAN_LIFECYCLE_LINK_SECRET cho mọi phần và khởi động lại."
        yield Check(Name.LINKS, State.FAULT, told, to_do)
        return
    yield Check(Name.LINKS, State.GOOD, "Trang của đơn vị mở được liên kết ký tại đây.")


def board(patient: Patient) -> Iterator[Check]:
    """The coordinators' board answers at the address that stands in their letters."""
    address = patient.settings.board
    if address is None:
        told = "Chưa đặt địa chỉ trang điều hành: thư của cán bộ đầu mối không có liên kết (AIRFLOW__API__BASE_URL)."
        yield Check(Name.BOARD, State.UNSET, told)
        return
    yield _alive(Name.BOARD, "Trang điều hành", address, "Kiểm tra api-server và máy chủ chuyển tiếp (proxy).")


def _alive(name: Name, what: str, address: str, to_do: str) -> Check:
    answer = _ask(f"{address.rstrip('/')}/song")
    if answer.status_code == _WHOLE:
        return Check(name, State.GOOD, f"{what} trả lời tại {address}.")
    ails = "; ".join(_ailing(answer)) or f"trả lời mã {answer.status_code}"
    return Check(name, State.FAULT, f"{what} tại {address}: {ails}.", to_do)


def _ailing(answer: requests.Response) -> list[str]:
    try:
        wrong = dict(answer.json()).get("wrong") or ()
    except (ValueError, TypeError):
        return []
    return [_AILMENTS[code] for code in wrong if code in _AILMENTS]


def _ask(address: str) -> requests.Response:
    return requests.get(address, timeout=PATIENCE, allow_redirects=False)
