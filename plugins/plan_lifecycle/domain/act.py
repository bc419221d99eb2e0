"""What people and rules do, as the sealed trail names it: the kind of an act, and on what.

The coordinator accepts xã Bình An's plan: ``accept`` on a ``submission``. The trail and the answers hold the values;
people read the words.
"""

from __future__ import annotations

from enum import StrEnum


class ActKind(StrEnum):
    """What was done."""

    ACCEPT = "accept"
    RETURN = "return"
    ASSIGN = "assign"
    EXTEND = "extend"
    WAIVE = "waive"
    REOPEN = "reopen"
    RECORD = "record"
    COUNT = "count"
    CLOSE = "close"
    HAND_OVER = "hand_over"
    DECIDE = "decide"
    REVOKE_LINK = "revoke_link"
    CONFIRM_CONTACT = "confirm_contact"
    DECLINE_CONTACT = "decline_contact"
    TYPE_DAY = "type_day"
    SKIP_LINES = "skip_lines"
    MARK_TASK = "mark_task"
    SETTLE_TARGET = "settle_target"
    ENTER_INDEX = "enter_index"
    TAKE_SCORES = "take_scores"
    SEND_SCORE_FORMS = "send_score_forms"
    APPRAISE = "appraise"
    ASK_SCORE = "ask_score"
    PUBLISH_SCORES = "publish_scores"
    PROPOSE_AWARD = "propose_award"
    COMPILE_REPORT = "compile_report"
    HOLD_REPORT = "hold_report"
    RELEASE_REPORT = "release_report"
    ISSUE_REPORT = "issue_report"
    UNDO_ISSUE = "undo_issue"
    CORRECT_REPORT = "correct_report"
    UNDO_CORRECTION = "undo_correction"
    ADD_PAPER = "add_paper"
    MOVE_PARAGRAPH = "move_paragraph"
    LEAVE_OUT_PARAGRAPH = "leave_out_paragraph"
    PUT_BACK_PARAGRAPH = "put_back_paragraph"
    REGISTER = "register"
    CASCADE = "cascade"
    IMPORT_LIST = "import_list"
    CHANGE_CONTACT = "change_contact"
    UNDO_CONTACT = "undo_contact"
    NOTE_ABSENCE = "note_absence"
    END_ABSENCE = "end_absence"
    DECLINE_STATEMENT = "decline_statement"
    PAUSE_LETTERS = "pause_letters"
    RESUME_LETTERS = "resume_letters"
    RESEND = "resend"
    SAMPLE_LETTER = "sample_letter"
    CHANGE_SETTING = "change_setting"
    LET_GO = "let_go"
    ANONYMISE = "anonymise"


TAKEN_BACK = frozenset({ActKind.ACCEPT, ActKind.RETURN, ActKind.WAIVE, ActKind.CLOSE})
"""What can be decided once more, as long as nothing was decided about the same thing since."""


class ActSubject(StrEnum):
    """What it was done to."""

    SUBMISSION = "submission"
    OBLIGATION = "obligation"
    ARRIVAL = "arrival"
    PLAN = "plan"
    CONTACT = "contact"
    DAY = "day"
    LIST = "list"
    INDEX = "index"
    SCORES = "scores"
    REPORT = "report"
    PAUSE = "pause"
    SETTING = "setting"
    KEPT = "kept"


ACT_WORDS = {
    ActKind.ACCEPT: "Tiếp nhận",
    ActKind.RETURN: "Đề nghị hoàn thiện",
    ActKind.ASSIGN: "Xếp vào nội dung phải gửi",
    ActKind.EXTEND: "Gia hạn",
    ActKind.WAIVE: "Miễn",
    ActKind.REOPEN: "Xem xét lại",
    ActKind.RECORD: "Ghi nhận thay",
    ActKind.COUNT: "Ghi nhận theo số tin, bài đếm được",
    ActKind.CLOSE: "Kết thúc, không tính cho đơn vị",
    ActKind.HAND_OVER: "Bàn giao",
    ActKind.DECIDE: "Quyết định nội dung chưa rõ của kế hoạch",
    ActKind.REVOKE_LINK: "Thu hồi đường dẫn",
    ActKind.CONFIRM_CONTACT: "Xác nhận người liên hệ",
    ActKind.DECLINE_CONTACT: "Không xác nhận người liên hệ",
    ActKind.TYPE_DAY: "Nhập ngày nghiệp vụ",
    ActKind.SKIP_LINES: "Nhập danh sách, bỏ qua dòng chưa đúng",
    ActKind.MARK_TASK: "Ghi nhận tiến độ nhiệm vụ của kế hoạch",
    ActKind.SETTLE_TARGET: "Xác định cách đánh giá mục tiêu của kế hoạch",
    ActKind.ENTER_INDEX: "Nhập chỉ số đã công bố",
    ActKind.TAKE_SCORES: "Nhận bảng tự chấm điểm",
    ActKind.SEND_SCORE_FORMS: "Gửi biểu tự chấm điểm",
    ActKind.APPRAISE: "Thẩm định điểm",
    ActKind.ASK_SCORE: "Đề nghị giải trình điểm",
    ActKind.PUBLISH_SCORES: "Công bố xếp hạng",
    ActKind.PROPOSE_AWARD: "Xét đề nghị khen thưởng",
    ActKind.COMPILE_REPORT: "Lập báo cáo theo yêu cầu",
    ActKind.HOLD_REPORT: "Giữ lại báo cáo",
    ActKind.RELEASE_REPORT: "Trình lãnh đạo báo cáo",
    ActKind.ISSUE_REPORT: "Ghi nhận ban hành báo cáo",
    ActKind.UNDO_ISSUE: "Rút ghi nhận ban hành báo cáo",
    ActKind.CORRECT_REPORT: "Nộp bản Word đã sửa của báo cáo",
    ActKind.UNDO_CORRECTION: "Bỏ bản Word đã sửa của báo cáo",
    ActKind.ADD_PAPER: "Lưu bản đã ký của báo cáo",
    ActKind.MOVE_PARAGRAPH: "Chuyển đoạn sang đề mục khác của báo cáo",
    ActKind.LEAVE_OUT_PARAGRAPH: "Không đưa đoạn vào báo cáo",
    ActKind.PUT_BACK_PARAGRAPH: "Đưa đoạn về chỗ cũ trong báo cáo",
    ActKind.REGISTER: "Nạp kế hoạch",
    ActKind.CASCADE: "Triển khai kế hoạch",
    ActKind.IMPORT_LIST: "Nhập danh sách",
    ActKind.CHANGE_CONTACT: "Sửa người liên hệ",
    ActKind.UNDO_CONTACT: "Bỏ nội dung đã sửa về người liên hệ",
    ActKind.NOTE_ABSENCE: "Ghi nhận người liên hệ đi vắng",
    ActKind.END_ABSENCE: "Bỏ ghi nhận người liên hệ đi vắng",
    ActKind.DECLINE_STATEMENT: "Không chấp nhận đề nghị, thông tin của đơn vị",
    ActKind.PAUSE_LETTERS: "Tạm dừng gửi thư",
    ActKind.RESUME_LETTERS: "Cho gửi thư trở lại",
    ActKind.RESEND: "Gửi lại thư",
    ActKind.SAMPLE_LETTER: "Gửi thư thử",
    ActKind.CHANGE_SETTING: "Sửa thiết lập",
    ActKind.LET_GO: "Hủy dữ liệu hết thời hạn lưu giữ",
    ActKind.ANONYMISE: "Ẩn danh người đã thôi phụ trách",
}
"""The acts as people read them."""
