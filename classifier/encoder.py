"""Read passages with the fine-tuned sentence encoder: the probability of a claim, and of each type."""

from collections import OrderedDict
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from classifier.model_input import ModelInput

MODEL_FILE = "encoder.onnx"
TOKENIZER_FILE = "tokenizer.json"
#: Tokens read of a passage and its context; of the labelled corpus 1 % is longer.
LONGEST = 112
#: Any claim, and nine types.
OUTPUTS = 10
#: Passages whose result is kept: menus and footers stand on every page of a site.
KEPT = 20_000

Matrix = npt.NDArray[np.float32]


class Encoder:
    """The stored encoder; runs on one thread, without network, and gives the same figures for the same input."""

    def __init__(self) -> None:
        folder = files("classifier").joinpath("stored")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            folder.joinpath(MODEL_FILE).read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer: Any = Tokenizer.from_str(folder.joinpath(TOKENIZER_FILE).read_text(encoding="utf-8"))
        self._tokenizer.enable_truncation(LONGEST, strategy="longest_first")
        self._kept: OrderedDict[tuple[str, str], Matrix] = OrderedDict()

    def logits(self, inputs: Sequence[ModelInput]) -> Matrix:
        """Return logits of shape (len(inputs), OUTPUTS): any claim, then each type in the order of ClaimType."""
        found = [self._kept_or_read(given.text, given.context) for given in inputs]
        return np.stack(found) if found else np.zeros((0, OUTPUTS), np.float32)

    def _kept_or_read(self, text: str, context: str) -> Matrix:
        key = (text, context)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._kept[key] = self._read(text, context)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]

    def _read(self, text: str, context: str) -> Matrix:
        # One passage at a time: int8 activations are scaled over the whole batch, so that a passage's figures would
        # depend on which others happened to be read with it.
        encoded = self._tokenizer.encode(text, context) if context else self._tokenizer.encode(text)
        feed = {
            "input_ids": np.array([encoded.ids], np.int64),
            "attention_mask": np.array([encoded.attention_mask], np.int64),
            "token_type_ids": np.array([encoded.type_ids], np.int64),
        }
        logits: Matrix = self._session.run(None, feed)[0][0]
        return logits
