"""Sites, runs, pages and captures."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
UTC_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "site",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why_listed", sa.Text(), nullable=False),
        sa.Column("also", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
    )

    op.create_table(
        "run",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("crawl_id", sa.Text(), nullable=True),
        sa.Column("started_at", UTC_TIME, nullable=False),
        sa.Column("finished_at", UTC_TIME, nullable=True),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.Column("versions", JSON, nullable=False),
        sa.Column("settings", JSON, nullable=False),
        sa.Column("archive_folder", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('crawl', 'check')", name=op.f("ck_run_kind")),
        sa.ForeignKeyConstraint(["crawl_id"], ["run.id"], name="fk_run_crawl_id"),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_index("ix_run_crawl_id", "run", ["crawl_id"])

    op.create_table(
        "run_site",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("site_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_site_run_id"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_run_site_site_id"),
        sa.PrimaryKeyConstraint("run_id", "site_id", name="pk_run_site"),
    )
    op.create_index("ix_run_site_site_id", "run_site", ["site_id"])

    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_page_site_id"),
        sa.PrimaryKeyConstraint("id", name="pk_page"),
        sa.UniqueConstraint("site_id", "address", name="uq_page_site_id_address"),
    )

    op.create_table(
        "capture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("fetched_at", UTC_TIME, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("charset", sa.Text(), nullable=False),
        sa.Column("body_digest", sa.Text(), nullable=False),
        sa.Column("body_length", sa.Integer(), nullable=False),
        sa.Column("archive_file", sa.Text(), nullable=False),
        sa.Column("archive_offset", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Text(), nullable=False),
        sa.Column("redirected_to", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('read', 'redirected', 'not_modified', 'empty', 'blocked', 'robots_denied', "
            "'over_budget', 'off_site', 'not_found', 'failed', 'unsupported')",
            name=op.f("ck_capture_outcome"),
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_capture_page_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_capture_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_capture"),
        sa.UniqueConstraint("run_id", "page_id", name="uq_capture_run_id_page_id"),
    )
    op.create_index("ix_capture_body_digest", "capture", ["body_digest"])
    op.create_index("ix_capture_page_id", "capture", ["page_id"])
    op.create_index("ix_capture_run_id_outcome", "capture", ["run_id", "outcome"])


def downgrade() -> None:
    """Remove the tables and all that they hold."""
    op.drop_table("capture")
    op.drop_table("page")
    op.drop_table("run_site")
    op.drop_table("run")
    op.drop_table("site")
