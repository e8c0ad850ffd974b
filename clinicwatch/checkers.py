"""One Checker for each language and jurisdiction of a run, built when the first page needs it."""

from collections.abc import Sequence
from datetime import date

from classifier.checker import Checker
from clinicwatch.jurisdiction import jurisdiction_of
from crawler.site import Site
from evidence.evidence_base import EvidenceBase


class Checkers:
    """Gives the checker for a page of a site, by its language and the law of its place."""

    def __init__(self, evidence: EvidenceBase, sites: Sequence[Site], on: date) -> None:
        self._evidence = evidence
        self._on = on
        self._places = {site.id: jurisdiction_of(site, evidence.jurisdictions) for site in sites}
        self._built: dict[tuple[str, str], Checker] = {}

    def of(self, site_id: str, language: str) -> Checker:
        """Return the checker for pages of `site_id` in `language`; raises ClassifierError for one that is not read."""
        key = (self._places[site_id], language)
        if key not in self._built:
            self._built[key] = Checker(self._evidence, key[0], self._on, language)
        return self._built[key]
