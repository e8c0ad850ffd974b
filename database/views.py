"""The views that people query, and what each of their columns means."""

from sqlalchemy import column, table

#: The columns of the view `findings` (made by migration 0004), in its order.
FINDINGS_COLUMNS: dict[str, str] = {
    "claim_id": "Number of the claim in this database.",
    "run_id": "The check that made the finding.",
    "site_id": "The site.",
    "site_name": "Name of the clinic; empty when the site list does not say.",
    "country": "ISO 3166 code of the country; may be empty.",
    "state": "Code of the state or province; may be empty.",
    "page_address": "Address (URL) of the page.",
    "page_title": "Title of the page.",
    "fetched_at": "When the page was fetched, UTC.",
    "kind": "Kind of place the words stand in: paragraph, heading, alt_text, ...",
    "heading": "Nearest heading above them; may be empty.",
    "passage": "The sentence or fragment that holds the quote.",
    "quote": "The exact words.",
    "type": "What is claimed: cure, efficacy, approval, safety, guarantee, ...",
    "therapy": "Therapy named (id of the evidence base); may be empty.",
    "condition": "Condition named (id of the evidence base); may be empty.",
    "place": "Jurisdiction the claim speaks of; may be empty.",
    "rating": "How the claim stands beside the evidence: contradicted, unsupported or overstated.",
    "band": "conflict: a careful reader would rarely disagree. review: a person should look.",
    "score": "Probability from 0 to 1 that a careful reader finds this claim here.",
    "because": "The sentence that explains the rating.",
    "found_by": "Rule or model that found it.",
    "statement": "Same wherever the same words are claimed; group by it to count statements.",
    "body_digest": "sha256:<hex> of the stored bytes of the page.",
    "archive_file": "WARC file that holds the page.",
    "archive_offset": "Byte at which the page's record starts in that file.",
    "record_id": "WARC-Record-ID of the stored page.",
}

findings = table("findings", *(column(name) for name in FINDINGS_COLUMNS))
