"""Evidence records, claims and verdicts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("citations", JSON, nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_record"),
        sa.UniqueConstraint("slug", "digest", name="uq_record_slug_digest"),
    )

    op.create_table(
        "run_record",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name="fk_run_record_record_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_record_run_id"),
        sa.PrimaryKeyConstraint("run_id", "slug", name="pk_run_record"),
    )
    op.create_index("ix_run_record_record_id", "run_record", ["record_id"])

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("capture_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote_end", sa.Integer(), nullable=False),
        sa.Column("therapy", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("spoke", JSON, nullable=False),
        sa.Column("qualifiers", JSON, nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("band", sa.Text(), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.CheckConstraint("band IN ('conflict', 'review')", name=op.f("ck_claim_band")),
        sa.CheckConstraint(
            "rating IN ('contradicted', 'unsupported', 'overstated', 'supported', 'no_record')",
            name=op.f("ck_claim_rating"),
        ),
        sa.CheckConstraint(
            "type IN ('cure', 'efficacy', 'approval', 'safety', 'guarantee', 'superiority', 'regeneration', "
            "'proof', 'testimonial')",
            name=op.f("ck_claim_type"),
        ),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name="fk_claim_placement_id"),
        sa.ForeignKeyConstraint(
            ["run_id", "capture_id"],
            ["checked_capture.run_id", "checked_capture.capture_id"],
            name="fk_claim_run_id_capture_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_claim"),
        sa.UniqueConstraint("run_id", "capture_id", "sequence", name="uq_claim_run_id_capture_id_sequence"),
    )
    op.create_index("ix_claim_capture_id", "claim", ["capture_id"])
    op.create_index("ix_claim_condition", "claim", ["condition"])
    op.create_index("ix_claim_placement_id", "claim", ["placement_id"])
    op.create_index("ix_claim_run_id_band_type", "claim", ["run_id", "band", "type"])
    op.create_index("ix_claim_statement", "claim", ["statement"])
    op.create_index("ix_claim_therapy", "claim", ["therapy"])

    op.create_table(
        "claim_record",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_claim_record_claim_id"),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name="fk_claim_record_record_id"),
        sa.PrimaryKeyConstraint("claim_id", "position", name="pk_claim_record"),
    )
    op.create_index("ix_claim_record_record_id", "claim_record", ["record_id"])


def downgrade() -> None:
    """Remove the tables and all that they hold."""
    op.drop_table("claim_record")
    op.drop_table("claim")
    op.drop_table("run_record")
    op.drop_table("record")
