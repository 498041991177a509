"""Byte-pair tokenizers and chat templates: LispE's ``tiktoken_…`` functions."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import (
    BOOL,
    DICT,
    INTEGERS,
    LIST,
    Builtin,
    Fact,
    declare,
    declare_statement,
)
from lisptorch_compile.catalogue.yields import (
    A_TEXT,
    AN_INTEGER,
    AN_OBJECT,
    WHOLE_NUMBERS,
)

_TOKENIZERS = (
    declare(
        "tiktoken_create",
        "vocab, special_tokens=None, pattern=None",
        "bpe.create(vocab, special_tokens, pattern)",
        AN_OBJECT,
        "A byte-pair tokenizer from a vocabulary, a tokenizer.json or a rank file.",
    ),
    declare(
        "tiktoken_encode",
        "bpe_object: tokenizer, text",
        "bpe_object.encode(text)",
        WHOLE_NUMBERS,
        "The ids of a text; a special token in it is one id.",
    ),
    declare(
        "tiktoken_decode",
        "bpe_object: tokenizer, ids: list",
        "bpe_object.decode(ids)",
        A_TEXT,
        "The text of ids.",
    ),
    declare(
        "tiktoken_special_encode",
        "bpe_object: tokenizer, text",
        "bpe_object.special_encode(text)",
        AN_INTEGER,
        "The id of a special token, -1 for any other text.",
    ),
    declare(
        "tiktoken_vocab_size",
        "bpe_object: tokenizer",
        "bpe_object.vocab_size",
        AN_INTEGER,
        "How many tokens there are, without the special ones.",
    ),
    declare(
        "tiktoken_decode_bytes",
        "bpe_object: tokenizer, ids: list",
        "bpe_object.decode_bytes(ids)",
        WHOLE_NUMBERS,
        "The bytes of ids, as they are.",
    ),
    declare(
        "tiktoken_decode_single_token_bytes",
        "bpe_object: tokenizer, token",
        "bpe_object.decode_bytes(token)",
        WHOLE_NUMBERS,
        "The bytes of one id.",
    ),
    declare(
        "tiktoken_token_byte_values",
        "bpe_object: tokenizer",
        "bpe_object.token_byte_values()",
        Fact(LIST, INTEGERS),
        "The bytes of all tokens but the special ones, in the order of bytes.",
    ),
)

_METAS = (
    declare_statement(
        "tiktoken_set_space",
        "bpe_object: tokenizer, str",
        'bpe_object.add_meta(str, " ")',
        "Decode a character as a blank, in a vocabulary that is not byte by byte.",
    ),
    declare_statement(
        "tiktoken_add_meta",
        "bpe_object: tokenizer, meta_char, replacement",
        "bpe_object.add_meta(meta_char, replacement)",
        "Decode a character as another text, in a vocabulary that is not byte by byte.",
    ),
    declare_statement(
        "tiktoken_remove_meta",
        "bpe_object: tokenizer, meta_char",
        "bpe_object.remove_meta(meta_char)",
        "Decode a character as itself again.",
    ),
    declare(
        "tiktoken_list_meta",
        "bpe_object: tokenizer, metas=None",
        "bpe_object.list_metas(metas)",
        Fact(DICT | BOOL),
        "What is decoded as what, as a dictionary; with a dictionary, add to it.",
    ),
)

_TEXTS = (
    declare(
        "tiktoken_stream",
        "tokenizer: tokenizer",
        "bpe.Stream(tokenizer)",
        AN_OBJECT,
        "A decoder of ids as they come, that never cuts a character.",
    ),
    declare(
        "tiktoken_stream_push",
        "stream, token",
        "stream.push(token)",
        A_TEXT,
        "The characters that an id completes.",
    ),
    declare(
        "tiktoken_stream_end",
        "stream",
        "stream.end()",
        A_TEXT,
        "What is left at the end of a stream.",
    ),
    declare(
        "torch_hf_apply_chat_template",
        "path, messages: list, add_generation_prompt: flag=True",
        "chat.apply_template(path, messages, add_generation_prompt)",
        A_TEXT,
        "A conversation as the text that a model expects, by the template of its folder.",
    ),
)

BUILTINS: tuple[Builtin, ...] = (*_TOKENIZERS, *_METAS, *_TEXTS)
