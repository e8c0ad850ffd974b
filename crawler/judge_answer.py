"""Say how the visit of an address ended, from the answer that came or the failure that came instead."""

from dataclasses import dataclass

from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from selectolax.lexbor import LexborHTMLParser
from twisted.internet import error as network
from twisted.web.client import ResponseFailed

from crawler.capture import Outcome
from crawler.decode import decode
from crawler.extract import HTML, PDF
from crawler.extract_error import ExtractError
from crawler.extract_pdf import extract_pdf
from crawler.parse_html import parse_html
from crawler.recognise_wall import recognise_wall

#: A page with fewer visible words is called empty. Of the example sites' pages, those filled in by JavaScript show 0 to
#: 12 words without it, and the shortest real one 58.
FEWEST_WORDS = 20
REFUSALS = frozenset({401, 403, 407, 429, 451})
GONE = frozenset({404, 410})
UNSEEN = "script, style, noscript, template, head, svg, iframe"


class NotAsked(IgnoreRequest):
    """The request was stopped before it left, with the outcome that follows."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Ending:
    """An outcome and the sentence that explains it; `tree` is the parsed page where there is one."""

    outcome: Outcome
    reason: str = ""
    tree: LexborHTMLParser | None = None


def judge_answer(status: int, media_type: str, charset: str, body: bytes) -> Ending:
    """Return the ending of a visit that was answered with `status` (not a redirect) and `body`, decoded from its encoding."""
    if status == 304:
        return Ending(Outcome.NOT_MODIFIED)
    if status in GONE:
        return Ending(Outcome.NOT_FOUND, f"the server answered {status}")
    is_pdf = media_type in PDF or body.startswith(b"%PDF-")
    if status < 300 and is_pdf:
        return _judge_pdf(body)
    if status < 300 and media_type == "text/plain":
        return _judge_words(len(decode(body, charset).split()), None)
    if media_type not in HTML:
        return _refused(status) or Ending(Outcome.UNSUPPORTED, f"a file of type {media_type} is not read")
    markup = decode(body, charset)
    tree = parse_html(markup)
    words = visible_words(parse_html(markup))
    if (wall := recognise_wall(status, markup, words)) is not None:
        return Ending(Outcome.BLOCKED, wall.reason)
    return _refused(status) or _judge_words(words, tree)


def _refused(status: int) -> Ending | None:
    if status in REFUSALS:
        return Ending(Outcome.BLOCKED, f"the server refused with status {status}")
    if status >= 300 or status < 200:
        return Ending(Outcome.FAILED, f"the server answered with status {status}")
    return None


def _judge_words(words: int, tree: LexborHTMLParser | None) -> Ending:
    if words < FEWEST_WORDS:
        return Ending(Outcome.EMPTY, f"the page shows {words} words without JavaScript", tree)
    return Ending(Outcome.READ, "", tree)


def _judge_pdf(body: bytes) -> Ending:
    try:
        words = len(extract_pdf(body, "").text.split())
    except ExtractError as error:
        return Ending(Outcome.UNSUPPORTED, str(error))
    return (
        Ending(Outcome.READ) if words >= FEWEST_WORDS else Ending(Outcome.EMPTY, f"the PDF holds {words} words of text")
    )


def visible_words(tree: LexborHTMLParser) -> int:
    """Count the words that a visitor without JavaScript sees; takes the unseen parts out of `tree`."""
    for node in tree.css(UNSEEN):
        node.decompose()
    return len(tree.body.text(separator=" ").split()) if tree.body is not None else 0


def judge_failure(error: BaseException, refused: str) -> Ending:
    """Return the ending of a visit that failed with `error`; `refused` is why its host was not looked up, if it was not."""
    if isinstance(error, NotAsked):
        return Ending(error.outcome, error.reason)
    if refused:
        return Ending(Outcome.FAILED, refused)
    if isinstance(error, IgnoreRequest):
        if "robots.txt" in str(error):
            return Ending(Outcome.ROBOTS_DENIED, "the site's robots.txt asks crawlers to stay away")
        # HttpCompressionMiddleware: "... exceeded DOWNLOAD_MAXSIZE".
        return Ending(Outcome.OVER_BUDGET, "the answer unpacks to more than the limit of bytes")
    if isinstance(error, DownloadCancelledError):
        return Ending(Outcome.OVER_BUDGET, "the answer is larger than the limit of bytes")
    return Ending(Outcome.FAILED, _told(error))


def _told(error: BaseException) -> str:
    if (
        isinstance(error, network.DNSLookupError)
        or "DNS lookup" in str(error)
        or "CannotResolveHost" in type(error).__name__
    ):
        return "the name of the host is not known"
    if isinstance(error, network.ConnectionRefusedError | DownloadConnectionRefusedError):
        return "the server refuses connections"
    if isinstance(error, network.TimeoutError | network.TCPTimedOutError | DownloadTimeoutError):
        return "no whole answer came within the time limit"
    told = " ".join(str(error).split())
    if "certificate" in told.lower() or "ssl" in told.lower() or "tls" in told.lower():
        return f"the certificate or encryption of the site is not in order ({told[:200]})"
    if isinstance(error, ResponseDataLossError):
        return "the connection broke before the end of the answer"
    if isinstance(error, ResponseFailed | network.ConnectionLost | network.ConnectionDone | network.ConnectError):
        return f"the connection broke ({told[:200]})"
    return f"{type(error).__name__} ({told[:200]})"
