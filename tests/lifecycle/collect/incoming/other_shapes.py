"""The plan and its questions in other shapes: links, pictures, archives, words alone."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from tests.factories import report_file
from tests.lifecycle.collect.incoming.case import H1, NHAC, YEAR, Case, Outcome
from tests.lifecycle.collect.incoming.messages import inline, jpeg, message, picture, with_file, zipped

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Unit


def asked(name: str, text: str, subject: str = f"Re: {NHAC}") -> Case:
    """A person's words without a file."""
    return Case(
        name, lambda who: message(who, subject, text, reply=True).as_bytes(), Outcome.QUESTION,
        acknowledged=("no_usable_file",),
    )  # fmt: skip


def in_other_shapes() -> Iterator[Case]:
    """Forms, photographs, archives, files of two communes, links, and words without a file."""

    def form(name: str, case: str, *, period: str = "2023-H1", owes: tuple[tuple[Item, str, str], ...] = (H1,)) -> Case:
        return Case(
            case,
            lambda who: with_file(message(who, "Gửi số liệu"), name, report_file(who.unit, period)).as_bytes(),
            Outcome.FILED,
            owes=owes,
            files=((Item.REPORT, period),),
        )

    yield form("so lieu.xlsx", "biểu của ta, ngoài luồng thư")
    yield form("so lieu 6 thang.xlsx", "biểu của ta, hai kỳ còn nợ", owes=(H1, YEAR))
    yield form("Bao cao.xlsx", "biểu của kỳ năm", period="2023", owes=(H1, YEAR))
    yield Case(
        "biểu của một trong hai xã chung hộp thư",
        lambda who: with_file(message(who, "Gửi số liệu"), "so lieu.xlsx", report_file(who.unit)).as_bytes(),
        Outcome.FILED,
        owes=(H1,),
        shared=True,
        files=((Item.REPORT, "2023-H1"),),
    )
    yield Case(
        "biểu lập cho xã khác",
        lambda who: with_file(message(who, "Gửi số liệu"), "so lieu.xlsx", report_file(who.second)).as_bytes(),
        Outcome.WAITS,
        owes=(H1,),
        acknowledged=("file_waits",),
    )
    yield Case(
        "hai tệp của hai xã chung hộp thư",
        lambda who: with_file(
            with_file(message(who, f"Re: {NHAC}", "Gửi.", reply=True), f"KH {_bare(who.unit)}.docx", who.plan()),
            f"KH {_bare(who.second)}.docx",
            who.plan(who.second),
        ).as_bytes(),
        Outcome.PROPOSED,
        shared=True,
        acknowledged=("file_waits",),
        held=True,
    )
    for name, data in (
        ("20230221_090112.jpg", jpeg(1, 1)), ("IMG_0042.jpg", jpeg(3024, 4032)), ("image0.png", picture(1200, 1600)),
        ("KH da ky.png", picture(300, 500)),
    ):  # fmt: skip
        yield Case(
            f"ảnh trong thư {name}",
            lambda who, name=name, data=data: inline(
                message(who, f"Re: {NHAC}", "Em gửi kế hoạch đã ký", reply=True, html="<p>Em gửi</p>"), name, data
            ).as_bytes(),
            Outcome.COPY,
        )
    yield Case(
        "hai tệp không tên xã, mỗi tệp một tiêu ngữ",
        lambda who: with_file(
            with_file(message(who, "Gửi kế hoạch hai xã", "Gửi."), "KH 1.docx", who.plan()),
            "KH 2.docx",
            who.plan(who.second),
        ).as_bytes(),
        Outcome.PROPOSED,
        shared=True,
        acknowledged=("file_waits",),
        held=True,
    )
    yield Case(
        "ảnh trong thư mới, không lời",
        lambda who: inline(message(who, "", "", html="<p></p>"), "IMG_7.jpg", jpeg(9, 8)).as_bytes(),
        Outcome.COPY,
    )
    yield Case(
        "thư mới chỉ có đường dẫn",
        lambda who: message(who, "Tài liệu", "https://1drv.ms/w/s!Abc").as_bytes(),
        Outcome.QUESTION,
        acknowledged=("no_usable_file",),
    )
    yield Case(
        "tệp nén zip",
        lambda who: with_file(message(who, "Gửi kế hoạch"), "KH.zip", zipped("07-KH-UBND.docx", who.plan())).as_bytes(),
        Outcome.COPY,
    )
    yield Case(
        "tệp nén rar",
        lambda who: with_file(
            message(who, "Gửi kế hoạch"), "KH.rar", b"Rar!\x1a\x07\x01\x00" + who.unit.id.encode() * 20
        ).as_bytes(),
        Outcome.COPY,
    )
    yield Case(
        "chỉ có chữ ký thư với biểu trưng",
        lambda who: inline(
            message(who, f"Re: {NHAC}", "Xã đang trình ký.", reply=True, html="<p>Xã đang trình ký.</p>"),
            "image001.png",
            picture(180, 60),
        ).as_bytes(),
        Outcome.QUESTION,
        acknowledged=("no_usable_file",),
    )
    yield asked("đường dẫn thay cho tệp", "Xã gửi kế hoạch: https://drive.google.com/file/d/1AbC/view?usp=sharing")
    yield asked("đã gửi qua trục", "Đơn vị đã gửi Kế hoạch số 45/KH-UBND ngày 20/02/2023 qua trục liên thông.")
    yield asked("xin thêm thời gian", "Xã đề nghị gia hạn gửi kế hoạch đến hết ngày 10/3/2023.")
    yield asked("hỏi mẫu", "Cho xã hỏi kế hoạch năm nay theo mẫu nào?")
    yield asked("trả lời tự động được trích lại", "Xã đã nhận thư.\n\n> Đây là thư trả lời tự động\n")
    yield asked(
        "Đã chấp nhận, có lời", "Xã đề nghị gia hạn gửi kế hoạch đến hết ngày 10/3/2023.", f"Đã chấp nhận: {NHAC}"
    )


def _bare(unit: Unit) -> str:
    """A unit's name as people write it in file names: without its kind and without accents."""
    plain = normalize("NFD", unit.name.removeprefix("xã ").replace("Đ", "D").replace("đ", "d"))
    return "".join(sign for sign in plain if sign.isascii())
