"""The modules LispE has and torch has not, or has with other conventions."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lisptorch_compile.runtime import attention, kinds, layers, rope
from lisptorch_compile.runtime.symbols import Symbol
from tests.runtime.torch.reference import assert_close, ramp, zig

X = 10 * ramp(1, 3, 4)


def reference_attention() -> layers.MultiHeadAttention:
    """Attention 4 with 2 heads and the reference weights."""
    module = layers.MultiHeadAttention(4, 2)
    module.load_state_dict(attention_state())
    return module


def attention_state(prefix: str = "") -> dict[str, Tensor]:
    return {
        f"{prefix}in_proj_weight": zig(12, 4),
        f"{prefix}in_proj_bias": ramp(12),
        f"{prefix}out_proj.weight": zig(4, 4),
        f"{prefix}out_proj.bias": ramp(4),
    }


# --- the multi-layer perceptron -------------------------------------------------------------


def test_mlp_is_three_layers_with_relu() -> None:
    model, x = layers.MLP(4, 3, 2), torch.randn(5, 4)
    hidden = F.relu(model.fc2(F.relu(model.fc1(x))))
    assert torch.equal(model(x), model.fc3(hidden))
    assert [name for name, _ in model.named_parameters()] == [
        *("fc1.weight", "fc1.bias"),
        *("fc2.weight", "fc2.bias"),
        *("fc3.weight", "fc3.bias"),
    ]


def test_mlp_takes_one_sample_and_doubles() -> None:
    model = layers.MLP(4, 3, 2)
    sample = torch.tensor([1.0, 2.0, 3.0, 4.0])
    assert model(sample).shape == (2,)
    assert torch.equal(model(sample.double()), model(sample))
    assert model.half()(sample).dtype == torch.float16


def test_quantized_mlp_still_casts() -> None:
    model = layers.MLP(4, 8, 2)
    model.fc1 = nn.Identity()  # type: ignore[assignment]  # stands for a quantized layer
    model.fc2 = nn.Identity()  # type: ignore[assignment]
    model.fc3 = nn.Identity()  # type: ignore[assignment]
    assert model(torch.ones(4, dtype=torch.float64)).dtype == torch.float32


# --- multi-head attention -------------------------------------------------------------------


def test_attention_reference_numbers() -> None:
    first = [0.319597, -0.140265, 0.121518, -0.0743438]
    second = [0.319464, -0.140367, 0.121313, -0.0745188]
    third = [0.319332, -0.140470, 0.121108, -0.0746937]
    expected = [*first, *second, *third]
    assert_close(reference_attention()(X), expected)
    assert_close(reference_attention()(X, X.clone(), X.clone()), expected)
    assert_close(reference_attention()(X[0]), expected)


@pytest.mark.parametrize(
    "mask",
    [
        torch.tensor([[1, 1, 0]]),
        torch.tensor([[1.0, 1.0, 0.0]]),
        torch.tensor([1, 1, 0]),
        torch.tensor([[True, True, False]]),
        torch.tensor([[1, 1, 0]]).expand(1, 3, 3),
        torch.tensor([[1, 1, 0]]).expand(2, 3, 3),
        torch.tensor([[1, 1, 0]]).expand(1, 2, 3, 3),
        [[1, 1, 0]],
    ],
)
def test_padding_reference_numbers(mask: Tensor) -> None:
    first = [0.224474, -0.0707242, 0.0284442, -0.00275394]
    second = [0.224424, -0.0707627, 0.0283673, -0.00281956]
    third = [0.224374, -0.0708012, 0.0282904, -0.00288516]
    expected = [*first, *second, *third]
    assert_close(reference_attention()(X, mask=mask), expected)
    assert_close(reference_attention()(X, X, X, mask), expected)


def test_causal_reference_numbers() -> None:
    first = [0.129, -0.001, -0.065, 0.069]
    second = [0.224424, -0.0707627, 0.0283673, -0.00281955]
    third = [0.319332, -0.140470, 0.121108, -0.0746937]
    expected = [*first, *second, *third]
    assert_close(reference_attention()(X, is_causal=True), expected)
    assert_close(reference_attention()(X, mask=torch.ones(3, 3).tril()), expected)


def test_state_dict_goes_both_ways_to_torchs_attention() -> None:
    ours, x = layers.MultiHeadAttention(8, 2), torch.randn(2, 5, 8)
    torchs = nn.MultiheadAttention(8, 2, batch_first=True)
    ours.load_state_dict(torchs.state_dict())
    padding = torch.tensor([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]])
    expected, _ = torchs(x, x, x, key_padding_mask=padding == 0)
    torch.testing.assert_close(ours(x, mask=padding), expected)
    torchs.load_state_dict(ours.state_dict())


def test_keys_of_another_length_and_source() -> None:
    ours, torchs = layers.MultiHeadAttention(8, 2), nn.MultiheadAttention(8, 2)
    torchs.load_state_dict(ours.state_dict())
    query, key, value = torch.randn(3, 8), torch.randn(5, 8), torch.randn(5, 8)
    expected, _ = torchs(query, key, value)
    torch.testing.assert_close(ours(query, key, value), expected)


def test_one_padding_holds_for_the_whole_batch() -> None:
    module, x = layers.MultiHeadAttention(8, 2), torch.randn(4, 3, 8)
    expected = module(x, mask=torch.tensor([1, 1, 0]).expand(4, 3))
    assert torch.equal(module(x, mask=torch.tensor([[1, 1, 0]])), expected)
    assert torch.equal(module(x, mask=torch.tensor([1, 1, 0])), expected)


def test_square_batch_takes_a_matrix_for_padding() -> None:
    module, x = layers.MultiHeadAttention(8, 2), torch.randn(3, 3, 8)
    padding = torch.tensor([[1, 1, 0], [1, 1, 1], [1, 0, 0]])
    result = module(x, mask=padding)
    alone = module(x[2:], mask=padding[2:])
    torch.testing.assert_close(result[2:], alone)


def test_merged_heads_of_the_readme() -> None:
    module = layers.MultiHeadAttention(256, 8)
    query, key, value = torch.randn(3, 2, 4, 16, 64)
    output = module(query, key, value)
    assert output.shape == (2, 16, 256)
    merged = [x.transpose(1, 2).reshape(2, 16, 256) for x in (query, key, value)]
    torch.testing.assert_close(output, module(*merged))
    torch.testing.assert_close(output, module(query, key, merged[2]))


def test_sequence_of_padding_gives_the_output_bias() -> None:
    module = reference_attention()
    result = module(X, mask=torch.zeros(1, 3))
    assert_close(result, ramp(4).expand(1, 3, 4))


def test_attention_errors_name_both_numbers() -> None:
    with pytest.raises(ValueError, match=r"embed_dim \(10\).*num_heads \(4\)"):
        layers.MultiHeadAttention(10, 4)
    with pytest.raises(ValueError, match=r"\[1, 3, 6\] does not fit embed_dim \(4\)"):
        reference_attention()(torch.ones(1, 3, 6))
    with pytest.raises(ValueError, match=r"mask of shape \[2, 5\].*\[1, 3\]"):
        reference_attention()(X, mask=torch.ones(2, 5))


def test_heads_are_trained_from_torchs_initial_weights() -> None:
    module = layers.MultiHeadAttention(64, 4)
    bound = math.sqrt(6 / (64 + 3 * 64))
    assert module.in_proj_weight.abs().max() <= bound
    assert not module.in_proj_bias.any()
    assert not module.out_proj.bias.any()


# --- transformer block ----------------------------------------------------------------------


def test_block_reference_numbers() -> None:
    block = layers.TransformerBlock(4, 2, 8)
    state = {
        **attention_state("self_attention."),
        "ffn1.weight": zig(8, 4),
        "ffn1.bias": ramp(8),
        "ffn2.weight": zig(4, 8),
        "ffn2.bias": ramp(4),
    }
    block.load_state_dict(block.state_dict() | state)
    first = [0.984886, -1.65561, 0.514219, 0.156509]
    second = [0.985047, -1.65557, 0.514073, 0.156449]
    third = [0.985208, -1.65552, 0.513927, 0.156389]
    assert_close(block(X), [*first, *second, *third])
    assert_close(block(X[0]), [*first, *second, *third])


def test_block_equals_torchs_encoder_layer() -> None:
    block = layers.TransformerBlock(8, 2, 16)
    encoder = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=True)
    names = {"self_attn": "self_attention", "linear1": "ffn1", "linear2": "ffn2"}
    state = {
        ".".join([names.get(part, part) for part in name.split(".")]): value
        for name, value in encoder.state_dict().items()
    }
    block.load_state_dict(state)
    x, mask = torch.randn(2, 5, 8), torch.tensor([[1, 1, 1, 1, 0], [1, 1, 0, 0, 0]])
    expected = encoder(x, src_key_padding_mask=mask == 0)
    torch.testing.assert_close(block(x, mask), expected)
    torch.testing.assert_close(block(x.double()), block(x))


def test_readme_block_has_the_parameters_of_llama() -> None:
    with torch.device("meta"):
        block = layers.TransformerBlock(4096, 32, 11008)
    assert sum(p.numel() for p in block.parameters()) == 157_334_272


# --- positions ------------------------------------------------------------------------------


def test_positional_reference_numbers() -> None:
    rows = [
        *(0, 1, 0, 1, 0, 1),
        *(0.841471, 0.540302, 0.0463992, 0.998923, 0.00215443, 0.999998),
        *(0.909297, -0.416147, 0.0926985, 0.995694, 0.00430886, 0.999991),
    ]
    encoding = layers.PositionalEncoding(6)
    assert_close(encoding(torch.zeros(3, 6)), rows)
    assert_close(encoding(torch.ones(2, 3, 6))[1], [row + 1 for row in rows])
    assert encoding.pe.shape == (5000, 1, 6)
    assert list(encoding.parameters()) == []


def test_positions_keep_the_dtype_of_the_input() -> None:
    encoding = layers.PositionalEncoding(6, 10)
    for dtype in (torch.float16, torch.float64):
        assert encoding(torch.ones(3, 6, dtype=dtype)).dtype == dtype


def test_odd_size_ends_with_a_sine() -> None:
    row = layers.PositionalEncoding(5, 2)(torch.zeros(2, 5))[1]
    angles = [10000 ** (-i / 5) for i in (0, 2, 4)]
    waves = [wave(angle) for angle in angles for wave in (math.sin, math.cos)]
    assert_close(row, waves[:5])


def test_positional_errors_name_both_numbers() -> None:
    encoding = layers.PositionalEncoding(6, 4)
    with pytest.raises(ValueError, match=r"length \(5\) exceeds max_len \(4\)"):
        encoding(torch.zeros(5, 6))
    with pytest.raises(ValueError, match=r"does not fit d_model \(6\)"):
        encoding(torch.zeros(2, 3))


def test_readme_transformer_pipeline() -> None:
    tokens = torch.tensor([2, 4, 5, 6, 3])
    embedded = nn.Embedding(7, 128)(tokens)
    positioned = layers.PositionalEncoding(128, 10)(embedded)
    attended = layers.MultiHeadAttention(128, 4)(positioned)
    output = nn.LayerNorm([128])(attended)
    table = positioned - embedded
    assert [x.shape for x in (embedded, positioned, attended, output)] == [(5, 128)] * 4
    torch.testing.assert_close(
        table[0], torch.tensor([0.0, 1.0] * 64), atol=1e-6, rtol=0
    )
    assert output.mean(-1).abs().max() < 1e-6
    assert (output.var(-1, correction=0) - 1).abs().max() < 1e-3


def test_layer_norm_reference_numbers() -> None:
    x = torch.tensor([[1.0, 2, 4], [-1, 0, 0.5]])
    normed = [-1.06904, -0.267260, 1.33630, -1.33629, 0.267258, 1.06903]
    assert_close(nn.LayerNorm([3])(x), normed)
    scaled = [0.377964, 0.755929, 1.51186, -1.54919, 0, 0.774596]
    weight = torch.ones(3)
    assert_close(F.rms_norm(x, weight.shape, weight, 1e-6), scaled)


# --- checkpointing --------------------------------------------------------------------------


def test_checkpointing_changes_neither_values_nor_gradients() -> None:
    model = layers.MLP(4, 8, 2)
    wrapped, x = layers.Checkpointed(model), torch.randn(3, 4)
    plain = wrapped(x)
    plain.sum().backward()
    gradients = [p.grad.clone() for p in model.parameters() if p.grad is not None]
    model.zero_grad()
    assert wrapped.enable() is True
    recomputed = wrapped(x)
    recomputed.sum().backward()
    assert torch.equal(recomputed, plain)
    again = [p.grad for p in model.parameters() if p.grad is not None]
    assert len(gradients) == 6
    for before, after in zip(gradients, again, strict=True):
        assert torch.equal(before, after)


def test_checkpointing_runs_the_module_twice_only_when_enabled() -> None:
    calls = []
    module = nn.Linear(2, 2)
    module.register_forward_pre_hook(lambda *_: calls.append(1))
    wrapped, x = layers.Checkpointed(module), torch.ones(2)
    wrapped(x).sum().backward()
    assert len(calls) == 1
    wrapped.enable()
    wrapped(x).sum().backward()
    assert len(calls) == 3
    wrapped.disable()
    wrapped(x).sum().backward()
    assert len(calls) == 4


def test_only_modules_can_be_checkpointed() -> None:
    with pytest.raises(TypeError, match="needs a model, not the number 3"):
        layers.Checkpointed(3)  # type: ignore[arg-type]  # a script may do it


# --- printing and compiling -----------------------------------------------------------------


def test_modules_print_as_in_lispe() -> None:
    checkpointed = layers.Checkpointed(nn.Linear(1, 1))
    state = "PyTorch Checkpointed Module (checkpointing {})"
    assert str(layers.MLP(1, 1, 1)) == "PyTorch Model"
    assert str(layers.MultiHeadAttention(4, 2)) == "PyTorch Multi-Head Attention"
    assert str(layers.TransformerBlock(4, 2, 8)) == "PyTorch Transformer Block"
    assert str(layers.PositionalEncoding(4, 2)) == "PyTorch Positional Encoding"
    assert str(checkpointed) == state.format("disabled")
    checkpointed.enable()
    assert str(checkpointed) == state.format("enabled")
    assert repr(layers.MLP(1, 1, 1)).startswith("MLP(\n  (fc1): Linear(")


@pytest.mark.parametrize(
    "module",
    [
        layers.MLP(8, 4, 2),
        layers.MultiHeadAttention(8, 2),
        layers.TransformerBlock(8, 2, 16),
        layers.PositionalEncoding(8, 10),
    ],
    ids=str,
)
def test_forward_compiles_without_graph_breaks(module: nn.Module) -> None:
    x = torch.randn(2, 5, 8)
    compiled = torch.compile(module, fullgraph=True, backend="eager")
    torch.testing.assert_close(compiled(x), module(x))


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (layers.MLP(1, 1, 1), "torch_model_"),
        (layers.MultiHeadAttention(4, 2), "torch_attention_"),
        (layers.TransformerBlock(4, 2, 8), "torch_transformer_block_"),
        (layers.PositionalEncoding(4, 2), "torch_positional_encoding_"),
        (layers.Checkpointed(nn.Linear(1, 1)), "torch_checkpointed_module_"),
        (attention.FlashAttention(4, 2), "torch_flash_attention_"),
        (rope.RotaryEmbedding(4), "torch_rotary_embedding_"),
    ],
)
def test_type_of_a_module_is_its_atom(module: nn.Module, name: str) -> None:
    assert kinds.type_of(module) is Symbol(name)
