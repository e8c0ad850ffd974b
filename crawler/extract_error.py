"""What extraction raises when a stored body holds no text that can be read."""


class ExtractError(Exception):
    """The body cannot be read as text; the message says why, in words for a coverage table."""
