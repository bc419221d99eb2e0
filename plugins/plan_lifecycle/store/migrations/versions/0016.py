"""Find by content, and by number and date, what other units have sent."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_index("ix_submission_file_blob", "submission_file", ["blob"])
    op.create_index("ix_submission_reference_issued_on", "submission", ["reference", "issued_on"])
