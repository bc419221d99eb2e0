"""A form that was refused, filled in as it was sent: nothing that a person typed or ticked is lost.

The coordinator ticks twelve communes, types a reason and forgets the day. The page that answers is drawn as always;
here its form gets her ticks and words back, and the sentence that says what is missing stands beside its field.
Templates know nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

from plan_lifecycle.domain.errors import CombinedInputError, InputError
from plan_lifecycle.web.board._form import Fields

FIELDS = {
    "--reason": "ly_do_rieng",
    "reason": "ly_do_rieng",
    "until": "den_ngay",
    "received": "ngay_den",
    "date": "ngay_van_ban",
    "name": "ho_ten",
    "email": "thu",
    "phone": "dien_thoai",
    "substitute": "nguoi_thay",
    "--number": "so",
    "--date": "ngay",
    "--signer": "nguoi_ky",
    "FILE": "tep",
    "sure": "dung",
    "done_on": "ngay",
    "published": "ngay",
    "paper": "van_ban",
    "indicator": "chi_tieu",
    "result": "ket_qua",
    "value": "ket_qua",
    "year": "nam",
    "publisher": "co_quan",
    "rank": "thu_hang",
    "out_of": "tong_so",
    "last_value": "ket_qua_truoc",
    "last_rank": "thu_hang_truoc",
}
"""The field of a form that a verb means, where its own name for it is another."""
_NEVER_FILLED = frozenset({"hidden", "file", "submit", "button", "reset", "image"})
_SEEN = "da_xem"
"""The hidden field that says what the page showed: not which thing the form is about."""
_TICKS = frozenset({"checkbox", "radio"})
KEPT_APART = "Nội dung đã nhập, chưa được ghi"


def refilled(page: str, act: str, fields: Fields, problem: InputError | None = None) -> str:
    """The page with its form for ``act`` as the ``fields`` were sent, and the problem's sentence beside its field.

    Of several such forms it is the one with the same hidden fields. Where there is none any more, since what it was
    about is gone, the page shows the sentences that were typed.
    """
    root = html.document_fromstring(page)
    form = next((one for one in root.iter("form") if _is_for(one, act, fields)), None)
    if form is None:
        _show_apart(root, fields)
    else:
        _fill(form, fields)
        for around in form.iterancestors("details"):
            around.set("open", "")
        for one in reversed(
            problem.errors if isinstance(problem, CombinedInputError) else [problem] if problem else []
        ):
            _say_beside(form, FIELDS.get(one.field or "", one.field or ""), one.for_user)
    return str(html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>"))


def _is_for(form: HtmlElement, act: str, fields: Fields) -> bool:
    """Whether a form offers the act, and is about the same things."""
    offered = {form.get("action", ""), *(button.get("formaction", "") for button in form.iter("button"))}
    hidden = (field for field in form.iter("input") if field.get("type") == "hidden" and field.get("value"))
    return act in {address.rpartition("/")[2] for address in offered} and all(
        field.get("value") in fields.get(field.get("name", ""), ()) for field in hidden if field.get("name") != _SEEN
    )


def _fill(form: HtmlElement, fields: Fields) -> None:
    left = {name: iter(values) for name, values in fields.items()}
    for field in form.iter("input", "select", "textarea"):
        name, kind = field.get("name", ""), field.get("type", "text") if field.tag == "input" else field.tag
        if kind in _NEVER_FILLED:
            continue
        if kind in _TICKS:
            _set(field, "checked", on=field.get("value", "on") in fields.get(name, ()))
        elif kind == "select":
            for option in field.iter("option"):
                _set(option, "selected", on=option.get("value", option.text_content()) in fields.get(name, ()))
        else:
            _write(field, next(left.get(name, iter(())), ""))


def _set(field: HtmlElement, mark: str, *, on: bool) -> None:
    if on:
        field.set(mark, "")
    else:
        field.attrib.pop(mark, None)


def _write(field: HtmlElement, text: str) -> None:
    if field.tag == "textarea":
        field.text = text
    else:
        field.set("value", text)


def _say_beside(form: HtmlElement, name: str, sentence: str) -> None:
    """Put the sentence above the field, which is where the reader is led."""
    field = next((one for one in form.iter("input", "select", "textarea") if one.get("name") == name), None)
    if field is None or field.get("type") == "hidden":
        return
    said = html.Element("span", {"class": "missing", "id": f"{name}-thieu"})
    said.text = sentence
    field.set("aria-invalid", "true")
    field.set("aria-describedby", said.get("id", ""))
    for other in form.iterfind(".//*[@autofocus]"):
        del other.attrib["autofocus"]
    field.set("autofocus", "")
    field.addprevious(said)
    for around in field.iterancestors("details"):
        around.set("open", "")


def _show_apart(root: HtmlElement, fields: Fields) -> None:
    texts, main = list(_sentences(fields)), root.find(".//main")
    if texts and main is not None:
        part = html.Element("div", {"class": "notice"})
        part.append(_element("h2", KEPT_APART))
        for text in texts:
            part.append(_element("p", text))
        main.insert(1, part)


def _element(tag: str, text: str) -> HtmlElement:
    made = html.Element(tag)
    made.text = text
    return made


def _sentences(fields: Fields) -> Iterator[str]:
    """What was typed and is worth keeping: sentences, and no ids or codes."""
    for values in fields.values():
        yield from (value for value in values if " " in value.strip())
