"""The scikit-learn part of the classifier: n-grams with names masked, cues and qualifiers, weighed by logistic regression."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from classifier.features import Features

Matrix = npt.NDArray[np.float64]
#: Strength of the weights; 1, 3 and 10 were compared on the held-out clinics, which 3 fitted best.
STRENGTH = 3.0


class CountModel:
    """Gives each passage ten logits: any claim, then each claim type in the order of ClaimType."""

    def __init__(self, parts: dict[str, Any]) -> None:
        self.parts = parts

    @classmethod
    def fitted(cls, examples: Sequence[Features], targets: npt.NDArray[np.int8]) -> "CountModel":
        """Return the model trained on `examples` with `targets` of shape (len(examples), 10)."""
        model = cls(
            {
                "words": TfidfVectorizer(
                    ngram_range=(1, 3), sublinear_tf=True, min_df=2, max_features=40_000, dtype=np.float32
                ),
                "letters": TfidfVectorizer(
                    analyzer="char_wb",
                    ngram_range=(3, 5),
                    sublinear_tf=True,
                    min_df=3,
                    max_features=30_000,
                    dtype=np.float32,
                ),
                "heading": TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, dtype=np.float32),
                "before": TfidfVectorizer(sublinear_tf=True, min_df=3, dtype=np.float32),
                "values": DictVectorizer(dtype=np.float32),
            }
        )
        columns = [model.parts[name].fit_transform(values) for name, values in _columns(examples).items()]
        weigh = OneVsRestClassifier(LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=3000, random_state=0))
        model.parts["weigh"] = weigh.fit(hstack(columns).tocsr(), targets)
        for one in weigh.estimators_:
            # Half the size of the stored file, for a difference in the seventh digit.
            one.coef_ = one.coef_.astype(np.float32)
        return model

    def logits(self, examples: Sequence[Features]) -> Matrix:
        """Return logits of shape (len(examples), 10)."""
        return np.asarray(self.parts["weigh"].decision_function(self._matrix(examples)), dtype=np.float64)

    def spoke(self, example: Features, output: int, most: int = 3) -> tuple[str, ...]:
        """Return the words of `example` that spoke most for `output`, strongest first; masked names are left out."""
        names = self.parts["words"].get_feature_names_out()
        weights = self.parts["weigh"].estimators_[output].coef_[0][: len(names)]
        row = self.parts["words"].transform([example.text])
        scored = sorted(
            ((weights[at] * value, names[at]) for at, value in zip(row.indices, row.data, strict=True)), reverse=True
        )
        return tuple(name for score, name in scored if score > 0 and "x" not in (name[0], name[-1]))[:most]

    def _matrix(self, examples: Sequence[Features]) -> csr_matrix:
        return hstack([self.parts[name].transform(values) for name, values in _columns(examples).items()]).tocsr()


def _columns(examples: Sequence[Features]) -> dict[str, list[Any]]:
    return {
        "words": [example.text for example in examples],
        "letters": [example.text for example in examples],
        "heading": [example.heading for example in examples],
        "before": [example.before for example in examples],
        "values": [dict(example.values) for example in examples],
    }
