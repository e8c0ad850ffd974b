"""The demonstration: serve the example clinic sites on 127.0.0.1 and scan them with the program itself."""

import csv
import subprocess
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from examples.serve import serve_examples

#: Exit code of a scan in which some sites could not be read; two of the example sites are meant not to be.
NOT_ALL_READ = 3


def write_site_list(path: Path, port: int) -> None:
    """Write examples/sites.csv with the port that the example server answers on."""
    rows = list(csv.DictReader(files("examples").joinpath("sites.csv").read_text(encoding="utf-8").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, "address": f"http://{urlsplit(row['address']).hostname}:{port}/"})


def main(arguments: list[str]) -> int:
    """Serve, scan with the options of the demonstration and `arguments`, and return the exit code of the scan."""
    with serve_examples() as port, tempfile.TemporaryDirectory() as folder:
        sites = Path(folder) / "sites.csv"
        write_site_list(sites, port)
        command = [
            sys.executable,
            "-m",
            "clinicwatch",
            "scan",
            str(sites),
            "--resolve",
            "*.example=127.0.0.1",
            "--allow-private",
        ]
        # The example server is ours, so there is nobody to be slow for.
        command += ["--delay", "0.05", "--contact", "demo@clinicwatch.example", *arguments]
        code = subprocess.run(command, check=False).returncode  # noqa: S603  (our own program, our own arguments)
    if code == NOT_ALL_READ:
        sys.stderr.write(
            "Some example sites are built not to be readable (JavaScript only, bot wall): exit code 3 says so.\n"
        )
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
