"""Errors that the command line prints as one clear line, and the codes it ends with."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How the program ends."""

    DONE = 0
    FOUND = 1
    WRONG_USE = 2
    NOT_ALL_READ = 3


class UsageError(Exception):
    """The command was given something it cannot work with; the message names the thing and the fix."""
