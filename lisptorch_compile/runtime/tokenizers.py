"""Texts to token ids and back, and batches of id sequences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, punctuation
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from lisptorch_compile.runtime import tensors
from lisptorch_compile.runtime.atomic_files import StrPath
from lisptorch_compile.runtime.choices import unknown_name

_PAD, _UNKNOWN, _BEGIN, _END = range(4)
_SPECIAL = ("<pad>", "<unk>", "<bos>", "<eos>")

_TOKEN = re.compile(
    rf"[^\s{re.escape(punctuation)}]+|[{re.escape(punctuation)}]", re.ASCII
)
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


class SimpleTokenizer:
    """A tokenizer of words that learns its vocabulary from the texts it encodes.

    Words are split at ASCII blanks and punctuation and lower-cased (ASCII letters
    only); each punctuation character is a token. Ids 0 to 3 are ``<pad>``, ``<unk>``,
    ``<bos>`` and ``<eos>``; each new token gets the next free id.
    """

    lisp_type = "torch_tokenizer_"

    def __init__(self) -> None:
        self.tokens = list(_SPECIAL)
        self.ids = {token: index for index, token in enumerate(_SPECIAL)}

    def encode(self, text: str) -> Tensor:
        """Return ``<bos>``, the tokens of ``text``, ``<eos>``: (T,), int64.

        >>> SimpleTokenizer().encode("Hello world!").tolist()
        [2, 4, 5, 6, 3]
        """
        tokens = _TOKEN.findall(text.translate(_LOWER))
        return torch.tensor([_BEGIN, *map(self._id, tokens), _END])

    def _id(self, token: str) -> int:
        if token not in self.ids:
            self.ids[token] = len(self.tokens)
            self.tokens.append(token)
        return self.ids[token]

    def decode(self, token_ids: object) -> str:
        """Return the words of ``token_ids`` with blanks between them.

        No blank stands before punctuation. ``<pad>``, ``<bos>``, ``<eos>`` and ids that
        are not in the vocabulary are passed over.

        Args:
            token_ids: a tensor of any shape, a list, or a single id.
        """
        text = ""
        for index in _id_list(token_ids):
            if index in (_PAD, _BEGIN, _END) or not 0 <= index < len(self.tokens):
                continue
            token = self.tokens[index]
            text += token if token in punctuation or not text else f" {token}"
        return text

    @property
    def vocab_size(self) -> int:
        """How many tokens are known, the four special ones included."""
        return len(self.tokens)

    def __str__(self) -> str:
        return f"Simple Tokenizer (vocab size: {self.vocab_size})"


class SentencePieceTokenizer:
    """A trained SentencePiece model: plain ids, without ``<bos>`` and ``<eos>``.

    Raises:
        FileNotFoundError, ValueError: ``model_path`` is missing or no model.
        ImportError: the package sentencepiece is not installed.
    """

    lisp_type = "torch_tokenizer_"

    def __init__(self, model_path: StrPath) -> None:
        sentencepiece = _sentencepiece()
        failure = f"Failed to load SentencePiece model: {model_path}"
        path = Path(model_path)
        if path.is_dir() or path.suffix == ".json":
            raise ValueError(f"{failure} (for a tokenizer.json, use tiktoken_create)")
        if not path.is_file():
            raise FileNotFoundError(f"{failure} (there is no such file)")
        try:
            processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
        except (RuntimeError, OSError) as error:
            raise ValueError(f"{failure} (not a SentencePiece model)") from error
        self.processor = processor

    def encode(self, text: str) -> Tensor:
        """Return the ids of ``text``: (T,), int64."""
        return torch.tensor(self.processor.encode(text), dtype=torch.int64)

    def decode(self, token_ids: object) -> str:
        """Return the text of a tensor or list of ids, or of a single one.

        Raises:
            IndexError: an id is not in the vocabulary.
        """
        return str(self.processor.decode(_id_list(token_ids)))

    @property
    def vocab_size(self) -> int:
        """How many pieces the model has."""
        return int(self.processor.vocab_size())

    def __str__(self) -> str:
        return f"SentencePiece Tokenizer (vocab size: {self.vocab_size})"


MODEL_TYPES = ("bpe", "unigram", "char", "word")


def train_sentencepiece(
    input_file: StrPath,
    model_prefix: StrPath,
    vocab_size: int = 8000,
    model_type: str = "bpe",
) -> str:
    """Train a SentencePiece model; write PREFIX.model and PREFIX.vocab.

    Ids 0 to 3 are ``<pad>``, ``<unk>``, ``<s>`` and ``</s>``; every character counts.

    Args:
        input_file: a text, one sentence a line.
        model_prefix: path of the outputs without extension.
        vocab_size: number of pieces, the special ones included.
        model_type: ``"bpe"``, ``"unigram"``, ``"char"`` or ``"word"``.

    Returns:
        A report that names the model's file.

    Raises:
        FileNotFoundError: ``input_file`` is missing.
        ValueError: ``model_type`` is unknown, or the text yields fewer pieces.
        ImportError: the package sentencepiece is not installed.
    """
    if str(model_type) not in MODEL_TYPES:
        raise unknown_name("SentencePiece model type", model_type, MODEL_TYPES)
    if not Path(input_file).is_file():
        raise FileNotFoundError(f"no training text at '{input_file}'")
    sentencepiece = _sentencepiece()
    try:
        sentencepiece.SentencePieceTrainer.train(
            input=str(input_file),
            model_prefix=str(model_prefix),
            vocab_size=vocab_size,
            model_type=str(model_type),
            character_coverage=1.0,
            pad_id=_PAD,
            unk_id=_UNKNOWN,
            bos_id=_BEGIN,
            eos_id=_END,
            minloglevel=2,  # errors only
        )
    except (RuntimeError, OSError) as error:
        raise ValueError(f"SentencePiece training failed: {error}") from error
    return f"Training completed successfully. Model saved as: {model_prefix}.model"


def pad_sequences(
    sequences: Iterable[object], max_length: int | None = None, pad_token: int = 0
) -> Tensor:
    """Return the sequences as rows of one length, cut or padded on the right.

    Args:
        sequences: tensors (flattened) or lists of ids.
        max_length: T; by default the longest sequence's length.
        pad_token: the id that fills up.

    Returns:
        (B, T), int64.

    Raises:
        TypeError: ``sequences`` is no list of sequences.
        ValueError: it is empty.
    """
    if isinstance(sequences, Tensor) and sequences.dim() < 2:
        raise TypeError("expected a list of sequences, not a single one")
    rows = [torch.tensor(_id_list(sequence)) for sequence in sequences]
    if not rows:
        raise ValueError("no sequences to pad")
    length = max(len(row) for row in rows) if max_length is None else max_length
    return torch.stack([_fit(row.long(), length, pad_token) for row in rows])


def _fit(row: Tensor, length: int, pad_token: int) -> Tensor:
    missing = max(0, length - len(row))
    return F.pad(row[:length], (0, missing), value=pad_token)


def attention_mask(sequences: object, pad_token: int = 0) -> Tensor:
    """Return 1.0 where an id is not ``pad_token``, else 0.0: float32, same shape."""
    return (tensors.tensor(sequences) != pad_token).float()


def _id_list(token_ids: object) -> list[int]:
    """Return ids given as a tensor, a list, nested ones, or one number, as integers."""
    flat: Sequence[Any] = tensors.tensor(token_ids).flatten().tolist()
    return [int(index) for index in flat]


def _sentencepiece() -> Any:  # a module, imported only where it is used
    try:
        import sentencepiece
    except ImportError as error:
        raise ImportError(
            "SentencePiece tokenizers need the sentencepiece package: "
            'pip install "lisptorch-compile[runtime]"'
        ) from error
    return sentencepiece
