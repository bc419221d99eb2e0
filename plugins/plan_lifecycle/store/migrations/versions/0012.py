"""Say in the ledger by a code why a reminder was not sent; the words beside it may change."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_WORDS = {
    "no_contact": "đơn vị chưa có địa chỉ thư liên hệ",
    "unit_ended": "đơn vị đã kết thúc hoạt động, chờ cán bộ đầu mối xử lý",
    "skipped": "đã qua nấc nhắc sau",
    "month_over": "đã hết tháng",
    "month_unchecked": "đã hết tháng; chưa kiểm tra được trang của đơn vị, không tính là chưa đạt",
}
"""As they were worded until now."""


def upgrade() -> None:
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("why", sa.String(length=16), nullable=True))
    ledger = sa.table("reminder", sa.column("reason", sa.Text()), sa.column("why", sa.String()))
    for code, words in _WORDS.items():
        op.execute(ledger.update().where(ledger.c.reason == words).values(why=code))
