"""Run the command line: `python -m clinicwatch`, or `clinicwatch` once installed."""

from clinicwatch.cli import app
from clinicwatch.trouble import explained


def main() -> None:
    """Run the program; what a user could have caused ends in one clear line and exit code 2, never in a traceback."""
    with explained():
        app()


if __name__ == "__main__":
    main()
