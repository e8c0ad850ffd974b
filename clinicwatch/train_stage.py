"""Train a model from the command line and say what came of it."""

from importlib.resources import files
from pathlib import Path

from rich.console import Console
from rich.text import Text

from classifier.lexicon import languages
from classifier.train import train
from clinicwatch.errors import UsageError
from evidence.load import load_evidence


def train_stage(language: str, into: Path | None, console: Console) -> None:
    """Train the model of `language` and print the thresholds; raises UsageError for a language without a lexicon."""
    if language not in languages():
        raise UsageError(f"there is no lexicon for '{language}'; known are: {', '.join(languages())}")
    folder = into or Path(str(files("classifier"))) / "stored"
    card = train(language, load_evidence(), folder)
    console.print(Text(f"{folder / language}.skops and .yml written (inputs {card.inputs[:16]})"), soft_wrap=True)
    console.print(f"conflict from {card.conflict_from:.3f}, review from {card.review_from:.3f}")
