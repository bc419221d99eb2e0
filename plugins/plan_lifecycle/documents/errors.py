"""What makes a file unusable, said twice: a slug for programs and a Vietnamese sentence for the sender."""

from __future__ import annotations

from pathlib import Path

from plan_lifecycle.domain.errors import InputError

REASONS = {
    "zero_bytes": "Tệp không có nội dung (0 byte); đề nghị kiểm tra và gửi lại.",
    "too_large": "Tệp lớn hơn mức tiếp nhận ({detail}); đề nghị giảm dung lượng hoặc tách tệp và gửi lại.",
    "wrong_kind": "Nội dung của tệp là {detail}; đề nghị gửi lại đúng loại tệp.",
    "damaged": "Tệp bị hỏng hoặc chưa tải xong nên không mở được ({detail}); đề nghị lưu lại bằng phần mềm soạn thảo "
    "và gửi lại.",
    "malformed": "Một phần của tệp không đúng định dạng XML nên không mở được ({detail}); đề nghị lưu lại bằng phần "
    "mềm soạn thảo và gửi lại.",
    "missing_part": "Tệp thiếu phần bắt buộc ({detail}) nên không mở được; đề nghị lưu lại bằng phần mềm soạn thảo và "
    "gửi lại.",
    "duplicate_part": "Tệp có hai phần khác nhau cùng tên ({detail}); đề nghị lưu lại bằng phần mềm soạn thảo và "
    "gửi lại.",
    "too_many_members": "Tệp gồm quá nhiều thành phần ({detail}); đề nghị lưu lại bằng phần mềm soạn thảo và gửi lại.",
    "bomb": "Tệp được nén bất thường ({detail}) nên không mở để bảo đảm an toàn; đề nghị lưu lại và gửi lại.",
    "too_deep": "Tệp có quá nhiều lớp lồng nhau ({detail}); đề nghị đơn giản hóa, lưu lại và gửi lại.",
    "too_complex": "Tệp có cấu trúc quá lớn để xử lý ({detail}); đề nghị xóa phần không cần gửi (với Excel: các hàng, "
    "cột trống đã định dạng ngoài bảng) hoặc tách thành nhiều tệp và gửi lại.",
    "too_costly": "Tệp quá phức tạp nên phần mềm không đọc hết được trong mức cho phép; tệp đã được giữ lại. Đề nghị "
    "mở tệp bằng phần mềm soạn thảo, bỏ phần không cần gửi, lưu thành tệp mới hoặc tách thành nhiều tệp và gửi lại.",
    "dtd": "Tệp chứa khai báo DTD hoặc thực thể XML ({detail}), không dùng trong văn bản thông thường; đề nghị lưu lại "
    "bằng phần mềm soạn thảo và gửi lại.",
    "password": "Tệp được đặt mật khẩu nên không đọc được; đề nghị gỡ mật khẩu và gửi lại.",
    "not_converted": "Không chuyển đổi được {detail} và gửi lại.",
    "macros": "Tệp chứa macro ({detail}); đề nghị lưu lại ở dạng không có macro (.docx, .xlsx) và gửi lại.",
    "dangerous_link": "Tệp tự động nạp nội dung từ bên ngoài khi mở ({detail}); đề nghị gỡ liên kết và gửi lại.",
    "dangerous_object": "Tệp nhúng đối tượng có thể chạy được ({detail}); đề nghị gỡ đối tượng này và gửi lại.",
    "dde": "Tệp chứa trường DDE gọi chương trình khác; đề nghị gỡ trường này và gửi lại.",
    "secret": "Tệp mang dấu chỉ độ mật “{detail}” nên không được tiếp nhận và không được lưu giữ; đề nghị gửi theo quy "
    "định về bảo vệ bí mật nhà nước.",
}


class BadDocument(InputError):  # noqa: N818  says what the file is, as the gate does
    """A file that cannot be used: ``code`` is a short English slug, ``for_user`` a sentence for the sender."""

    def __init__(self, code: str, vi: str, *, detail: str = "", file: str | Path | None = None) -> None:
        super().__init__("a sound document", found=f"{code}: {detail}" if detail else code, file=file, vi=vi)
        self.code = code
        self.detail = detail

    def of(self, file: str | Path) -> BadDocument:
        """The same of a file that is named: whoever looked at the bytes alone did not know it."""
        return self if self.file is not None else BadDocument(self.code, self.for_user, detail=self.detail, file=file)


def bad(code: str, detail: str = "") -> BadDocument:
    """Make the error for a code of REASONS; ``detail`` is what was found, worded for users (at most 300 characters)."""
    shown = detail if len(detail) <= 300 else detail[:299] + "…"
    return BadDocument(code, REASONS[code].replace("{detail}", shown), detail=shown)
