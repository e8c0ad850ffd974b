"""FETCH: visit clinic sites politely, archive every answer, and turn stored bytes into blocks of text."""
