"""Indicators are offered for a target by the words that they share."""

from __future__ import annotations

import pytest
from tests.factories import ROOT

from plan_lifecycle.config.profiles import read_profiles
from plan_lifecycle.domain.indicator import IndicatorType, RollUp
from plan_lifecycle.domain.plan_target import PlanTarget
from plan_lifecycle.domain.target import find_targets
from plan_lifecycle.domain.target_suggestion import MOST, Suggestions

REFORM = next(profile for profile in read_profiles(ROOT / "config/profiles") if profile.code == "cchc")
OFFERS = Suggestions((one, one.type is IndicatorType.RATIO or one.roll_up is RollUp.SHARE) for one in REFORM.indicators)


def offered(sentence: str) -> tuple[str, ...]:
    return OFFERS.of(PlanTarget("1", sentence, find_targets(sentence)[0], ("Mục I",)))


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("100% văn bản có nội dung trái pháp luật được xử lý sau kiểm tra.", "checked_share_settled"),
        ("100% văn bản QPPL được kiểm tra theo quy định.", "checked_share_settled"),
        ("100% thủ tục hành chính có yêu cầu nghĩa vụ tài chính được thanh toán trực tuyến.", "online_payment_share"),
        ("Đạt ít nhất 85% TTHC tích hợp, thanh toán trực tuyến trên Cổng", "online_payment_share"),
        ("Giải ngân trên 90% kế hoạch vốn đầu tư công.", "investment_share_disbursed"),
        ("100% dịch vụ công đủ điều kiện được cung cấp trực tuyến toàn trình.", "full_services_share"),
    ],
)
def test_the_indicator_that_shares_most_with_a_target_is_offered_first(sentence: str, first: str) -> None:
    found = offered(sentence)
    assert found[0] == first
    assert len(found) <= MOST


@pytest.mark.parametrize(
    "sentence",
    [
        "100% công chức được bố trí theo vị trí việc làm đã phê duyệt.",
        "100% lãnh đạo, quản lý các cấp được bổ nhiệm đúng quy định.",
        "Tỷ lệ số hóa đạt từ 80% trở lên",
    ],
)
def test_where_hardly_a_word_is_shared_nothing_is_offered(sentence: str) -> None:
    assert offered(sentence) == ()


def test_a_share_is_offered_for_a_per_cent_and_a_number_for_a_number() -> None:
    ratios = {one.code for one in REFORM.indicators if one.type is IndicatorType.RATIO}
    assert {*offered("Tối thiểu 98% hồ sơ TTHC các sở, ngành tiếp nhận được giải quyết đúng hạn")} <= ratios
    number = offered("Kiểm tra ít nhất 12 UBND cấp xã; số UBND cấp xã đã kiểm tra không dưới 12 đơn vị")
    assert number[0] == "communes_inspected"
    assert not {*number} & ratios
