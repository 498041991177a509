"""Tokenizers by their ids, padding and masks."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
import torch

from lisptorch_compile.runtime import tokenizers
from lisptorch_compile.runtime.tokenizers import SentencePieceTokenizer, SimpleTokenizer

CORPUS = """The quick brown fox jumps over the lazy dog.
A model reads tokens and predicts the next token.
Attention weighs the tokens of a sequence.
The dog reads the model, the fox predicts attention.
"""


@pytest.fixture(scope="module")
def model_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sentencepiece")
    (folder / "corpus.txt").write_text(CORPUS)
    report = tokenizers.train_sentencepiece(
        folder / "corpus.txt", folder / "tiny", 60, "bpe"
    )
    assert report == (
        f"Training completed successfully. Model saved as: {folder / 'tiny'}.model"
    )
    assert (folder / "tiny.vocab").is_file()
    return folder / "tiny.model"


# --- words ----------------------------------------------------------------------------


def test_simple_tokenizer_gives_the_reference_ids() -> None:
    tokenizer = SimpleTokenizer()
    assert tokenizer.vocab_size == 4
    first = tokenizer.encode("Hello world!")
    assert first.dtype == torch.int64
    assert first.tolist() == [2, 4, 5, 6, 3]
    assert tokenizer.vocab_size == 7
    second = tokenizer.encode("The quick brown fox, the LAZY dog.")
    assert second.tolist() == [2, 7, 8, 9, 10, 11, 7, 12, 13, 14, 3]
    assert tokenizer.vocab_size == 15
    assert tokenizer.encode("hello WORLD !").tolist() == [2, 4, 5, 6, 3]


def test_simple_tokenizer_decodes_any_form_of_ids() -> None:
    tokenizer = SimpleTokenizer()
    ids = tokenizer.encode("Hello world!")
    for form in (ids, ids[None], ids.tolist(), array("q", ids.tolist())):
        assert tokenizer.decode(form) == "hello world!"
    assert tokenizer.decode(5) == "world"
    assert tokenizer.decode([]) == ""


def test_simple_tokenizer_passes_over_foreign_ids_and_padding() -> None:
    tokenizer = SimpleTokenizer()
    tokenizer.encode("a b")
    assert tokenizer.decode([0, 0, 4, 99, -1, 1, 5, 3, 0]) == "a <unk> b"


def test_simple_tokenizer_splits_at_ascii_only() -> None:
    tokenizer = SimpleTokenizer()
    ids = tokenizer.encode("Été\u00a0l'été\t«x»\n")
    assert tokenizer.tokens[4:] == ["Été\u00a0l", "'", "été", "«x»"]
    assert tokenizer.decode(ids) == "Été\u00a0l' été «x»"


def test_empty_text_is_begin_and_end() -> None:
    assert SimpleTokenizer().encode("").tolist() == [2, 3]


def test_tokenizers_print_their_size(model_path: Path) -> None:
    assert str(SimpleTokenizer()) == "Simple Tokenizer (vocab size: 4)"
    text = "SentencePiece Tokenizer (vocab size: 60)"
    assert str(SentencePieceTokenizer(model_path)) == text


# --- SentencePiece --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["The lazy fox predicts the next token.", "dog", "a, a. A"]
)
def test_sentencepiece_gives_its_text_back(model_path: Path, text: str) -> None:
    tokenizer = SentencePieceTokenizer(model_path)
    ids = tokenizer.encode(text)
    assert ids.dtype == torch.int64
    assert ids.dim() == 1
    assert not {2, 3} & set(ids.tolist())
    assert tokenizer.decode(ids) == text
    assert tokenizer.decode(ids.tolist()) == text


def test_sentencepiece_has_the_special_ids(model_path: Path) -> None:
    tokenizer = SentencePieceTokenizer(model_path)
    assert tokenizer.vocab_size == 60
    processor = tokenizer.processor
    ids = [
        processor.pad_id(),
        processor.unk_id(),
        processor.bos_id(),
        processor.eos_id(),
    ]
    assert ids == [0, 1, 2, 3]
    assert tokenizer.encode("").tolist() == []
    assert 1 in tokenizer.encode("ß").tolist()


def test_sentencepiece_refuses_foreign_ids(model_path: Path) -> None:
    with pytest.raises(IndexError):
        SentencePieceTokenizer(model_path).decode([60])


def test_other_model_types_are_trained(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.txt"
    corpus.write_text(CORPUS)
    for kind, size in (("unigram", 40), ("char", 31)):
        tokenizers.train_sentencepiece(corpus, tmp_path / kind, size, kind)
        tokenizer = SentencePieceTokenizer(tmp_path / f"{kind}.model")
        assert tokenizer.decode(tokenizer.encode("the dog")) == "the dog"


def test_missing_or_wrong_model_files_are_named(tmp_path: Path) -> None:
    failure = r"Failed to load SentencePiece model: .*"
    with pytest.raises(FileNotFoundError, match=f"{failure}absent.model"):
        SentencePieceTokenizer(tmp_path / "absent.model")
    (tmp_path / "text.model").write_text("no model")
    with pytest.raises(ValueError, match=f"{failure}text.model .not a Sentence"):
        SentencePieceTokenizer(tmp_path / "text.model")
    with pytest.raises(ValueError, match=f"{failure}tiktoken_create"):
        SentencePieceTokenizer(tmp_path)
    with pytest.raises(ValueError, match=f"{failure}tiktoken_create"):
        SentencePieceTokenizer(tmp_path / "tokenizer.json")


def test_training_errors_say_what_to_change(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.txt"
    corpus.write_text(CORPUS)
    with pytest.raises(FileNotFoundError, match="no training text at '.*absent.txt'"):
        tokenizers.train_sentencepiece(tmp_path / "absent.txt", tmp_path / "x")
    with pytest.raises(ValueError, match="unknown SentencePiece model type 'bpee'"):
        tokenizers.train_sentencepiece(corpus, tmp_path / "x", 60, "bpee")
    with pytest.raises(ValueError, match="training failed: .*[Vv]ocab"):
        tokenizers.train_sentencepiece(corpus, tmp_path / "x")


def test_absent_package_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sentencepiece", None)
    with pytest.raises(ImportError, match="pip install"):
        SentencePieceTokenizer("any.model")


# --- sequences ------------------------------------------------------------------------


def test_sequences_are_padded_and_cut_on_the_right() -> None:
    sequences = [torch.tensor([[5, 6, 7]]), [8], array("q", [1, 2, 3, 4, 5])]
    padded = tokenizers.pad_sequences(sequences, 4, 9)
    assert padded.dtype == torch.int64
    assert padded.tolist() == [[5, 6, 7, 9], [8, 9, 9, 9], [1, 2, 3, 4]]
    assert tokenizers.pad_sequences(sequences)[1].tolist() == [8, 0, 0, 0, 0]
    assert tokenizers.pad_sequences([[], [1]]).tolist() == [[0], [1]]


def test_mask_is_one_where_there_is_no_padding() -> None:
    padded = torch.tensor([[5, 0, 2], [0, 0, 1]])
    mask = tokenizers.attention_mask(padded)
    assert mask.dtype == torch.float32
    assert mask.tolist() == [[1, 0, 1], [0, 0, 1]]
    assert tokenizers.attention_mask([5, 9], 9).tolist() == [1, 0]


def test_padding_needs_a_list_of_sequences() -> None:
    with pytest.raises(ValueError, match="no sequences to pad"):
        tokenizers.pad_sequences([])
    with pytest.raises(TypeError, match="not a single one"):
        tokenizers.pad_sequences(torch.tensor([1, 2]))
