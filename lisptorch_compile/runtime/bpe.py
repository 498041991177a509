"""Byte-pair tokenizers: what LispE's ``tiktoken_…`` functions do.

A vocabulary or a file of ranks is merged here, with tiktoken's ids for the same ranks; a
``tokenizer.json`` is left to the package tokenizers.
"""

from __future__ import annotations

import base64
import codecs
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.values import Integers, List

#: Cuts GPT-2's texts; the pattern of a rank file that comes without one.
GPT2_PATTERN = (
    r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
)

#: What stands for a character in vocabularies that are not byte by byte.
_METAS = {
    "Ġ": " ",
    "Ċ": "\n",
    "ĉ": "\t",
    "Ą": "(",
    "ą": ")",
    "Đ": "[",
    "đ": "]",
    "Ě": "{",
    "ě": "}",
}

_CACHED_PIECES = 65536


def _byte_characters() -> dict[str, int]:
    """Return GPT-2's characters for the 256 bytes: printable ones stand for themselves.

    Source: Radford et al. 2019, "Language Models are Unsupervised Multitask Learners",
    the vocabulary files.
    """
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    table = {chr(byte): byte for byte in printable}
    return table | {chr(256 + index): byte for index, byte in enumerate(others)}


_BYTES = _byte_characters()


class BytePairTokenizer:
    """Texts to ids and back by byte-pair merges in the order of the ids.

    Args:
        vocabulary: the id of each token; in a byte-level vocabulary each character of a
            token stands for a byte.
        special_tokens: the id of each token that is matched before anything else.
        pattern: a regular expression that cuts a text into the pieces that are merged.

    Raises:
        LispError: the pattern is no regular expression.

    Source: Sennrich et al. 2016, "Neural Machine Translation of Rare Words with Subword
    Units", arXiv:1508.07909, in the byte-level form of tiktoken.
    """

    lisp_type = "tiktoken_"

    def __init__(
        self,
        vocabulary: Mapping[bytes, int],
        special_tokens: Mapping[str, int],
        pattern: str,
        *,
        byte_level: bool = True,
    ) -> None:
        self.ranks = dict(vocabulary)
        self.special_tokens = dict(special_tokens)
        self.byte_level = byte_level
        self.metas = dict(_METAS)
        self._texts = {index: token for token, index in self.ranks.items()}
        self._special_ids = {i: token for token, i in self.special_tokens.items()}
        try:
            self._pieces = regex.compile(pattern)
        except regex.error as error:
            raise LispError(f"wrong pattern for tiktoken: {error}") from error
        longest_first = sorted(self.special_tokens, key=lambda token: -len(token))
        specials = "|".join(map(regex.escape, longest_first))
        self._specials = regex.compile(f"({specials})") if specials else None
        self._merged = lru_cache(_CACHED_PIECES)(self._merge)

    @property
    def vocab_size(self) -> int:
        """How many tokens there are, without the special ones."""
        return len(self.ranks)

    def encode(self, text: str) -> Integers:
        """Return the ids of a text; bytes that are no token are left out."""
        ids = Integers()
        parts = self._specials.split(text) if self._specials else [text]
        for part in parts:
            special = self.special_tokens.get(part)
            if special is not None:
                ids.append(special)
                continue
            for piece in self._pieces.findall(part):
                ids.extend(self._merged(self._bytes_of(piece)))
        return ids

    def _bytes_of(self, piece: str) -> bytes:
        if not self.byte_level and piece:
            piece = {" ": "Ġ", "\n": "Ċ"}.get(piece[0], piece[0]) + piece[1:]
        return piece.encode("utf-8", errors="surrogatepass")

    def _merge(self, piece: bytes) -> tuple[int, ...]:
        """Return the ids of a piece: the neighbours of the lowest id merge first."""
        if piece in self.ranks:
            return (self.ranks[piece],)
        if self.byte_level:
            parts = [piece[index : index + 1] for index in range(len(piece))]
        else:
            parts = [char.encode() for char in piece.decode(errors="replace")]
        while len(parts) > 1:
            pairs = [a + b for a, b in zip(parts, parts[1:], strict=False)]
            known = [(self.ranks[p], i) for i, p in enumerate(pairs) if p in self.ranks]
            if not known:
                break
            _, index = min(known)
            parts[index : index + 2] = [pairs[index]]
        return tuple(self.ranks[part] for part in parts if part in self.ranks)

    def decode(self, ids: Any) -> str:
        """Return the text of ids; bytes that are no UTF-8 are replaced.

        Raises:
            LispError: an id is unknown.
        """
        tokens = [
            self._token_bytes(i, "Unknown token in decode: {}") for i in _ids(ids)
        ]
        text = b"".join(tokens).decode("utf-8", errors="replace")
        if self.byte_level:
            return text
        for meta, replacement in self.metas.items():
            text = text.replace(meta, replacement)
        return text

    def to_bytes(self, ids: Any) -> bytes:
        """Return the bytes of ids, as they are.

        Raises:
            LispError: an id is unknown.
        """
        unknown = "Token {} not found in decoder"
        return b"".join(self._token_bytes(index, unknown) for index in _ids(ids))

    def decode_bytes(self, ids: Any) -> Integers:
        """Return ``to_bytes`` as numbers from 0 to 255."""
        return Integers(self.to_bytes(ids))

    def _token_bytes(self, index: int, unknown: str) -> bytes:
        token = self._texts.get(index)
        if token is not None:
            return token
        special = self._special_ids.get(index)
        if special is None:
            raise LispError(unknown.format(index))
        return special.encode()

    def special_encode(self, text: str) -> int:
        """Return the id of a special token, -1 for any other text."""
        return self.special_tokens.get(text, -1)

    def token_byte_values(self) -> List:
        """Return the bytes of all tokens but the special ones, in the order of bytes."""
        return List([Integers(token) for token in sorted(self.ranks)])

    def add_meta(self, meta: str, replacement: str) -> None:
        """Decode ``meta`` as ``replacement``, in a vocabulary that is not byte by byte."""
        self.metas[str(meta)] = str(replacement)

    def remove_meta(self, meta: str) -> None:
        """Decode ``meta`` as itself again."""
        self.metas.pop(str(meta), None)

    def list_metas(
        self, metas: Mapping[str, str] | None = None
    ) -> dict[str, str] | bool:
        """Return what is decoded as what; with ``metas``, add these and return true."""
        if metas is None:
            return dict(self.metas)
        if not isinstance(metas, Mapping):
            raise LispError("Error: meta characters are given as a dictionary")
        self.metas.update({str(key): str(value) for key, value in metas.items()})
        return True

    def __str__(self) -> str:
        return f"Tiktoken (vocab size: {self.vocab_size})"


class JsonTokenizer:
    """A ``tokenizer.json`` in the hands of the package tokenizers.

    Raises:
        FileNotFoundError: there is no such file.
        ImportError: the package is not installed.
        LispError: the file is no tokenizer.
    """

    lisp_type = "tiktoken_"

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise FileNotFoundError(f"no tokenizer at '{path}'")
        try:
            from tokenizers import Tokenizer as Inner
        except ImportError as error:
            raise ImportError(
                "a tokenizer.json needs the package tokenizers: "
                'pip install "lisptorch-compile[hf]"'
            ) from error
        try:
            self.inner = Inner.from_file(str(path))
        except Exception as error:  # its errors have no type of their own
            raise LispError(f"'{path}' is no tokenizer: {error}") from error
        self.special_tokens = {
            token.content: index
            for index, token in self.inner.get_added_tokens_decoder().items()
        }
        self._special_ids = {i: text for text, i in self.special_tokens.items()}
        self.ranks = {
            token: index
            for token, index in self.inner.get_vocab(with_added_tokens=False).items()
        }
        self._byte_level = _is_byte_level(self.ranks)

    @property
    def vocab_size(self) -> int:
        """How many tokens there are, without the special ones."""
        return len(self.ranks)

    def encode(self, text: str) -> Integers:
        """Return the ids of a text, without tokens for its beginning and end."""
        return Integers(self.inner.encode(text, add_special_tokens=False).ids)

    def decode(self, ids: Any) -> str:
        """Return the text of ids, special tokens included.

        Raises:
            LispError: an id is unknown.
        """
        wanted = _ids(ids)
        for index in wanted:
            if self.inner.id_to_token(index) is None:
                raise LispError(f"Unknown token in decode: {index}")
        return self.inner.decode(wanted, skip_special_tokens=False)

    def to_bytes(self, ids: Any) -> bytes:
        """Return the bytes of ids, as they are.

        Raises:
            LispError: an id is unknown.
        """
        return b"".join(self._token_bytes(index) for index in _ids(ids))

    def decode_bytes(self, ids: Any) -> Integers:
        """Return ``to_bytes`` as numbers from 0 to 255."""
        return Integers(self.to_bytes(ids))

    def _token_bytes(self, index: int) -> bytes:
        token = self.inner.id_to_token(index)
        if token is None:
            raise LispError(f"Token {index} not found in decoder")
        if index in self._special_ids or not self._byte_level:
            return token.encode()
        return _encoded(token, byte_level=True)

    def special_encode(self, text: str) -> int:
        """Return the id of a special token, -1 for any other text."""
        return self.special_tokens.get(text, -1)

    def token_byte_values(self) -> List:
        """Return the bytes of all tokens but the special ones, in the order of bytes."""
        tokens = sorted(_encoded(token, self._byte_level) for token in self.ranks)
        return List([Integers(token) for token in tokens])

    def __str__(self) -> str:
        return f"Tiktoken (vocab size: {self.vocab_size})"


Tokenizer = BytePairTokenizer | JsonTokenizer


class Stream:
    """Decodes ids one after the other: a character comes when its last byte does."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def push(self, token: Any) -> str:
        """Return the characters that ``token``, an id, completes."""
        return self._decoder.decode(self.tokenizer.to_bytes(token))

    def end(self) -> str:
        """Return what is left, a replacement character for half a character."""
        return self._decoder.decode(b"", final=True)


# --- making one -------------------------------------------------------------------------


def create(
    vocab: Any, special_tokens: Any = None, pattern: str | None = None
) -> Tokenizer:
    """Return the tokenizer of a vocabulary, of a ``tokenizer.json`` or of a rank file.

    Args:
        vocab: a dictionary from tokens to ids; or the path of a ``tokenizer.json``, of the
            folder that holds one, or of a file of tiktoken's (base64 and rank a line).
        special_tokens: dictionaries with ``content`` and ``id``, as Hugging Face's
            ``added_tokens``; or one dictionary from texts to ids.
        pattern: cuts texts into pieces; GPT-2's when left out.

    Raises:
        LispError: the vocabulary, the special tokens or the pattern are none.
        FileNotFoundError: there is no such file.
        ImportError: a ``tokenizer.json`` needs the package tokenizers.
    """
    specials, pattern = _special_ids(special_tokens), pattern or GPT2_PATTERN
    if isinstance(vocab, str | Path):
        path = Path(vocab)
        path = path / "tokenizer.json" if path.is_dir() else path
        if path.suffix == ".json":
            return JsonTokenizer(path)
        return BytePairTokenizer(dict(_rank_lines(path)), specials, pattern)
    ids = _vocabulary(vocab)
    byte_level = _is_byte_level(ids)
    ranks = {_encoded(token, byte_level): index for token, index in ids.items()}
    return BytePairTokenizer(ranks, specials, pattern, byte_level=byte_level)


def _vocabulary(vocab: Any) -> dict[str, int]:
    try:
        return {str(token): int(index) for token, index in vocab.items()}
    except (AttributeError, TypeError, ValueError) as error:
        raise LispError("Wrong vocabulary format for tiktoken") from error


def _special_ids(tokens: Any) -> dict[str, int]:
    if tokens is None or tokens is False:
        return {}
    try:
        if isinstance(tokens, Mapping):
            return {str(token): int(index) for token, index in tokens.items()}
        return {str(token["content"]): int(token["id"]) for token in tokens}
    except (KeyError, TypeError, ValueError) as error:
        raise LispError("Wrong special tokens format for tiktoken") from error


def _is_byte_level(tokens: Iterable[str]) -> bool:
    """Tell whether each character of the tokens stands for a byte."""
    return all(character in _BYTES for token in tokens for character in token)


def _encoded(token: str, byte_level: bool) -> bytes:
    if byte_level:
        return bytes(_BYTES[character] for character in token)
    return token.encode()


def _rank_lines(path: Path) -> Iterator[tuple[bytes, int]]:
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            token, rank = line.split()
            yield base64.b64decode(token, validate=True), int(rank)
        except ValueError as error:
            raise LispError(
                f"'{path}', line {number}: not a token in base64 and its rank"
            ) from error


def checked(tokenizer: Any) -> Tokenizer:
    """Return ``tokenizer``, or raise LispE's error when it is none of ours."""
    if isinstance(tokenizer, BytePairTokenizer | JsonTokenizer):
        return tokenizer
    raise LispError("Error: expecting a `tiktoken_' type")


def _ids(ids: Any) -> list[int]:
    """Return ids of any kind, a tensor's and a single one included, as integers."""
    if isinstance(ids, int | float):
        return [int(ids)]
    if hasattr(ids, "flatten"):  # a tensor
        ids = ids.flatten().tolist()
    values: Iterable[Any] = ids
    return [int(index) for index in values]
