"""The error of this room: its message names the thing, the place and the fix, and is all that a user sees."""


class CrawlError(Exception):
    """A crawl cannot begin or go on, or a stored crawl cannot be read, for a reason that the user can mend."""
