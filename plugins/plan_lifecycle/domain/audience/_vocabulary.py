"""The words that name audiences, in normal form with single spaces."""

from __future__ import annotations

import re

from plan_lifecycle.domain.phrase import any_of
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.unit import UnitKind

# Fields of departments and divisions, before and after the mergers of 2025; "+" stands for any of ", và & -", "~" for
# the same without the comma, which would as well part two fields.
_FIELDS = (
    "nội vụ|tài chính|tài chính~kế hoạch|kế hoạch~tài chính|tư pháp|xây dựng|công thương|y tế|ngoại vụ|du lịch|dân tộc|"
    "dân tộc~tôn giáo|tôn giáo|khoa học+công nghệ|khoa học+công nghệ+môi trường|giáo dục~đào tạo|giáo dục|"
    "nông nghiệp~môi trường|nông nghiệp~phát triển nông thôn|nông nghiệp~ptnt|nông nghiệp|tài nguyên+môi trường|"
    "kế hoạch~đầu tư|văn hóa+thể thao+du lịch|văn hóa~thể thao|văn hóa~thông tin|văn hóa~xã hội|"
    "văn hóa+khoa học+thông tin|"
    "thông tin+truyền thông|lao động+thương binh+xã hội|lao động+thương binh+xã hội+dân tộc|giao thông+vận tải|"
    "giao thông vận tải|giao thông công chánh|quy hoạch+kiến trúc|an toàn thực phẩm|kinh tế|kinh tế~hạ tầng|"
    "kinh tế+hạ tầng+đô thị|quản lý đô thị|thanh tra|tư pháp~hộ tịch|xây dựng chính quyền|cải cách hành chính|"
    "tổ chức~cán bộ|thể thao|thương mại|thủy sản"
)
_SHORT_FIELDS = (
    "tt&tt|tttt|kh&đt|khđt|nn&ptnt|nn&mt|nnmt|nnptnt|tn&mt|tnmt|vh,tt&dl|vhtt&dl|vhttdl|vh&tt|vhtt|vh&xh|vhxh|lđtb&xh|"
    "lđ&tb&xh|lđ,tb&xh|lđtbxh|gd&đt|gdđt|gtvt|kh&cn|khcn|tc&kh|tckh|kt&ht|ktht|qlđt|qhkt|dt&tg|nv|tc|tp|ct|xd|yt|ngv"
)
_SPELLING = {"+": "(?:, | và |, và | & | - |-| )", "~": "(?: và | & | - |-| )", "&": " ?(?:&|-| và ) ?", ",": ", ?"}


def _field_patterns() -> list[str]:
    fields = [*_FIELDS.split("|"), *_SHORT_FIELDS.split("|")]
    return [re.sub("[+~&,]", lambda mark: _SPELLING[mark[0]], field) for field in sorted(fields, key=len, reverse=True)]


FIELD = regex(rf"(?:{'|'.join(_field_patterns())})(?!\w)")

_YOUTH = (
    r"(?:đoàn (?:thanh niên|tncs|tn)(?: cộng sản)?(?: (?:hồ chí minh|hcm))?|"
    r"(?:tỉnh|thành|huyện|thị|quận|xã|phường) ?đoàn)"
)
_FRONT = (
    r"(?:(?:ban thường trực )?(?:ủy ban|ub) ?)?(?:mặt trận tổ quốc|mttq|mặt trận tq)(?: ?việt nam|"
    r" ?vn)?(?: các cấp)?|ubmttq(?: ?vn| việt nam)?|"
    r"mặt trận"
)
_COMMITTEES = r"(?:tỉnh|thành|huyện|thị|quận|đảng) ủy"

# Kind, whether the words name one unit, and the words. Of those that match at a place the longest counts.
_KINDS: tuple[tuple[UnitKind, bool, str], ...] = (
    (UnitKind.FATHERLAND_FRONT, False, _FRONT),
    (
        UnitKind.MASS_ORGANISATION,
        False,
        r"(?:các )?tổ chức (?:chính trị ?- ?xã hội|chính trị xã hội|đoàn thể|xã hội(?: - nghề nghiệp)?|hội)|"
        r"(?:tổ chức )?đoàn thể(?: chính trị ?- ?xã hội| chính trị xã hội| nhân dân| quần chúng)?|"
        r"hội, đoàn thể|hội đoàn thể|hội đặc thù|"
        r"hội quần chúng|ban, ngành, hội|hiệp hội|hội",
    ),
    (
        UnitKind.MASS_ORGANISATION,
        True,
        rf"hội nông dân|hnd|(?:hội )?(?:liên hiệp phụ nữ|lhpn|phụ nữ)(?: việt nam| vn)?|{_YOUTH}|"
        rf"(?:hội )?cựu chiến binh|hội ccb|ccb|"
        r"liên đoàn lao động|lđlđ|công đoàn(?: viên chức)?|hội (?:chữ thập đỏ|người cao tuổi|luật gia|nhà báo|"
        r"khuyến học|doanh nhân trẻ|"
        r"sinh viên|liên hiệp thanh niên|lhtn|văn học nghệ thuật|cựu thanh niên xung phong|cựu giáo chức|"
        r"đông y|người mù|làm vườn)|"
        r"liên hiệp (?:các )?hội(?: khoa học và kỹ thuật| văn học nghệ thuật)?|liên hiệp các tổ chức hữu nghị|"
        r"đoàn luật sư|"
        r"hiệp hội doanh nghiệp|hiệp hội du lịch|liên minh hợp tác xã|liên minh htx",
    ),
    (
        UnitKind.PARTY,
        False,
        r"(?:các )?(?:cấp ủy(?: đảng| cơ sở)?|đảng bộ|chi bộ|cơ quan đảng|ban đảng|ban xây dựng đảng|"
        r"tổ chức đảng|tổ chức cơ sở đảng)|"
        rf"(?:các )?(?:ban|cơ quan) (?:của )?{_COMMITTEES}",
    ),
    (
        UnitKind.PARTY,
        True,
        rf"(?:(?:ban thường vụ|btv|thường trực|văn phòng|vp|bch|ban chấp hành) )?(?:đảng bộ |"
        rf"{_COMMITTEES})(?: (?:ubnd|ủy ban nhân dân))?|"
        rf"(?:ban (?:tuyên giáo và dân vận|tuyên giáo|dân vận|tổ chức|nội chính)|ủy ban kiểm tra|"
        rf"ubkt)(?: {_COMMITTEES})?|trung tâm chính trị",
    ),
    (
        UnitKind.VERTICAL_AGENCY,
        False,
        r"(?:các )?(?:cơ quan|đơn vị)(?:, đơn vị)? (?:trung ương|tw|ngành dọc)(?: (?:đóng |"
        r"đứng chân )?(?:trên|tại) địa bàn)?|"
        r"(?:các )?cơ quan, đơn vị (?:đóng|đứng chân) trên địa bàn|ngành dọc|lực lượng vũ trang",
    ),
    (
        UnitKind.VERTICAL_AGENCY,
        True,
        r"công an|(?:bộ|ban) (?:chỉ huy|ch) quân sự|bch ?(?:qs|quân sự)|"
        r"quân sự|bộ chqs|ban chqs|(?:bộ đội|bộ chỉ huy bộ đội|"
        r"bch bộ đội|bộ chỉ huy|bch) biên phòng|"
        r"(?:cục|chi cục) (?:thuế|hải quan|thống kê|thi hành án dân sự|thi hành án|quản lý thị trường|"
        r"dự trữ nhà nước)|thuế|hải quan|"
        r"thống kê|thi hành án dân sự|kho bạc(?: nhà nước)?|kbnn|bảo hiểm xã hội|bhxh|"
        r"ngân hàng nhà nước(?: việt nam)?|nhnn|"
        r"ngân hàng chính sách xã hội|nhcsxh|(?:tòa án|viện kiểm sát) nhân dân|tand|vksnd|tòa án|"
        r"viện kiểm sát|đài khí tượng thủy văn",
    ),
    (
        UnitKind.DEPARTMENT,
        False,
        r"sở,? ban,? ngành|sở|ban|ngành|cơ quan chuyên môn|cơ quan thuộc (?:ubnd|ủy ban nhân dân) (?:tỉnh|"
        r"thành phố)|cơ quan hành chính|"
        r"cơ quan ngang sở|cơ quan tham mưu",
    ),
    (
        UnitKind.DEPARTMENT,
        True,
        r"(?:văn phòng|vp)\.? ?(?:đoàn đại biểu quốc hội(?: và|,)? )?(?:(?:hđnd|hội đồng nhân dân)(?: và |, ?|"
        r" ?& ?| ?- ?| ?/ ?| ))?(?:ubnd|ủy ban nhân dân)|"
        r"vpub|vp ubnd|văn phòng (?:đoàn )?(?:đbqh|đoàn đại biểu quốc hội)(?:,? và|,)? (?:hđnd|"
        r"hội đồng nhân dân)|thanh tra|"
        r"ban dân tộc(?: và tôn giáo)?|ban (?:quản lý|ql)(?: các)? (?:khu công nghiệp|kcn|khu kinh tế|"
        r"khu công nghệ cao)"
        r"(?:(?:,| và|, và)? (?:các )?(?:khu công nghiệp|khu kinh tế|khu chế xuất))*",
    ),
    (
        UnitKind.DIVISION,
        False,
        r"phòng,? ban(?:,? ngành)?(?: chuyên môn)?|"
        r"phòng (?:chuyên môn(?:(?:,| và) nghiệp vụ)?|nghiệp vụ)|ban chuyên môn|phòng",
    ),
    (
        UnitKind.DIVISION,
        False,
        r"bộ phận(?: chuyên môn| nghiệp vụ)?|công chức (?:chuyên môn|phụ trách)",
    ),
    (UnitKind.DIVISION, True, r"văn phòng"),
    (
        UnitKind.RESIDENTIAL_GROUP,
        False,
        r"tổ (?:dân phố|dân cư|nhân dân)|tdp|khu (?:phố|dân cư)|thôn|(?<!văn )bản|xóm|ấp|khóm|buôn|bon|plei|làng|sóc",
    ),
    (
        UnitKind.PUBLIC_UNIT,
        False,
        r"đơn vị sự nghiệp(?: công lập| công)?|đơn vị trực thuộc|trường học|cơ sở (?:giáo dục|y tế|đào tạo|"
        r"giáo dục nghề nghiệp|khám bệnh, chữa bệnh)|"
        r"trường|trung tâm|bệnh viện|trạm y tế|viện|ban quản lý(?: dự án)?",
    ),
    (
        UnitKind.PUBLIC_UNIT,
        True,
        r"(?:trường )?(?:đại học|cao đẳng|trung cấp|thpt|thcs|tiểu học|mầm non)|trường (?:chính trị|đại học|"
        r"cao đẳng|trung cấp|thpt|trung học phổ thông|thcs|trung học cơ sở|tiểu học|mầm non|mẫu giáo)|"
        r"trung tâm (?:phục vụ hành chính công|pvhcc|hành chính công|y tế|văn hóa|giáo dục|dịch vụ|thông tin|"
        r"chuyển đổi số|truyền thông|"
        r"cung ứng dịch vụ|xúc tiến|phát triển|kiểm soát|khuyến)|ttpvhcc|trung tâm pvhcc|bệnh viện đa khoa|"
        r"thư viện|bảo tàng|"
        r"ban quản lý dự án đầu tư xây dựng",
    ),
    (
        UnitKind.ENTERPRISE,
        False,
        r"doanh nghiệp|công ty|tổng công ty|tập đoàn|hợp tác xã|htx|hộ kinh doanh|ngân hàng thương mại|"
        r"tổ chức tín dụng",
    ),
    (UnitKind.ENTERPRISE, True, r"bưu điện|điện lực|công ty điện lực|vnpt|viettel|mobifone|vinaphone"),
    (
        UnitKind.MEDIA,
        False,
        r"cơ quan (?:báo chí|truyền thông|thông tấn)(?:,? (?:báo chí|truyền thông))?|báo chí|"
        r"(?:các )?báo, đài|báo đài|đài|báo|"
        r"phương tiện thông tin đại chúng|cổng thông tin|trang thông tin|hệ thống truyền thanh|"
        r"đài truyền thanh cơ sở",
    ),
    (
        UnitKind.MEDIA,
        True,
        r"báo và (?:(?:phát thanh|đài phát thanh)(?:,| -| và|, và)? truyền hình|(?:đài )?pt ?[&-]? ?th)|"
        r"đài (?:phát thanh|pt)(?:,| -| và| ?&|-)? ?(?:truyền hình|truyền thanh|th)|đài (?:truyền thanh|"
        r"phát thanh|truyền hình)(?: ?- ?truyền hình)?|"
        r"đài tt ?- ?th|(?:cổng|trang) (?:thông tin điện tử|ttđt)|cổng thông tin điện tử",
    ),
)
KINDS = tuple((kind, single, regex(rf"(?:{words})(?!\w)")) for kind, single, words in _KINDS)

LEVELS = (
    (
        UnitKind.COMMUNE,
        regex(
            r"(?:(?:cấp )?(?:xã|phường|thị trấn|đặc khu)|cấp cơ sở|cơ sở)(?!\w)|(?:p|x|tt)\.(?= ?\w)|đk\.(?= ?\w)|"
            r"(?:(?<=ubnd )|(?<=xã, )|(?<=phường, )|(?<=xã và )|(?<=phường và ))tt(?!\w)"
        ),
    ),
    (
        UnitKind.DISTRICT,
        regex(
            r"(?:(?:cấp )?(?:huyện|quận|thị xã)|thành phố (?:trực )?thuộc tỉnh|"
            r"tp\.? (?:trực )?thuộc tỉnh)(?!\w)|(?:h|q|tx)\.(?= ?\w)|tx(?!\w)"
        ),
    ),
    (UnitKind.PROVINCE, regex(r"(?:cấp )?tỉnh(?!\w)|thành phố trực thuộc trung ương(?!\w)|t\.(?= ?\w)")),
)
CITY = regex(r"(?:thành phố(?!\w)|tp\.|tp(?!\w))")
CENTRAL_CITIES = frozenset({"hà nội", "hồ chí minh", "hcm", "hải phòng", "đà nẵng", "cần thơ"})

WORDS = {
    "committee": r"(?:(?:thường trực )?(?:hđnd|hội đồng nhân dân)(?:,| và| ?&| ?-)? ?)?"
    r"(?:ubnd|ub nhân dân|ủy ban nhân dân|ủy ban)(?!\w)|(?:thường trực )?(?:hđnd|hội đồng nhân dân)(?!\w)|"
    r"chính quyền(?!\w)|(?:đơn vị hành chính|đvhc)(?= (?:cấp )?(?:tỉnh|huyện|quận|xã|phường|thị trấn|đặc khu|cơ sở)\b)",
    "requested": r"(?:(?:trân trọng|kính) )?đề nghị(?!\w)|(?:kính )?mời(?!\w)",
    "ordered": any_of("yêu cầu, giao, chỉ đạo, phân công"),
    "via": r"(?:thông )?qua(?!\w)",
    "head": any_of(
        "thủ trưởng, người đứng đầu, giám đốc, tổng giám đốc, chủ tịch, lãnh đạo, chánh, "
        "hiệu trưởng, bí thư, cục trưởng, chi cục trưởng, trưởng ban, tổ trưởng, trưởng, trưởng các, "
        "tổng biên tập"
    ),
    "except": any_of("trừ, ngoại trừ, không bao gồm, không kể"),
    "unclear": any_of(
        "liên quan, có liên quan, được giao, được phân công, khác, nếu có, một số, theo quy định, "
        "theo chức năng, theo phân công, theo nhiệm vụ, phù hợp, cần thiết, đủ điều kiện, trọng điểm, "
        "có thẩm quyền, đại diện, hữu quan"
    ),
    "each": any_of("các, những, mỗi, từng, tất cả, toàn thể, toàn bộ, tất cả các, toàn thể các, hệ thống"),
    "area": r"(?:(?:đóng |hoạt động )?(?:trên|tại) (?:toàn )?địa bàn(?: toàn)?|trong toàn|trong phạm vi|trong|toàn|"
    r"trực thuộc|thuộc|của|ở|tại)(?!\w)",
    "and": r"(?:cùng với|cùng|và|hoặc|với|&)(?!\w)",
    "idle": any_of(
        "gồm, bao gồm, là, để, chủ trì, phối hợp, phối hợp với, cơ quan chủ trì, cơ quan phối hợp, "
        "đơn vị chủ trì, đơn vị phối hợp, thực hiện, triển khai, tổ chức thực hiện, triển khai thực hiện, "
        "đối với, báo cáo, gửi, cung cấp, dịch vụ, nhà nước, chuyên môn, tham mưu, chuyên trách"
    ),
    "broad": any_of("cơ quan, đơn vị, địa phương, tổ chức, cấp"),
    "tiers": any_of("các cấp, các cấp chính quyền"),
}
TAIL = regex(r" (?:khu vực|chi nhánh)(?: khu vực)?(?: [\w-]+)?(?!\w)")
