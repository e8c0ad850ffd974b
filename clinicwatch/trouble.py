"""Turn what can go wrong on a user's machine into one clear line on standard error."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from classifier.errors import ClassifierError
from clinicwatch.errors import ExitCode, UsageError
from crawler.errors import CrawlError
from database.errors import DatabaseError
from evidence.errors import EvidenceError
from reports.errors import ReportError

#: Errors whose message already names the thing, the place and the fix.
CLEAR = (UsageError, CrawlError, ClassifierError, DatabaseError, EvidenceError, ReportError)


@contextmanager
def explained() -> Iterator[None]:
    """Print clear errors as one line and end with code 2; let everything else through, for it is a fault of ours."""
    try:
        yield
    except CLEAR as error:
        _end(str(error))
    except KeyboardInterrupt:
        _end("stopped; what was finished before is kept", ExitCode.NOT_ALL_READ)
    except BrokenPipeError:
        # The reader of our output went away, e.g. `clinicwatch text ... | head`.
        sys.stderr.close()
        sys.exit(ExitCode.DONE)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            _end(
                f"the disk is full ({error.filename or 'while writing'}); what was written before is kept. Free some space and go on."
            )
        if error.filename is None:
            raise
        _end(f"{error.filename}: {error.strerror}. Check that the path exists and may be read and written.")


def _end(message: str, code: ExitCode = ExitCode.WRONG_USE) -> None:
    sys.stderr.write(f"clinicwatch: {message}\n")
    sys.exit(code)
