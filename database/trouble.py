"""What a database driver says when it refuses, and what that means for the user."""

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from database.address import shown
from database.errors import DatabaseError

#: What drivers say, and what it means for the user: (part of the message, thing, fix).
KNOWN_TROUBLE = (
    ("file is not a database", "this is not a database file", "Name another file; this one was left as it is."),
    ("malformed", "the database file is damaged", "Restore a copy, or check the archive again into a new file."),
    ("readonly database", "the database cannot be written", "Check the permissions of the file and of its folder."),
    ("unable to open", "the file cannot be opened or created", "Check the path and the permissions of its folder."),
    ("disk is full", "the disk is full", "Free some space and start again; everything saved so far is kept."),
    ("No space left", "the disk is full", "Free some space and start again; everything saved so far is kept."),
    ("database is locked", "another program holds the database", "Wait until it has finished, then start again."),
    ("password authentication failed", "the server refused user or password", "Check both, or set PGPASSWORD."),
    ("no password supplied", "the server asks for a password", "Put it into the address, PGPASSWORD or ~/.pgpass."),
    ("does not exist", "the server has no such database or user", "Create it (createdb), or check the name."),
    ("permission denied", "the user may not do this", "Ask for the right to create tables and to write."),
    ("invalid connection option", "the address has an option that is not known", "Check the part after the '?'."),
    ("connection", "the server cannot be reached", "Check host, port and that PostgreSQL is running."),
)


def explained(error: DBAPIError, url: URL) -> DatabaseError:
    """Put a driver's error into the user's words; the password of the address never shows."""
    said = " ".join(str(error.orig).split())
    for part, thing, fix in KNOWN_TROUBLE:
        if part in said:
            return DatabaseError(thing, shown(url), fix)
    password = str(url.password or "")
    said = said.replace(password, "***") if password else said
    return DatabaseError(f"the database refused: {said[:200]}", shown(url), "Everything saved so far is kept.")
