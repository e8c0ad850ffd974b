"""KEEP: the one schema, the one file that writes it and the one that reads it."""
