"""TELL: reports and exports for people, written from rows of the database."""
