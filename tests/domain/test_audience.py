"""Whom phrases of real plans address, in what role, and what is left to a person."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.domain.audience import Role, read_audience


@pytest.mark.parametrize(
    ("phrase", "audiences"),
    [
        ("UBND các xã, phường", "commune"),
        ("Ủy ban nhân dân cấp xã", "commune"),
        ("UBND các phường xã", "commune"),
        ("UBND CÁC XÃ, PHƯỜNG, ĐẶC KHU", "commune"),
        ("ubnd các xã, thị trấn", "commune"),
        ("Uỷ ban nhân dân các huyện, thành phố", "district"),
        ("UBND các huyện, thị xã, thành phố Huế", "district"),
        ("UBND cấp huyện, cấp xã", "district commune"),
        ("UBND các huyện, thành phố và UBND các xã, phường, thị trấn", "district commune"),
        ("UBND tỉnh", "province"),
        ("UBND các tỉnh, thành phố trực thuộc Trung ương", "province"),
        ("UBND các cấp", "province district commune"),
        ("Các sở, ban, ngành tỉnh", "department"),
        ("Các Sở ban ngành", "department"),
        ("Thủ trưởng các cơ quan chuyên môn thuộc UBND tỉnh", "department"),
        ("Văn phòng UBND tỉnh", "department"),
        ("Ban Quản lý các Khu công nghiệp, khu kinh tế", "department"),
        ("Các Sở, ngành, đơn vị, UBND cấp xã", "department commune"),
        (
            "các Sở, ban, ngành Thành phố, UBND phường, xã và các doanh nghiệp viễn thông",
            "department commune enterprise",
        ),
        ("Các phòng, ban chuyên môn thuộc huyện và UBND các xã, thị trấn", "division commune"),
        ("các cơ quan chuyên môn thuộc UBND huyện", "division"),
        ("Các ban, ngành, đoàn thể huyện", "division mass_organisation"),
        ("Văn phòng HĐND và UBND huyện", "division"),
        ("Các sở, ban, ngành, đoàn thể", "department mass_organisation"),
        ("Hội Nông dân, Hội LHPN, Đoàn TNCS Hồ Chí Minh, LĐLĐ, Hội CCB", "mass_organisation"),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "fatherland_front"),
        ("UBMTTQ Việt Nam tỉnh và các đoàn thể", "fatherland_front mass_organisation"),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy; Huyện ủy, Đảng ủy", "party"),
        ("Công an tỉnh, Bộ CHQS tỉnh, Cục Thuế, Kho bạc Nhà nước, BHXH tỉnh", "vertical_agency"),
        ("Đề nghị Chi cục Hải quan khu vực XIX", "vertical_agency"),
        ("Phòng chuyên môn, đơn vị trực thuộc Sở", "division public_unit"),
        ("các đơn vị sự nghiệp, trường học, Trung tâm Y tế", "public_unit"),
        ("Các Trường Đại học, Cao đẳng trên địa bàn tỉnh", "public_unit"),
        ("Đài phát thanh các xã, thị trấn", "media"),
        ("Báo và Phát thanh, Truyền hình tỉnh; Cổng thông tin điện tử", "media"),
        ("Các cơ quan, đơn vị, địa phương", "all"),
    ],
)
def test_it_reads_the_audiences(phrase: str, audiences: str) -> None:
    audience = read_audience(phrase)
    assert audience.audiences == tuple(audiences.split())
    assert not audience.needs_decision


@pytest.mark.parametrize(
    ("phrase", "roles"),
    [
        ("Các sở, ban, ngành", {"department": "ordered"}),
        ("Thủ trưởng các sở, ban, ngành và Ủy ban nhân dân phường, xã", {"department": "head", "commune": "ordered"}),
        ("Giám đốc Sở Nội vụ; Chủ tịch UBND các xã", {"department": "head", "commune": "head"}),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", {"fatherland_front": "requested"}),
        (
            "Công an tỉnh, Tỉnh ủy, Hội Nông dân",
            dict.fromkeys(["vertical_agency", "party", "mass_organisation"], "requested"),
        ),
        ("Đề nghị các doanh nghiệp; các sở, ngành", {"enterprise": "requested", "department": "ordered"}),
        ("qua Công an thành phố", {"vertical_agency": "via"}),
        ("qua Phòng Xây dựng chính quyền", {"division": "via"}),
        ("UBND tỉnh (qua Sở Nội vụ)", {"province": "ordered", "department": "via"}),
        ("các sở, ngành (qua Sở Nội vụ)", {"department": "ordered"}),
    ],
)
def test_it_reads_the_roles(phrase: str, roles: dict[str, str]) -> None:
    assert read_audience(phrase).roles == roles


@pytest.mark.parametrize(
    ("phrase", "named"),
    [
        ("Sở Nội vụ", ["Sở Nội vụ"]),
        ("Sở KH&ĐT; Sở TT&TT", ["Sở KH&ĐT", "Sở TT&TT"]),
        (
            "các Sở: Nội vụ, Văn hóa, Thể thao và Du lịch, Tư pháp",
            ["Sở Nội vụ", "Sở Văn hóa, Thể thao và Du lịch", "Sở Tư pháp"],
        ),
        ("Sở Tài Chính; Sở Sở Công thương", ["Sở Tài Chính", "Sở Công thương"]),
        ("UBND các xã: Bình An, Phan Hòa và thị trấn Chợ Lầu", ["xã Bình An", "xã Phan Hòa", "thị trấn Chợ Lầu"]),
        ("UBND huyện Bắc Bình", ["huyện Bắc Bình"]),
        ("H. Bắc Bình, TP. Phan Thiết, TX La Gi", ["H. Bắc Bình", "TP. Phan Thiết", "TX La Gi"]),
        ("UBND xã Hội An", ["xã Hội An"]),
        ("Trung tâm Văn hóa - Thông tin và Thể thao", ["Trung tâm Văn hóa - Thông tin và Thể thao"]),
        ("UBND phường 5", ["phường 5"]),
        ("ubnd xã bình an", ["xã bình an"]),
        ("Công an tỉnh", ["Công an tỉnh"]),
        ("UBND các xã, phường", []),
        ("các phòng, ban chuyên môn thuộc huyện", []),
        ("phòng chuyên môn", []),
        ("các sở, ban, ngành", []),
        ("các đơn vị sự nghiệp, trường học", []),
        ("các ban của Tỉnh ủy", []),
    ],
)
def test_it_finds_the_proper_names(phrase: str, named: list[str]) -> None:
    assert list(read_audience(phrase).named) == named


def test_a_list_may_name_some_and_mean_all_of_others() -> None:
    mentions = read_audience("Sở Nội vụ, UBND các xã, phường").mentions
    assert [(each.audience, each.name) for each in mentions] == [("department", "Sở Nội vụ"), ("commune", None)]


def test_a_district_behind_a_commune_tells_which_commune() -> None:
    (mention,) = read_audience("UBND xã Bình An, huyện Bắc Bình").mentions
    assert (mention.name, mention.within) == ("xã Bình An", "huyện Bắc Bình")


def test_a_district_with_its_own_committee_is_addressed_too() -> None:
    assert read_audience("UBND xã Bình An, UBND huyện Bắc Bình").audiences == ("commune", "district")


@pytest.mark.parametrize(
    ("phrase", "audiences"),
    [
        ("các sở, ngành liên quan", "department"),
        ("Sở, ban, ngành có liên quan", "department"),
        ("Sở Tư pháp; các cơ quan, đơn vị, địa phương liên quan.", "department all"),
        ("UBND các xã, phường được giao", "commune"),
        ("một số sở, ngành", "department"),
        ("UBND các xã miền núi", "commune"),
        ("Các sở, ban, ngành trừ Sở Nội vụ", "department"),
        ("các địa phương", "district commune"),
        ("UBND thành phố", "province district"),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam thành phố và các", "fatherland_front"),
        ("Các bộ, ngành", "department"),
        ("Thường xuyên", ""),
        ("", ""),
    ],
)
def test_what_is_partly_clear_keeps_its_audience_and_goes_to_a_person(phrase: str, audiences: str) -> None:
    audience = read_audience(phrase)
    assert audience.audiences == tuple(audiences.split())
    assert audience.needs_decision


def test_what_goes_to_a_person_is_said_in_vietnamese() -> None:
    assert read_audience("các sở, ngành liên quan").reasons == ("Cụm từ “liên quan” chưa xác định cụ thể đơn vị.",)


def test_spelling_and_decomposed_accents_change_nothing() -> None:
    phrase = "Uỷ ban nhân dân các xã, thị trấn"
    assert read_audience(unicodedata.normalize("NFD", phrase)).roles == {"commune": Role.ORDERED}


@given(
    st.text(alphabet=st.sampled_from("UBND các xã, phường;() Sở Nội vụ huyện Bắc qua Đề nghị và:./&-\n"), max_size=60)
)
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert read_audience(text).phrase == text


def test_every_sample_is_read(samples: Path) -> None:
    lines = (samples / "assignees.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert all(read_audience(line.split("\t")[0]).audiences for line in lines)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        (
            "Trung tâm Xúc tiến đầu tư, thương mại và du lịch tỉnh",
            "Trung tâm Xúc tiến đầu tư, thương mại và du lịch tỉnh",
        ),
        ("Sở Nội vụ; Trung tâm Văn hóa, nghệ thuật và thể thao", "Trung tâm Văn hóa, nghệ thuật và thể thao"),
    ],
)
def test_an_agency_whose_name_lists_its_fields_is_one(phrase: str, name: str) -> None:
    read = read_audience(phrase)
    assert (read.mentions[-1].name, read.reasons) == (name, ())


def test_a_list_that_is_no_name_is_still_asked_about() -> None:
    assert read_audience("Trung tâm Y tế, các phòng và nhân dân").reasons


@pytest.mark.parametrize(
    ("phrase", "audiences", "named"),
    [
        ("Phòng Nội vụ/UBND các xã", "division commune", ["Phòng Nội vụ"]),
        ("Phòng Nội vụ-UBND các xã", "division commune", ["Phòng Nội vụ"]),
        ("Phòng Nội vụ.UBND các xã", "division commune", ["Phòng Nội vụ"]),
        ("Sở Nội vụ/Sở Tư pháp/UBND cấp xã", "department commune", ["Sở Nội vụ", "Sở Tư pháp"]),
        ("Văn phòng HĐND&UBND huyện", "division", ["Văn phòng HĐND&UBND huyện"]),
        ("Văn phòng HĐND - UBND huyện", "division", ["Văn phòng HĐND - UBND huyện"]),
        ("VP.HĐND&UBND huyện", "division", ["VP.HĐND&UBND huyện"]),
        ("Văn phòng HĐND/UBND tỉnh", "department", ["Văn phòng HĐND/UBND tỉnh"]),
        ("UBND các huyện, TX, TP", "district", []),
        ("UBND các xã, TT", "commune", []),
        ("UBND TT Chợ Lầu, các xã Phan Hòa", "commune", ["TT Chợ Lầu", "xã Phan Hòa"]),
        ("Các trường học trên địa bàn", "public_unit", []),
        ("các đơn vị hành chính cấp xã", "commune", []),
        ("BCH Quân sự huyện", "vertical_agency", ["BCH Quân sự huyện"]),
        ("Báo và PTTH Lâm Đồng", "media", ["Báo và PTTH Lâm Đồng"]),
    ],
)
def test_no_addressee_is_lost_to_the_way_it_is_typed(phrase: str, audiences: str, named: list[str]) -> None:
    reading = read_audience(phrase)
    assert list(dict.fromkeys(mention.audience for mention in reading.mentions)) == audiences.split()
    assert [mention.name for mention in reading.mentions if mention.name] == named
    assert not reading.reasons


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("UBND các xã (theo phụ lục)", ["theo phụ lục"]),
        ("ubnd các xã (danh sách kèm theo)", ["danh sách kèm theo"]),
        ("các xã, phường còn lại", ["còn lại"]),
        ("UBND các xã (trừ các xã Phan Lâm, Phan Sơn)", ["xã Phan Lâm", "Phan Sơn"]),
        ("UBND các xã (trừ xã Phan Lâm; xã Phan Sơn)", ["xã Phan Lâm", "xã Phan Sơn"]),
    ],
)
def test_who_is_left_out_or_listed_elsewhere_is_asked_and_never_taken_for_a_name(phrase: str, words: list[str]) -> None:
    reading = read_audience(phrase)
    assert [mention.name for mention in reading.mentions] == [None]
    assert [word in reason for word, reason in zip(words, reading.reasons, strict=True)] == [True] * len(words)
