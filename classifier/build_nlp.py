"""Build the spaCy pipeline of a language: a blank tokenizer and four small components of our own."""

from collections.abc import Mapping

import spacy
from spacy.language import Language

# Each of these imports registers a component with spaCy under its name.
import classifier.components.cues
import classifier.components.qualifiers
import classifier.components.sentences  # noqa: F401
from classifier.components.mentions import Mentions
from evidence.records import Condition, Therapy


def build_nlp(therapies: Mapping[str, Therapy], conditions: Mapping[str, Condition], language: str = "en") -> Language:
    """Return the pipeline sentences > mentions > cues > qualifiers for `language`, which links names to evidence ids.

    Nothing is downloaded: the tokenizer is spaCy's blank one. Raises ClassifierError for a language without a lexicon.
    """
    nlp = spacy.blank(language)
    nlp.add_pipe("clinicwatch_sentences")
    mentions = nlp.add_pipe("clinicwatch_mentions")
    assert isinstance(mentions, Mentions)  # noqa: S101  (spaCy types every component as a callable)
    mentions.add_names(therapies, conditions)
    nlp.add_pipe("clinicwatch_cues")
    nlp.add_pipe("clinicwatch_qualifiers")
    return nlp
