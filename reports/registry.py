"""All reports there are, in the order in which they are written; a new one is added here."""

from reports import export_csv, export_json_lines, overview, site_dossier
from reports.report import Report

REPORTS: tuple[Report, ...] = (
    site_dossier.REPORT,
    overview.REPORT,
    export_csv.REPORT,
    export_json_lines.REPORT,
)
