"""A form that was refused comes back as it was sent, whatever page it stands on."""

from __future__ import annotations

from html import unescape

from plan_lifecycle.domain.errors import CombinedInputError, InputError
from plan_lifecycle.web.board._refilled import KEPT_APART, refilled

PAGE = """<!DOCTYPE html><html lang="vi"><body><main>
<h1>Đơn vị</h1>
<details><summary>Một</summary><form method="post">
<input type="hidden" name="id" value="O1">
<label>Lý do <input name="ly_do_rieng"></label>
<button formaction="mien">Miễn</button></form></details>
<details><summary>Hai</summary><form method="post">
<input type="hidden" name="id" value="O2"><input type="hidden" name="khac" value="">
<input type="checkbox" name="chon" value="a" checked><input type="checkbox" name="chon" value="b">
<label>Ngày <input type="date" name="den_ngay"></label>
<label>Lý do <input name="ly_do_rieng" value="Có sẵn"></label>
<select name="ly_do"><option value="">–</option><option>Thiên tai</option></select>
<textarea name="dong"></textarea><input type="file" name="tep">
<button formaction="gia-han">Gia hạn</button><button formaction="mien">Miễn</button></form></details>
</main></body></html>"""
SENT = {
    "id": ["O2"],
    "chon": ["b"],
    "den_ngay": ["2023-03-20"],
    "ly_do": ["Thiên tai"],
    "dong": ['xã A\t"07"\n</textarea><script>x</script>'],
}


def test_ticks_choices_and_words_come_back_in_the_form_they_were_sent_from() -> None:
    one, two = refilled(PAGE, "mien", SENT).split("<summary>Hai")
    assert ("open" in one.split("<summary>Một")[0], "2023-03-20" in one) == (False, False)
    assert one.endswith(("<details open>", '<details open="">'))
    assert 'value="a">' in two
    assert 'value="b" checked>' in two
    assert "<option selected>Thiên tai</option>" in two
    assert 'name="den_ngay" value="2023-03-20"' in two
    assert 'name="ly_do_rieng" value=""' in two, "what was emptied stays empty"
    assert "<script>" not in two
    assert SENT["dong"][0] in unescape(two)


def test_the_sentence_stands_beside_the_field_that_is_meant() -> None:
    error = InputError("a day", field="until", vi="Đề nghị ghi <ngày> cuối cùng.")
    page = refilled(PAGE, "gia-han", SENT, error)
    said = '<span class="missing" id="den_ngay-thieu">Đề nghị ghi &lt;ngày&gt; cuối cùng.</span>'
    field = 'aria-invalid="true" aria-describedby="den_ngay-thieu" autofocus'
    assert page.index("<label>Ngày") < page.index(said) < page.index(field)
    both = CombinedInputError([error, InputError("a reason", field="--reason", vi="Đề nghị ghi lý do.")])
    page = refilled(PAGE, "gia-han", SENT, both)
    assert [page.count(words) for words in (said, "Đề nghị ghi lý do.", "autofocus")] == [1, 1, 1]
    assert page.index("autofocus") < page.index("ly_do_rieng-thieu"), "the first of them is where the reader is led"
    assert "missing" not in refilled(PAGE, "gia-han", SENT, InputError("x", field="elsewhere"))


def test_what_was_typed_is_shown_where_its_form_is_gone() -> None:
    gone = {"id": ["O9"], "ly_do_rieng": ["Đã gọi <b>điện</b>, hẹn thứ Hai"]}
    page = refilled(PAGE, "mien", gone)
    assert KEPT_APART in page
    assert "Đã gọi &lt;b&gt;điện&lt;/b&gt;, hẹn thứ Hai" in page
    assert KEPT_APART not in refilled(PAGE, "mien", {"id": ["O9"]})
    assert page.startswith("<!DOCTYPE html>")
