"""Print how well the classifier does on a labelled file, in words and tables a person can read."""

from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from classifier.checker import Checker
from classifier.claim import ClaimType
from classifier.evaluate import Evaluation, Mistake, Share, evaluate
from classifier.labelled_rows import read_labelled
from clinicwatch.errors import UsageError
from evidence.load import load_evidence

#: How many of the worst mistakes are shown.
WORST = 20


def evaluate_stage(path: Path, language: str, on: date, console: Console) -> Evaluation:
    """Evaluate on the labelled rows of `path`, print the figures, and return them."""
    try:
        rows = read_labelled(path)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 text (byte {error.start}). Save the file as UTF-8.") from error
    if not rows:
        raise UsageError(f"{path}: holds no labelled row. Give a JSON Lines file with text, labels and borderline.")
    result = evaluate(rows, Checker(load_evidence(), "us", on, language))
    console.print(
        f"{result.passages} passages, {result.claims} with a firm claim; average precision {result.average_precision:.3f}, "
        f"calibration error {result.calibration_error:.3f}, macro F1 over types {result.macro_f1:.3f}"
    )
    console.print(_shares("band", list(result.bands.items())))
    console.print(_shares("type", [(kind.value, share) for kind, share in result.types.items()]))
    console.print(_confusion(result))
    console.print("The worst mistakes:")
    for mistake in [found for found in result.mistakes if _is_wrong(found)][:WORST]:
        console.print(Text(_told(mistake)), soft_wrap=True)
    return result


def _shares(name: str, rows: list[tuple[str, Share]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(name)
    for heading in ("precision", "recall", "F1", "right", "wrong", "missed"):
        table.add_column(heading, justify="right")
    for label, share in rows:
        figures = (f"{share.precision:.3f}", f"{share.recall:.3f}", f"{share.f1:.3f}")
        table.add_row(label, *figures, str(share.hits), str(share.alarms), str(share.misses))
    return table


def _confusion(result: Evaluation) -> Table:
    table = Table(
        box=None, pad_edge=False, header_style="bold", title="rows: labelled; columns: found", title_justify="left"
    )
    table.add_column("")
    columns: list[ClaimType | None] = [*ClaimType, None]
    for column in columns:
        table.add_column(column.value[:5] if column else "none", justify="right")
    for row in columns:
        counts = [str(result.confusion.get((row, column), 0) or ".") for column in columns]
        table.add_row(row.value if row else "no claim", *counts)
    return table


def _is_wrong(mistake: Mistake) -> bool:
    return bool(mistake.row.labels) != (mistake.score >= 0.5)


def _told(mistake: Mistake) -> str:
    labels = ", ".join(sorted(mistake.row.labels)) or "no claim"
    return f"  {mistake.score:.2f}  labelled {labels}: {mistake.row.passage.text[:160]}  [{mistake.row.id}]"
