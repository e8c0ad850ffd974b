"""Show people how far long work has come: a live line on a terminal, plain lines elsewhere, nothing with --quiet."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.live import Live
from rich.text import Text

#: Seconds between two plain lines, so that a log file stays readable.
PLAIN_EVERY = 5.0


class Show(Protocol):
    """Shows one line of progress; `final` is the last of a stage and is always shown."""

    def __call__(self, line: str, *, final: bool = False) -> None:
        """Show `line`."""


@contextmanager
def showing(console: Console, *, quiet: bool) -> Iterator[Show]:
    """Yield a function that shows progress on `console` for as long as the block runs."""
    if quiet:
        yield _silent
    elif console.is_terminal:
        with Live(Text(""), console=console, refresh_per_second=8, transient=True) as live:
            yield _Living(live)
    else:
        yield _Plain(console)


def _silent(line: str, *, final: bool = False) -> None:
    """Show nothing."""


class _Living:
    def __init__(self, live: Live) -> None:
        self._live = live

    def __call__(self, line: str, *, final: bool = False) -> None:
        if final:
            self._live.console.print(Text(line))
            self._live.update(Text(""))
        else:
            self._live.update(Text(line, overflow="ellipsis", no_wrap=True))


class _Plain:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._next = 0.0

    def __call__(self, line: str, *, final: bool = False) -> None:
        now = time.monotonic()
        if final or now >= self._next:
            # Text, not markup: an address may hold square brackets.
            self._console.print(Text(line), soft_wrap=True)
            self._next = now + PLAIN_EVERY
