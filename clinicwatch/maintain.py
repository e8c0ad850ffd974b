"""The verbs for those who maintain the evidence base and the model: evidence, evaluate, train."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from clinicwatch.options import AsOf, Evidence, day

evidence_app = typer.Typer(no_args_is_help=True, help="Look at the evidence base: list, show, check, todo.")
Words = Annotated[
    list[str] | None,
    typer.Argument(help="Only records with all these words: knee prp, us approval, ...", show_default=False),
]
Language = Annotated[str, typer.Option("--language", help="Language of the model (en, es).")]


@evidence_app.command("list")
def list_evidence(words: Words = None, evidence: Evidence = None, as_of: AsOf = None) -> None:
    """List the records, one a line."""
    from clinicwatch.evidence_stage import list_records

    list_records(evidence or [], as_of.date() if as_of else None, words or [], _console())


@evidence_app.command("show")
def show_evidence(
    identifier: Annotated[str, typer.Argument(help="Id of the record.", show_default=False)], evidence: Evidence = None
) -> None:
    """Show a record with its sources."""
    from clinicwatch.evidence_stage import show_record

    show_record(evidence or [], identifier, _console())


@evidence_app.command("check")
def check_evidence(evidence: Evidence = None) -> None:
    """Check that all records hold together, and count them."""
    from clinicwatch.evidence_stage import check_records

    check_records(evidence or [], _console())


@evidence_app.command("todo")
def todo(evidence: Evidence = None, as_of: AsOf = None) -> None:
    """List what nobody has verified yet, and what is due for review."""
    from clinicwatch.evidence_stage import list_todo

    list_todo(evidence or [], day(as_of), _console())


def evaluate(
    labelled: Annotated[
        Path, typer.Argument(help="JSON Lines file with text, labels and borderline.", show_default=False)
    ],
    language: Language = "en",
    as_of: AsOf = None,
) -> None:
    """Measure the classifier on labelled passages, and show its twenty worst mistakes."""
    from clinicwatch.evaluate_stage import evaluate_stage

    evaluate_stage(labelled, language, day(as_of), _console())


def train(
    language: Language = "en",
    into: Annotated[
        Path | None, typer.Option("--into", help="Folder to write to; by default that of the program.")
    ] = None,
) -> None:
    """Train the model again from the labelled corpus; the same corpus gives the same figures."""
    from clinicwatch.train_stage import train_stage

    train_stage(language, into, _console())


def _console() -> Console:
    return Console(highlight=False)
