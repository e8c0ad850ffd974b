"""What pages say."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "page_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_page_text_page_id"),
        sa.PrimaryKeyConstraint("id", name="pk_page_text"),
        sa.UniqueConstraint("page_id", "digest", name="uq_page_text_page_id_digest"),
    )

    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passage"),
        sa.UniqueConstraint("digest", name="uq_passage_digest"),
    )

    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_text_id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("lead_in", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("boilerplate", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('title', 'meta_description', 'meta_keywords', 'open_graph', 'json_ld', 'heading', "
            "'paragraph', 'list_item', 'table_cell', 'button', 'link', 'quote', 'caption', 'alt_text', "
            "'aria_label', 'form_text', 'noscript', 'pdf_line')",
            name=op.f("ck_placement_kind"),
        ),
        sa.ForeignKeyConstraint(["page_text_id"], ["page_text.id"], name="fk_placement_page_text_id"),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name="fk_placement_passage_id"),
        sa.PrimaryKeyConstraint("id", name="pk_placement"),
        sa.UniqueConstraint("page_text_id", "sequence", name="uq_placement_page_text_id_sequence"),
    )
    op.create_index("ix_placement_passage_id", "placement", ["passage_id"])

    op.create_table(
        "checked_capture",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("capture_id", sa.Integer(), nullable=False),
        sa.Column("page_text_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name="fk_checked_capture_capture_id"),
        sa.ForeignKeyConstraint(["page_text_id"], ["page_text.id"], name="fk_checked_capture_page_text_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_checked_capture_run_id"),
        sa.PrimaryKeyConstraint("run_id", "capture_id", name="pk_checked_capture"),
    )
    op.create_index("ix_checked_capture_capture_id", "checked_capture", ["capture_id"])
    op.create_index("ix_checked_capture_page_text_id", "checked_capture", ["page_text_id"])


def downgrade() -> None:
    """Remove the tables and all that they hold."""
    op.drop_table("checked_capture")
    op.drop_table("placement")
    op.drop_table("passage")
    op.drop_table("page_text")
