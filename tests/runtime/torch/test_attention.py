"""Attention against reference numbers, torch's own modules and its laws."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from lisptorch_compile.runtime import attention
from lisptorch_compile.runtime.attention import FlashAttention, scaled_dot_product
from tests.runtime.torch.reference import assert_close, ramp, zig

QUERY, KEY, VALUE = zig(1, 3, 4), zig(1, 3, 4, offset=1), ramp(1, 3, 4)

# --- scaled dot product ---------------------------------------------------------------------


def test_causal_reference_numbers() -> None:
    result = scaled_dot_product(QUERY, KEY, VALUE, is_causal=True)
    first = [0, 0.01, 0.02, 0.03]
    second = [0.0178582, 0.0278582, 0.0378582, 0.0478582]
    third = [0.0402359, 0.0502359, 0.0602359, 0.0702359]
    assert_close(result, [*first, *second, *third])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [0.0414388, 0.0371050, 0.0402359]),
        ({"mask": [1, 0, 1]}, [0.0421978, 0.0358154, 0.0404000]),
        ({"mask": torch.tensor([1.0, 0, 1])}, [0.0421978, 0.0358154, 0.0404000]),
        ({"mask": [True, None, True]}, [0.0421978, 0.0358154, 0.0404000]),
        ({"scale": 1.0}, [0.0428186, 0.0340551, 0.0404066]),
        ({"scale": [1.0]}, [0.0428186, 0.0340551, 0.0404066]),
        ({"scale": torch.tensor([1.0])}, [0.0428186, 0.0340551, 0.0404066]),
    ],
)
def test_mask_and_scale_reference_numbers(
    options: dict[str, Any], expected: list[float]
) -> None:
    assert_close(scaled_dot_product(QUERY, KEY, VALUE, **options)[..., 0], expected)


def test_without_options_it_is_torchs_function() -> None:
    expected = F.scaled_dot_product_attention(QUERY, KEY, VALUE)
    assert torch.equal(scaled_dot_product(QUERY, KEY, VALUE), expected)


def test_mask_of_ones_is_no_mask() -> None:
    expected = scaled_dot_product(QUERY, KEY, VALUE)
    for mask in (torch.ones(3, 3), torch.ones(3, 3, dtype=torch.int64)):
        assert_close(scaled_dot_product(QUERY, KEY, VALUE, mask), expected)


def test_other_real_masks_are_added_to_the_scores() -> None:
    bias = torch.tensor([[0.0, -1.0, 0.5]], dtype=torch.float64)
    expected = F.scaled_dot_product_attention(QUERY, KEY, VALUE, bias.float())
    assert_close(scaled_dot_product(QUERY, KEY, VALUE, bias), expected)


def test_learned_bias_gets_its_gradient() -> None:
    bias = torch.randn(3, 3, requires_grad=True)
    scaled_dot_product(QUERY, KEY, VALUE, bias).sum().backward()
    copy = bias.detach().clone().requires_grad_()
    F.scaled_dot_product_attention(QUERY, KEY, VALUE, copy).sum().backward()
    assert bias.grad is not None
    assert copy.grad is not None
    assert_close(bias.grad, copy.grad)


@pytest.mark.parametrize(
    "mask", [torch.tensor([1.0, 0, 1]), torch.tensor([1, 0, 1]), zig(3, 3)]
)
def test_mask_and_causality_combine(mask: Tensor) -> None:
    result = scaled_dot_product(QUERY, KEY, VALUE, mask, is_causal=True)
    past = torch.ones(3, 3).tril().bool()
    scores = QUERY @ KEY.mT / 2
    if mask.dim() == 1:
        scores = scores.masked_fill(mask == 0, -torch.inf)
    else:
        scores = scores + mask
    scores = scores.masked_fill(~past, -torch.inf)
    assert_close(result, scores.softmax(-1) @ VALUE)


def test_query_that_may_see_nothing_yields_zeros() -> None:
    mask = torch.tensor([[1.0, 1, 1], [0, 0, 0], [1, 0, 0]])
    result = scaled_dot_product(QUERY, KEY, VALUE, mask)
    assert result[0, 1].tolist() == [0, 0, 0, 0]
    assert result.isfinite().all()


def test_grouped_heads_equal_repeated_ones() -> None:
    query, key, value = torch.randn(2, 4, 3, 8), *torch.randn(2, 2, 2, 5, 8)
    repeated = [x.repeat_interleave(2, dim=1) for x in (key, value)]
    expected = F.scaled_dot_product_attention(query, *repeated)
    torch.testing.assert_close(scaled_dot_product(query, key, value), expected)


def test_heads_that_do_not_divide_are_an_error() -> None:
    query, key = torch.randn(1, 4, 3, 8), torch.randn(1, 3, 3, 8)
    with pytest.raises(ValueError, match=r"query heads \(4\).*key heads \(3\)"):
        scaled_dot_product(query, key, key)


@pytest.mark.parametrize("probability", [-0.1, 1.5])
def test_dropout_outside_its_range_is_an_error(probability: float) -> None:
    with pytest.raises(ValueError, match=rf"dropout_p \({probability}\)"):
        scaled_dot_product(QUERY, KEY, VALUE, dropout_p=probability)


def test_dropout_of_all_weights_leaves_zeros() -> None:
    assert not scaled_dot_product(QUERY, KEY, VALUE, dropout_p=1.0).any()


def test_later_tokens_do_not_change_earlier_outputs() -> None:
    x = torch.randn(1, 2, 6, 8)
    changed = x.clone()
    changed[..., 4:, :] += 1
    before, after = [scaled_dot_product(t, t, t, is_causal=True) for t in (x, changed)]
    assert torch.equal(before[..., :4, :], after[..., :4, :])
    assert not torch.equal(before[..., 4:, :], after[..., 4:, :])


# --- the flash module -----------------------------------------------------------------------


def reference_module() -> FlashAttention:
    """Attention 4 with 2 heads and the reference weights."""
    module = FlashAttention(4, 2)
    weights, biases = zig(12, 4).chunk(3), ramp(12).chunk(3)
    state = {"out_proj.weight": zig(4, 4), "out_proj.bias": ramp(4)}
    for name, weight, bias in zip("qkv", weights, biases, strict=True):
        state |= {f"{name}_proj.weight": weight, f"{name}_proj.bias": bias}
    module.load_state_dict(state)
    return module


def test_flash_module_reference_numbers() -> None:
    x = 10 * ramp(1, 3, 4)
    first = [0.319597, -0.140265, 0.121518, -0.0743438]
    second = [0.319464, -0.140367, 0.121313, -0.0745188]
    third = [0.319332, -0.140470, 0.121108, -0.0746937]
    assert_close(reference_module()(x, x, x), [*first, *second, *third])
    assert_close(reference_module()(x[0]), [*first, *second, *third])


def test_flash_module_causal_reference_numbers() -> None:
    x = 10 * ramp(1, 3, 4)
    first = [0.129, -0.001, -0.065, 0.069]
    second = [0.224424, -0.0707627, 0.0283673, -0.00281955]
    third = [0.319332, -0.140470, 0.121108, -0.0746937]
    assert_close(reference_module()(x, is_causal=True), [*first, *second, *third])
    causal = torch.ones(3, 3).tril()
    assert_close(reference_module()(x, mask=causal), [*first, *second, *third])


def test_readme_flash_attention() -> None:
    module = FlashAttention(256, 8, 0.1, True)
    query, key = torch.zeros(2, 32, 256), torch.zeros(2, 32, 256)
    value, mask = torch.ones(2, 32, 256), torch.ones(2, 8, 32, 32)
    outputs = [
        module(query, key, value),
        module(query, key, value, mask),
        module(query, key, value, dropout=0.2, training=True),
    ]
    for output in outputs:
        assert output.shape == (2, 32, 256)
        assert output.dtype == torch.float32
        assert output.isfinite().all()
    module.eval()
    plain = module(query, key, value)
    assert_close(plain, plain[:, :1].expand_as(plain))  # uniform weights over ones
    assert_close(module(query, key, value, mask), plain)
    direct = F.scaled_dot_product_attention(query, key, value)
    assert_close(direct, torch.ones(2, 32, 256))


def test_dropout_acts_in_training_only() -> None:
    module, x = FlashAttention(8, 2, 0.5), torch.randn(1, 6, 8)
    assert not torch.equal(module(x), module(x))
    assert torch.equal(module(x, training=False), module(x, training=False))
    module.eval()
    assert torch.equal(module(x), module(x))
    assert torch.equal(module(x, dropout=0.9), module(x))
    assert not torch.equal(module(x, dropout=0.9, training=True), module(x))


def test_keys_may_be_longer_than_queries() -> None:
    module = FlashAttention(8, 2)
    query, key = torch.randn(2, 3, 8), torch.randn(2, 5, 8)
    assert module(query, key, key).shape == (2, 3, 8)
    mask = torch.ones(2, 3, 5)
    mask[..., 4] = 0
    changed = key.clone()
    changed[:, 4] = 9.0
    assert_close(module(query, key, key, mask), module(query, changed, changed, mask))


def test_doubles_are_cast_to_the_weights() -> None:
    module, x = FlashAttention(8, 2), torch.randn(1, 3, 8, dtype=torch.float64)
    assert_close(module(x), module(x.float()))
    assert module.bfloat16()(x).dtype == torch.bfloat16


def test_flash_module_errors_name_both_numbers() -> None:
    with pytest.raises(ValueError, match=r"embed_dim \(10\).*num_heads \(4\)"):
        FlashAttention(10, 4)
    with pytest.raises(ValueError, match=r"dropout \(2.0\)"):
        FlashAttention(8, 4, 2.0)
    with pytest.raises(ValueError, match=r"does not fit embed_dim \(8\)"):
        FlashAttention(8, 4)(torch.ones(1, 2, 6))


def test_flash_module_prints_its_sizes() -> None:
    expected = "Flash Attention (embed_dim=256, num_heads=8, head_dim=32, dropout=0.1, "
    assert str(FlashAttention(256, 8, 0.1)) == expected + "bias=true)"
    module = FlashAttention(8, 2, bias=False)
    assert str(module).endswith("dropout=0, bias=false)")
    assert module.q_proj.bias is None


def test_weights_start_xavier_uniform() -> None:
    weight = FlashAttention(64, 4).q_proj.weight
    bound = (6 / 128) ** 0.5
    assert weight.abs().max() <= bound
    assert weight.std().item() == pytest.approx(bound / 3**0.5, rel=0.1)


# --- compiled by torch ----------------------------------------------------------------------


def test_attention_compiles_without_graph_breaks() -> None:
    module, x = FlashAttention(8, 2), torch.randn(1, 4, 8)
    mask = torch.ones(4, 4).tril()
    compiled = torch.compile(module, fullgraph=True, backend="eager")
    assert_close(compiled(x, mask=mask), module(x, mask=mask))

    def masked(x: Tensor, mask: Tensor) -> Tensor:
        return attention.scaled_dot_product(x, x, x, mask, is_causal=True)

    compiled_function = torch.compile(masked, fullgraph=True, backend="eager")
    assert_close(compiled_function(x, mask), masked(x, mask))
