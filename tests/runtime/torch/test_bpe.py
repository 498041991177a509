"""Byte-pair tokenizers against tiktoken and the package tokenizers; chat templates."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisptorch_compile.runtime import bpe, chat
from lisptorch_compile.runtime.bpe import GPT2_PATTERN, BytePairTokenizer
from lisptorch_compile.runtime.errors import LispError

TEXTS = [
    "the cat sat on the mat",
    "The the THE  then, another's — naïve café",
    "日本語 and 😀 emoji 👩‍👩‍👧",
    "tabs\tand\nnew\n\nlines   ",
    "",
]


@pytest.fixture(scope="module")
def json_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Train a small byte-level tokenizer and write its ``tokenizer.json``."""
    tokenizers = pytest.importorskip("tokenizers")
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE())
    split = tokenizers.pre_tokenizers.Split(tokenizers.Regex(GPT2_PATTERN), "isolated")
    level = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Sequence([split, level])
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    alphabet = tokenizers.pre_tokenizers.ByteLevel.alphabet()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=400, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(TEXTS * 5, trainer)
    tokenizer.add_special_tokens(["<|end|>", "<|end|>er"])
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    tokenizer.save(str(path))
    return path


@pytest.fixture(scope="module")
def content(json_file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json_file.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def made(content: dict[str, Any]) -> BytePairTokenizer:
    """Make a tokenizer the way scripts do, from the parts of the file."""
    pattern = content["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"]
    tokenizer = bpe.create(content["model"]["vocab"], content["added_tokens"], pattern)
    assert isinstance(tokenizer, BytePairTokenizer)
    return tokenizer


@pytest.fixture(scope="module")
def reference(made: BytePairTokenizer) -> Any:
    tiktoken = pytest.importorskip("tiktoken")
    return tiktoken.Encoding(
        "ours",
        pat_str=GPT2_PATTERN,
        mergeable_ranks=made.ranks,
        special_tokens=made.special_tokens,
    )


@pytest.mark.parametrize("text", TEXTS)
def test_ids_are_those_of_tiktoken(
    made: BytePairTokenizer, reference: Any, text: str
) -> None:
    assert list(made.encode(text)) == reference.encode(text)


@given(st.text(max_size=40))
def test_any_text_survives(made: BytePairTokenizer, text: str) -> None:
    assert made.decode(made.encode(text)) == text


@given(st.text(max_size=40))
def test_any_text_has_the_ids_of_tiktoken(
    made: BytePairTokenizer, reference: Any, text: str
) -> None:
    assert list(made.encode(text)) == reference.encode(text)


@pytest.mark.parametrize("text", TEXTS)
def test_ids_of_a_file_are_those_of_the_library(json_file: Path, text: str) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    ours = bpe.create(json_file.parent)
    theirs = tokenizers.Tokenizer.from_file(str(json_file)).encode(text).ids
    assert list(ours.encode(text)) == theirs
    assert ours.decode(theirs) == text
    assert ours.to_bytes(theirs) == text.encode()


def test_special_tokens_are_matched_first_and_the_longest(
    made: BytePairTokenizer, content: dict[str, Any]
) -> None:
    ids = {token["content"]: token["id"] for token in content["added_tokens"]}
    assert list(made.encode("<|end|>er<|end|>")) == [ids["<|end|>er"], ids["<|end|>"]]
    assert made.special_encode("<|end|>") == ids["<|end|>"]
    assert made.special_encode("end") == -1
    assert made.decode([ids["<|end|>"]]) == "<|end|>"
    assert made.vocab_size == len(content["model"]["vocab"])


def test_rank_file_is_read(made: BytePairTokenizer, tmp_path: Path) -> None:
    path = tmp_path / "ranks.tiktoken"
    lines = [f"{base64.b64encode(t).decode()} {i}" for t, i in made.ranks.items()]
    path.write_text("\n".join(lines))
    tokenizer = bpe.create(str(path), {"<|end|>": 1000})
    assert list(tokenizer.encode(TEXTS[1])) == list(made.encode(TEXTS[1]))
    assert list(tokenizer.encode("<|end|>")) == [1000]
    path.write_text("no base64!\n")
    with pytest.raises(LispError, match="line 1"):
        bpe.create(path)


def test_bytes_of_tokens(made: BytePairTokenizer) -> None:
    ids = made.encode("né")
    assert made.to_bytes(ids) == "né".encode()
    assert list(made.decode_bytes(ids)) == list("né".encode())
    values = made.token_byte_values()
    assert len(values) == made.vocab_size
    assert [bytes(list(v)) for v in values] == sorted(made.ranks)


def test_unknown_ids_are_named(made: BytePairTokenizer) -> None:
    with pytest.raises(LispError, match="Unknown token in decode: 99999"):
        made.decode([99999])
    with pytest.raises(LispError, match="Token 99999 not found in decoder"):
        made.decode_bytes([99999])


def test_stream_never_cuts_a_character(made: BytePairTokenizer) -> None:
    text = "☃ 日本語 😎"
    stream = bpe.Stream(made)
    pieces = [stream.push(index) for index in made.encode(text)]
    assert "".join([*pieces, stream.end()]) == text
    assert "\N{REPLACEMENT CHARACTER}" not in "".join(pieces)
    assert "" in pieces  # some id ended within a character
    half = bpe.Stream(made)
    half.push(made.encode("😎")[0])
    assert half.end() == "\N{REPLACEMENT CHARACTER}"


def test_other_vocabularies_have_characters_for_blanks() -> None:
    # 日 is no character of the byte-level table, so the keys are plain texts
    vocabulary = {"Ġ": 0, "a": 1, "b": 2, "日": 3, "Ġa": 4, "Ċ": 5}
    tokenizer = bpe.create(vocabulary, None, r"\s?\S+|\s+")
    assert isinstance(tokenizer, BytePairTokenizer)
    ids = tokenizer.encode("b a日")
    assert list(ids) == [2, 4, 3]
    assert tokenizer.decode(ids) == "b a日"
    tokenizer.add_meta("日", "sun")
    assert tokenizer.decode(ids) == "b asun"
    tokenizer.remove_meta("日")
    tokenizer.remove_meta("日")
    assert tokenizer.decode(ids) == "b a日"
    assert tokenizer.list_metas({"b": "B"}) is True
    metas = tokenizer.list_metas()
    assert isinstance(metas, dict)
    assert metas["b"] == "B"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((3, None, "x"), "Wrong vocabulary format for tiktoken"),
        (({"a": "b"},), "Wrong vocabulary format for tiktoken"),
        (({"a": 1}, [3]), "Wrong special tokens format for tiktoken"),
        (({"a": 1}, [{"id": 3}]), "Wrong special tokens format for tiktoken"),
        (({"a": 1}, None, "("), "wrong pattern for tiktoken"),
    ],
)
def test_what_is_no_tokenizer_is_refused(
    arguments: tuple[Any, ...], message: str
) -> None:
    with pytest.raises(LispError, match=message):
        bpe.create(*arguments)


def test_missing_and_damaged_files_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("tokenizers")
    with pytest.raises(FileNotFoundError, match="no tokenizer at"):
        bpe.create(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(LispError, match="is no tokenizer"):
        bpe.create(tmp_path)
    with pytest.raises(LispError, match="expecting a `tiktoken_' type"):
        bpe.checked("text")


# --- chat templates ---------------------------------------------------------------------

TEMPLATE = (
    "{{ bos_token }}{% for m in messages %}<|{{ m.role }}|>{{ m.content }}\n"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pytest.importorskip("jinja2")
    settings = {"chat_template": TEMPLATE, "bos_token": {"content": "<s>"}}
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(settings))
    return tmp_path


def test_template_of_a_folder(folder: Path) -> None:
    messages = [{"role": "user", "content": "Hi"}, ("assistant", "Hello")]
    text = "<s><|user|>Hi\n<|assistant|>Hello\n"
    assert chat.apply_template(folder, messages) == f"{text}<|assistant|>"
    assert chat.apply_template(folder, messages, False) == text


def test_template_file_of_its_own_comes_first(folder: Path) -> None:
    (folder / "chat_template.jinja").write_text("{{ messages[0].content }}")
    assert chat.apply_template(folder, [("user", "Hi")]) == "Hi"


def test_named_templates_have_a_default(folder: Path) -> None:
    named = [{"name": "default", "template": "{{ messages | length }}"}]
    settings = {"chat_template": named}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    assert chat.apply_template(folder, [("user", "Hi")]) == "1"


def test_template_refuses_and_cannot_leave_its_sandbox(folder: Path) -> None:
    with pytest.raises(LispError, match="roles must alternate"):
        chat.apply_template("{{ raise_exception('roles must alternate') }}", [])
    escape = "{{ ''.__class__.__mro__[1].__subclasses__() }}"
    with pytest.raises(LispError, match=r"unsafe|access"):
        chat.apply_template(escape, [])


def test_templates_say_what_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("jinja2", "jinja2.sandbox"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match=r"lisptorch-compile\[hf\]"):
        chat.apply_template("{{ messages }}", [])


def test_folder_without_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no chat template in"):
        chat.apply_template(tmp_path, [])


def test_templates_equal_those_of_transformers(folder: Path, json_file: Path) -> None:
    transformers = pytest.importorskip("transformers")
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(json_file), bos_token="<s>", chat_template=TEMPLATE
    )
    messages = [{"role": "user", "content": "Hi"}]
    theirs = tokenizer.apply_chat_template(
        messages, tokenize=False, add_generation_prompt=True
    )
    assert chat.apply_template(folder, messages) == theirs
