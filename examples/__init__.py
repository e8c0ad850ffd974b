"""Invented clinic sites on .example names, the server that answers for them, and the demonstration scan."""
