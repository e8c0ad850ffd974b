"""The view that journalists start from: one row a finding, nothing to join."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the view `findings`."""
    op.execute(
        """
        CREATE VIEW findings AS
        SELECT claim.id AS claim_id,
               claim.run_id AS run_id,
               site.id AS site_id,
               site.name AS site_name,
               site.country AS country,
               site.state AS state,
               page.address AS page_address,
               page_text.title AS page_title,
               capture.fetched_at AS fetched_at,
               placement.kind AS kind,
               placement.heading AS heading,
               passage.text AS passage,
               claim.quote AS quote,
               claim.type AS type,
               claim.therapy AS therapy,
               claim.condition AS condition,
               claim.place AS place,
               claim.rating AS rating,
               claim.band AS band,
               claim.score AS score,
               claim.because AS because,
               claim.found_by AS found_by,
               claim.statement AS statement,
               capture.body_digest AS body_digest,
               capture.archive_file AS archive_file,
               capture.archive_offset AS archive_offset,
               capture.record_id AS record_id
          FROM claim
          JOIN placement ON placement.id = claim.placement_id
          JOIN passage ON passage.id = placement.passage_id
          JOIN page_text ON page_text.id = placement.page_text_id
          JOIN capture ON capture.id = claim.capture_id
          JOIN page ON page.id = capture.page_id
          JOIN site ON site.id = page.site_id
         WHERE claim.band IS NOT NULL
        """
    )


def downgrade() -> None:
    """Remove the view; no data is lost."""
    op.execute("DROP VIEW findings")
