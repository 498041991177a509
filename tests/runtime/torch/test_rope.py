"""Rotary embedding: the angles, their scaling, the rotation."""

from __future__ import annotations

import math
import warnings

import pytest
import torch
from torch import Tensor

from lisptorch_compile.runtime import layers, rope
from tests.runtime.torch.reference import assert_close


def test_tables_reference_numbers() -> None:
    cos, sin = rope.RotaryEmbedding(4)(3)
    second, third = [0.540302, 0.999950], [-0.416147, 0.999800]
    assert_close(cos, [1, 1, 1, 1, *second, *second, *third, *third])
    second, third = [0.841471, 0.00999983], [0.909297, 0.0199987]
    assert_close(sin, [0, 0, 0, 0, *second, *second, *third, *third])


def test_rotation_reference_numbers() -> None:
    cos, sin = rope.RotaryEmbedding(4)(3)
    x = torch.arange(1, 13).reshape(3, 4) / 10
    first, second = [0.1, 0.2, 0.3, 0.4], [-0.318879, 0.591970, 0.798947, 0.805960]
    third = [-1.37476, 0.975802, 0.360606, 1.21976]
    assert_close(rope.apply_rotary(x, cos, sin), [*first, *second, *third])


def test_wide_input_is_rotated_head_by_head() -> None:
    cos, sin = rope.RotaryEmbedding(4)(3)
    x = torch.arange(1, 25).reshape(1, 3, 8) / 10
    expected = [
        *(-0.439346, 0.987950, 1.35166, 1.20994),
        *(-0.559813, 1.38393, 1.90437, 1.61392),
    ]
    rotated = rope.apply_rotary(x, cos, sin)
    assert_close(rotated[0, 1], expected)
    heads = x.reshape(1, 3, 2, 4).transpose(1, 2)  # (B, H, T, D)
    by_heads = rope.apply_rotary(heads, cos, sin).transpose(1, 2)
    assert torch.equal(rotated, by_heads.reshape(1, 3, 8))


def test_llama3_scaling_reference_numbers() -> None:
    unscaled = rope.inverse_frequencies(16, 500000.0)
    tail = [0.00141421, 0.000274248, 5.31830e-05, 1.03134e-05]
    expected = [1, 0.193923, 0.0376060, 0.00729267, 0.000524846]
    expected += [3.42810e-05, 6.64787e-06, 1.28917e-06]
    # far below the usual absolute tolerance, so only the relative one counts
    torch.testing.assert_close(unscaled[4:], torch.tensor(tail), rtol=1e-5, atol=0)
    scaled = rope.llama3_scaling(8.0, 1.0, 4.0, 8192)(unscaled)
    torch.testing.assert_close(scaled, torch.tensor(expected), rtol=1e-5, atol=0)


def test_linear_scaling_divides_positions() -> None:
    plain = rope.RotaryEmbedding(8)
    stretched = rope.RotaryEmbedding(8, scaling=rope.linear_scaling(2.0))
    for table, wider in zip(plain(5), stretched(10), strict=True):
        torch.testing.assert_close(table, wider[::2])


def test_base_sets_the_slowest_pair() -> None:
    embedding = rope.RotaryEmbedding(8, base=500000.0)
    assert embedding.inv_freq[-1].item() == pytest.approx(500000 ** (-6 / 8))


def test_readme_rotary_embedding() -> None:
    embedding = rope.RotaryEmbedding(64, 8192)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # no Apple GPU in the tests
        cos, sin = [table.cpu() for table in embedding(128, "mps")]
    assert cos.shape == sin.shape == (128, 64)
    assert cos[0].eq(1).all()
    assert sin[0].eq(0).all()
    torch.testing.assert_close(cos**2 + sin**2, torch.ones(128, 64))
    query, key, value = torch.randn(3, 2, 4, 128, 64)
    rotated = [rope.apply_rotary(x, cos, sin) for x in (query, key)]
    assert [x.shape for x in rotated] == [query.shape] * 2
    assert torch.equal(rotated[0][:, :, 0], query[:, :, 0])
    torch.testing.assert_close(_pair_norms(rotated[0]), _pair_norms(query))
    output = layers.MultiHeadAttention(256, 8)(*rotated, value)
    assert output.shape == (2, 128, 256)


def _pair_norms(x: Tensor) -> Tensor:
    first, second = x.chunk(2, dim=-1)
    return torch.hypot(first, second)


def test_scores_depend_on_distances_only() -> None:
    cos, sin = rope.RotaryEmbedding(8)(20)
    query, key = torch.randn(8).expand(20, 8), torch.randn(8).expand(20, 8)
    scores = rope.apply_rotary(query, cos, sin) @ rope.apply_rotary(key, cos, sin).T
    torch.testing.assert_close(scores[5:, 5:], scores[:-5, :-5])


def test_longer_tables_than_the_sequence_are_cut() -> None:
    cos, sin = rope.RotaryEmbedding(8)(50)
    x = torch.randn(2, 3, 8)
    expected = rope.apply_rotary(x, cos[:3], sin[:3])
    assert torch.equal(rope.apply_rotary(x, cos, sin), expected)


def test_tables_grow_with_the_sequence() -> None:
    small, large = rope.RotaryEmbedding(8, 4), rope.RotaryEmbedding(8, 16)
    for grown, made in zip(small(16), large(16), strict=True):
        assert torch.equal(grown, made)


def test_far_positions_stay_close_to_double_precision() -> None:
    cos, _ = rope.RotaryEmbedding(64)(8192)
    rates = 10000.0 ** (-torch.arange(0, 64, 2, dtype=torch.float64) / 64)
    exact = (8191 * rates).cos()
    assert (cos[-1, :32] - exact).abs().max() < 1e-3


def test_tables_follow_the_module_and_stay_out_of_its_state() -> None:
    embedding = rope.RotaryEmbedding(8)
    assert embedding.state_dict() == {}
    assert {name for name, _ in embedding.named_buffers()} == {"inv_freq", "cos", "sin"}


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_rotation_keeps_the_dtype(dtype: torch.dtype) -> None:
    cos, sin = rope.RotaryEmbedding(8)(3)
    x = torch.randn(3, 8, dtype=torch.float64)
    exact = rope.apply_rotary(x, cos, sin)
    rotated = rope.apply_rotary(x.to(dtype), cos, sin)
    assert rotated.dtype == dtype
    torch.testing.assert_close(rotated.double(), exact, rtol=0, atol=0.05)


def test_rope_errors_name_both_numbers() -> None:
    cos, sin = rope.RotaryEmbedding(8)(4)
    with pytest.raises(ValueError, match=r"dim \(7\) must be even"):
        rope.RotaryEmbedding(7)
    with pytest.raises(ValueError, match=r"length \(5\) exceeds.*\(4\)"):
        rope.apply_rotary(torch.ones(5, 8), cos, sin)
    with pytest.raises(ValueError, match=r"\(12\) must be a multiple of dim \(8\)"):
        rope.apply_rotary(torch.ones(4, 12), cos, sin)
    with pytest.raises(ValueError, match=r"\(16\) must be a multiple of dim \(8\)"):
        rope.apply_rotary(torch.ones(1, 2, 4, 16), cos, sin)
    with pytest.raises(ValueError, match=r"high_freq_factor \(1.0\)"):
        rope.llama3_scaling(high_freq_factor=1.0)


def test_rotary_embedding_prints_its_sizes() -> None:
    expected = "PyTorch Rotary Embedding (dim=64, max_seq_len=8192)"
    assert str(rope.RotaryEmbedding(64)) == expected


def test_rotation_compiles_without_graph_breaks() -> None:
    embedding = rope.RotaryEmbedding(8)

    def rotated(x: Tensor) -> Tensor:
        return rope.apply_rotary(x, *embedding(5))

    x = torch.randn(2, 5, 16)
    compiled = torch.compile(rotated, fullgraph=True, backend="eager")
    torch.testing.assert_close(compiled(x), rotated(x))


def test_angles_are_positions_times_rates() -> None:
    _, sin = rope.RotaryEmbedding(2)(4)
    assert_close(sin[:, 0], [math.sin(position) for position in range(4)])
