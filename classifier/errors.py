"""Errors of the classifier that a user or a maintainer of its data files can put right."""


class ClassifierError(Exception):
    """A lexicon, rule or input row is wrong; the message names the thing, the place and the fix."""
