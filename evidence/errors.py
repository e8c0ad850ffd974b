"""Errors of the evidence base that its maintainer can put right."""


class EvidenceError(Exception):
    """A file of the evidence base is wrong; the message names the file, the place in it and the fix."""
