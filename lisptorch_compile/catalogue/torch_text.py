"""Tokenizers, batches of token sequences, text generation.

Tokenizers and generators are objects of the runtime's ``tokenizers`` and ``generate``;
what LispE has as functions on them are their methods.
"""

from __future__ import annotations

from lisptorch_compile.catalogue.model import Builtin, declare, declare_overloads
from lisptorch_compile.catalogue.torch_yields import REAL_TENSOR, WHOLE_TENSOR
from lisptorch_compile.catalogue.yields import A_TEXT, AN_INTEGER, AN_OBJECT

_TOKENIZERS = (
    declare(
        "torch_simple_tokenizer",
        "",
        "tokenizers.SimpleTokenizer()",
        AN_OBJECT,
        "A tokenizer of words that learns its vocabulary from what it encodes.",
        aliases=("torch_tokenizer_create", "torch_tokenizer_simple_create"),
    ),
    declare(
        "torch_sentencepiece_tokenizer",
        "model_path",
        "tokenizers.SentencePieceTokenizer(model_path)",
        AN_OBJECT,
        "A tokenizer from a SentencePiece model file.",
        aliases=("torch_tokenizer_sentencepiece_create",),
    ),
    declare(
        "torch_train_sentencepiece",
        'input_file, model_prefix, vocab_size=8000, model_type="bpe"',
        "tokenizers.train_sentencepiece("
        "input_file, model_prefix, vocab_size, model_type)",
        A_TEXT,
        "Train a SentencePiece model on a text file; write PREFIX.model.",
        aliases=("torch_tokenizer_sentencepiece_train",),
    ),
    declare(
        "torch_encode",
        "tokenizer, text",
        "tokenizer.encode(text)",
        WHOLE_TENSOR,
        "The token ids of a text.",
        aliases=("torch_tokenizer_encode", "tokenizer_encode"),
    ),
    declare(
        "torch_decode",
        "tokenizer, token_ids: list",
        "tokenizer.decode(token_ids)",
        A_TEXT,
        "The text of token ids.",
        aliases=("torch_tokenizer_decode", "tokenizer_decode"),
    ),
    declare(
        "torch_vocab_size",
        "tokenizer",
        "tokenizer.vocab_size",
        AN_INTEGER,
        "How many tokens a tokenizer knows.",
        aliases=(
            "torch_tokenizer_get_vocab_size",
            "torch_tokenizer_vocab_size",
            "torch_vocabulary_size",
        ),
    ),
)

_SEQUENCES = (
    declare(
        "torch_pad_sequences",
        "sequences: list, max_length=None, pad_token=0",
        "tokenizers.pad_sequences(sequences, max_length, pad_token)",
        WHOLE_TENSOR,
        "Sequences of ids as rows of one length, cut or padded on the right.",
        aliases=("torch_pad_sequence",),
    ),
    declare_overloads(
        "torch_attention_mask",
        [
            ("sequences: tensor, pad_token=0", "(sequences != pad_token).float()"),
            (
                "sequences: list, pad_token=0",
                "tokenizers.attention_mask(sequences, pad_token)",
            ),
        ],
        REAL_TENSOR,
        "1.0 where an id is not the padding, 0.0 where it is.",
        aliases=("torch_create_attention_mask",),
    ),
)

_GENERATION = (
    declare_overloads(
        "torch_generator_create",
        [
            # a quoted name may be the function that gives the logits
            ("model: function, device=None", "generate.Generator(model, device)"),
            ("model, device=None", "generate.Generator(model, device)"),
        ],
        AN_OBJECT,
        "A generator of token sequences from a model or a function.",
    ),
    declare(
        "torch_generator_config",
        "generator, config: options",
        "generator.configure(config)",
        A_TEXT,
        "Set a generator's options from a dictionary or pairs.",
        aliases=("torch_generator_configure",),
    ),
    declare(
        "torch_set_generation_params",
        "generator, max_length=None, temperature=None, top_k=None, top_p=None",
        "generator.set_params(max_length, temperature, top_k, top_p)",
        A_TEXT,
        "Set a generator's common options; nil leaves one as it is.",
    ),
    declare(
        "torch_generate",
        "generator, input_ids: list, strategy=None",
        "generator.generate(input_ids, strategy)",
        WHOLE_TENSOR,
        "The prompt with new tokens behind it.",
        aliases=("torch_generator_generate",),
    ),
    declare(
        "torch_generator_greedy",
        "generator, input_ids: list, max_length=None",
        "generator.greedy(input_ids, max_length)",
        WHOLE_TENSOR,
        "Generate once with the likeliest token at each step.",
    ),
    declare(
        "torch_generator_top_k",
        "generator, input_ids: list, max_length=None, k=None, temperature=None",
        "generator.top_k(input_ids, max_length, k, temperature)",
        WHOLE_TENSOR,
        "Generate once by drawing from the k likeliest tokens.",
    ),
    declare(
        "torch_generator_top_p",
        "generator, input_ids: list, max_length=None, p=None, temperature=None",
        "generator.top_p(input_ids, max_length, p, temperature)",
        WHOLE_TENSOR,
        "Generate once by drawing from the likeliest tokens that make up p.",
    ),
    declare(
        "torch_generator_beam_search",
        "generator, input_ids: list, max_length=None, num_beams=None",
        "generator.beam_search(input_ids, max_length, num_beams)",
        WHOLE_TENSOR,
        "Generate once by following the likeliest sequences.",
    ),
    declare(
        "torch_generator_set_device",
        "generator, device",
        "generator.to(device)",
        AN_OBJECT,
        "Move a generator's model to a device; the generator.",
    ),
)

BUILTINS: tuple[Builtin, ...] = (*_TOKENIZERS, *_SEQUENCES, *_GENERATION)
