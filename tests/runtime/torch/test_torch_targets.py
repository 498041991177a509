"""Each declared torch function, filled as the code generator fills it, against torch."""

from __future__ import annotations

import ast
import builtins
import importlib
import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lisptorch_compile.catalogue import model, torch_layers, torch_tensors
from lisptorch_compile.catalogue.imports import IMPORTS
from lisptorch_compile.catalogue.model import Builtin, Overload, parse_parameters
from lisptorch_compile.runtime import attention, layers, rope
from lisptorch_compile.runtime.values import Floats, Integers, List, Numbers, Shorts


def words(text: str) -> list[str]:
    return text.split()


TABLE = {
    name: builtin
    for builtin in (*torch_tensors.BUILTINS, *torch_layers.BUILTINS)
    for name in (builtin.name, *builtin.aliases)
}
SUPPORTED = [builtin for builtin in TABLE.values() if builtin.unsupported is None]

# --- a call as compiled code makes it -------------------------------------------------------

_KINDS: dict[type, int] = {
    type(None): model.NIL,
    bool: model.BOOL,
    int: model.INT,
    float: model.FLOAT,
    str: model.TEXT,
    list: model.PLAIN,
    List: model.LIST,
    Integers: model.INTEGERS,
    Numbers: model.NUMBERS,
    Floats: model.FLOATS,
    Shorts: model.SHORTS,
    Tensor: model.TENSOR,
}


def kind_of(value: object) -> int:
    if isinstance(value, nn.Module):
        return model.MODULE
    return _KINDS.get(type(value), model.OBJECT)


class Fill(ast.NodeTransformer):
    """Drops what was left out where it may be dropped, else writes its default."""

    def __init__(self, absent: dict[str, str]) -> None:
        self.absent = absent

    def visit_Call(self, node: ast.Call) -> ast.AST:
        while node.args and self._is_absent(node.args[-1]):
            node.args.pop()
        node.keywords = [k for k in node.keywords if not self._is_absent(k.value)]
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.absent:
            return ast.parse(self.absent[node.id], mode="eval").body
        return node

    def _is_absent(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id in self.absent


def imported(name: str) -> Any:
    source = IMPORTS[name]
    module = importlib.import_module(source.module)
    if source.name is None:
        return module
    if hasattr(module, source.name):
        return getattr(module, source.name)
    return importlib.import_module(f"{source.module}.{source.name}")


_ROOTS = words("""
    torch F nn operator at List Integers tensors devices layers
    FlashAttention scaled_dot_product RotaryEmbedding apply_rotary
""")
NAMESPACE = {name: imported(name) for name in _ROOTS}


def bind(overload: Overload, arguments: tuple[Any, ...]) -> dict[str, Any] | None:
    """Return the arguments by parameter; None when their number does not fit."""
    parameters = parse_parameters(overload.parameters)
    rest, bound = list(arguments), {}
    for parameter in parameters:
        if parameter.rest:
            bound[parameter.name], rest = rest, []
        elif rest:
            bound[parameter.name] = rest.pop(0)
        elif parameter.default is None:
            return None
    return None if rest else bound


def is_proved(overload: Overload, bound: dict[str, Any]) -> bool:
    return all(
        parameter.rest
        or parameter.name not in bound
        or model.ROLES[parameter.role].accepts & kind_of(bound[parameter.name])
        for parameter in parse_parameters(overload.parameters)
    )


def converted(value: Any, role_name: str) -> Any:
    role = model.ROLES[role_name]
    if role.convert is None or role.accepts & kind_of(value):
        return bool(value) if role_name == "flag" else value
    return eval(role.convert, {**NAMESPACE, "value": value})


def call(name: str, *arguments: Any, general: bool = False) -> Any:
    """Return what ``(name arguments…)`` gives; ``general``: as if no fact were known."""
    fitting = [
        (overload, bound)
        for overload in TABLE[name].overloads
        if (bound := bind(overload, arguments)) is not None
    ]
    assert fitting, f"{name} does not take {len(arguments)} arguments"
    proved = [pair for pair in fitting if is_proved(*pair)]
    overload, bound = fitting[-1] if general or not proved else proved[0]
    parameters = parse_parameters(overload.parameters)
    values = {
        p.name: bound[p.name] if p.rest else converted(bound[p.name], p.role)
        for p in parameters
        if p.name in bound
    }
    absent = {
        p.name: p.default for p in parameters if p.name not in bound and p.default
    }
    assert overload.target is not None
    tree = Fill(absent).visit(ast.parse(overload.target, mode="eval"))
    code = compile(ast.fix_missing_locations(tree), name, "eval")
    return eval(code, {**NAMESPACE, **values})


# --- what each function gives ---------------------------------------------------------------

X = torch.tensor([[0.3, -1.2, 2.0], [0.5, 0.25, -0.75]])
POSITIVE = X.abs()
SMALL = X / 4
WEIGHT = torch.tensor([1.0, 2.0, 0.5])
IDS = torch.tensor([2, 0, 1])
MASK = torch.tensor([[1, 0, 1], [0, 0, 1]])
SEQUENCE = torch.randn(2, 3, 8, generator=torch.Generator().manual_seed(1))
PADDING = torch.tensor([[1, 1, 0], [1, 1, 1]])
HALF = torch.ones(2, dtype=torch.float16)

LINEAR = nn.Linear(3, 2)
EMBEDDING = nn.Embedding(4, 5)
NORM = nn.LayerNorm(3)
MLP = layers.MLP(3, 4, 2)
BLOCK = layers.TransformerBlock(8, 2, 16)
HEADS = layers.MultiHeadAttention(8, 2)
FLASH = attention.FlashAttention(8, 2)
POSITIONS = layers.PositionalEncoding(8, 10)
ROTARY = rope.RotaryEmbedding(8, 16)
COS, SIN = ROTARY(3)
CHECKPOINTED = layers.Checkpointed(LINEAR)

Case = tuple[str, tuple[Any, ...], Callable[[], Any]]


def sdpa(**options: Any) -> Tensor:
    x = SEQUENCE
    result: Tensor = F.scaled_dot_product_attention(x, x, x, **options)
    return result


DEVICE_CASES: list[Case] = [
    ("torch_get_best_device", (), lambda: NAMESPACE["devices"].best_device()),
    ("torch_cuda_is_available", (), torch.cuda.is_available),
    ("torch_cuda_device_count", (), torch.cuda.device_count),
    ("torch_mps_is_available", (), torch.backends.mps.is_available),
    ("torch_set_device", ("cpu",), lambda: True),
    ("torch_to_cuda", (X, "cpu"), lambda: X),
    ("torch_to_cpu", (X,), lambda: X),
    ("torch_to_device", (X, "cpu"), lambda: X),
    ("torch_to_device", (LINEAR, "cpu"), lambda: LINEAR),
    ("torch_on_mps", (X,), lambda: False),
    ("torch_device", (X,), lambda: "cpu"),
    ("torch_cuda_empty_cache", (), lambda: True),
]

CREATION_CASES: list[Case] = [
    ("torch_tensor", (Numbers([1, 2]),), lambda: torch.tensor([1.0, 2.0]).double()),
    ("torch_tensor", (List([1, 2.5]),), lambda: torch.tensor([1.0, 2.5])),
    ("torch_tensor", (3,), lambda: torch.tensor(3)),
    ("torch_tensor", (X,), lambda: X),
    ("torch_zeros", (Integers([2, 3]),), lambda: torch.zeros(2, 3)),
    ("torch_ones", (List([2, 3]),), lambda: torch.ones(2, 3)),
    ("torch_ones", (4,), lambda: torch.ones(4)),
    ("torch_zeros", (torch.tensor([2, 1]),), lambda: torch.zeros(2, 1)),
    ("torch_full", (Integers([2]), 7), lambda: torch.tensor([7.0, 7.0])),
    ("torch_full", (Integers([2]), 0.5), lambda: torch.tensor([0.5, 0.5])),
    ("torch_full_like", (X, -1e9), lambda: torch.full((2, 3), -1e9)),
    ("torch_rand", (Integers([2, 2]),), lambda: torch.rand(2, 2)),
    ("torch_randn", (Integers([2, 2]),), lambda: torch.randn(2, 2)),
    ("torch_randint", (3, 9, Integers([5])), lambda: torch.randint(3, 9, (5,))),
    ("torch_arange", (5,), lambda: torch.arange(5)),
    ("torch_arange", (1, 2, 0.25), lambda: torch.arange(1, 2, 0.25)),
    ("torch_eye", (3,), lambda: torch.eye(3)),
    ("torch_eye", (2, 3), lambda: torch.eye(2, 3)),
    ("torch_triu", (X,), lambda: torch.triu(X)),
    ("torch_triu", (X, 1), lambda: torch.triu(X, diagonal=1)),
    ("torch_tril", (X,), lambda: torch.tril(X)),
]

READING_CASES: list[Case] = [
    ("torch_to_list", (IDS,), lambda: Integers([2, 0, 1])),
    ("torch_shape", (X,), lambda: Integers([2, 3])),
    ("tensor_size", (X,), lambda: Integers([2, 3])),
    ("torch_shape", (torch.tensor(1.0),), lambda: Integers([])),
    ("torch_numel", (X,), lambda: 6),
    ("torch_tensor_at", (IDS, -1), lambda: 1),
    ("torch_item", (torch.tensor([0.5]),), lambda: 0.5),
    ("torch_dtype", (IDS,), lambda: "int64"),
    ("torch_to_dtype", (X, "float16"), X.half),
    ("torch_to_dtype", (X, torch.int64), X.long),
    ("torch_set_item", (X, List([0, 1]), 9), lambda: _changed(X)),
    ("torch_index_put_", (X.clone(), List([0, 1]), 9), lambda: _changed(X)),
    ("torch_clone", (X,), lambda: X),
    ("torch_detach", (X,), lambda: X),
    ("torch_requires_grad", (X.clone(),), lambda: X),
    ("torch_requires_grad", (X.clone(), None), lambda: X),
    ("torch_grad", (X,), lambda: None),
]


def _changed(tensor: Tensor) -> Tensor:
    copy = tensor.clone()
    copy[0, 1] = 9
    return copy


_DTYPES = words("float16 bfloat16 float32 float64 int8 uint8 int16 int32 int64 bool")
READING_CASES += [
    (f"torch_{name}", (), lambda name=name: getattr(torch, name)) for name in _DTYPES
]

ARITHMETIC_CASES: list[Case] = [
    ("torch_add", (X, X), lambda: torch.add(X, X)),
    ("torch_add", (1, X), lambda: torch.add(X, 1)),
    ("torch_add", (Floats([1, 2, 3]), X), lambda: X + torch.tensor([1.0, 2.0, 3.0])),
    ("torch_sub", (X, WEIGHT), lambda: torch.sub(X, WEIGHT)),
    ("torch_mul", (X, WEIGHT), lambda: torch.mul(X, WEIGHT)),
    ("torch_div", (IDS, 2), lambda: torch.tensor([1.0, 0.0, 0.5])),
    ("torch_add_scalar", (X, 2), lambda: torch.add(X, 2)),
    ("torch_mul_scalar", (IDS, 0.5), lambda: torch.tensor([1.0, 0.0, 0.5])),
    ("torch_div_scalar", (WEIGHT, 0), lambda: torch.full((3,), math.inf)),
    ("torch_pow", (X, 2), lambda: torch.pow(X, 2)),
    ("torch_pow", (2, X), lambda: torch.pow(2, X)),
    ("torch_ge", (X, 0.25), lambda: torch.ge(X, 0.25)),
    ("torch_ge", (0.25, X), lambda: torch.le(X, 0.25)),
    ("torch_gt", (X, 0.25), lambda: torch.gt(X, 0.25)),
    ("torch_le", (X, 0.25), lambda: torch.le(X, 0.25)),
    ("torch_lt", (X, 0.25), lambda: torch.lt(X, 0.25)),
    ("torch_eq", (X, 0.25), lambda: torch.eq(X, 0.25)),
    ("torch_ne", (X, 0.25), lambda: torch.ne(X, 0.25)),
    ("torch_matmul", (X, X.T), lambda: torch.matmul(X, X.T)),
    ("tensor_linear", (X, X), lambda: F.linear(X, X)),
    ("torch_einsum", ("ij,kj->ik", List([X, X])), lambda: X @ X.T),
    ("torch_rms_norm", (X, WEIGHT), lambda: F.rms_norm(X, [3], WEIGHT, 1e-6)),
    ("torch_rms_norm", (X, WEIGHT, 0.1), lambda: F.rms_norm(X, [3], WEIGHT, 0.1)),
]

REDUCTION_CASES: list[Case] = [
    ("torch_sum", (X,), lambda: torch.sum(X)),
    ("torch_sum", (IDS,), lambda: torch.tensor(3)),
    ("torch_mean", (X,), lambda: torch.mean(X)),
    ("torch_std", (X,), lambda: torch.std(X, correction=1)),
    ("torch_max", (X,), lambda: torch.tensor(2.0)),
    ("torch_min", (X,), lambda: torch.tensor(-1.2)),
    ("torch_norm", (X,), lambda: X.square().sum().sqrt()),
    ("torch_mean_dim", (X, 1), lambda: torch.mean(X, dim=1)),
    ("torch_argmax", (X,), lambda: torch.tensor(2)),
    ("torch_argmax", (X, -1), lambda: torch.tensor([[2], [0]])),
    ("torch_argmax", (X, -1, None), lambda: torch.tensor([2, 0])),
    ("torch_argmax", (X, None, True), lambda: torch.tensor(2)),
    ("torch_cumsum", (X, 1), lambda: torch.cumsum(X, dim=1)),
]

_ANYWHERE = words("tanh abs exp sin cos tan sinh cosh floor ceil round neg reciprocal")
_POSITIVE_ONLY = words("sqrt rsqrt log log10 log2")
_BELOW_ONE = words("asin acos atan sigmoid")

ELEMENTWISE_CASES: list[Case] = [
    *[
        (f"torch_{stem}", (x,), lambda stem=stem, x=x: getattr(torch, stem)(x))
        for stems, x in (
            (_ANYWHERE, X),
            (_POSITIVE_ONLY, POSITIVE),
            (_BELOW_ONE, SMALL),
        )
        for stem in stems
    ],
    ("torch_round", (torch.tensor([0.5, 1.5]),), lambda: torch.tensor([0.0, 2.0])),
    ("torch_relu", (X,), lambda: X.clamp(min=0)),
    ("torch_gelu", (X,), lambda: X * (1 + torch.erf(X / math.sqrt(2))) / 2),
    ("torch_silu", (X,), lambda: X * torch.sigmoid(X)),
    ("torch_relu", (Floats([-1, 2]),), lambda: torch.tensor([0.0, 2.0])),
    ("torch_softmax", (X,), lambda: torch.softmax(X, dim=-1)),
    ("torch_softmax", (X, 0), lambda: torch.softmax(X, dim=0)),
    ("torch_log_softmax", (X,), lambda: torch.log_softmax(X, dim=-1)),
    ("torch_log_softmax", (X, 0), lambda: torch.log_softmax(X, dim=0)),
    ("torch_clamp", (X, -0.5, 0.5), lambda: torch.clamp(X, -0.5, 0.5)),
    ("torch_clamp", (X, None, 0.5), lambda: torch.clamp(X, max=0.5)),
    ("torch_clamp", (X, -0.5), lambda: torch.clamp(X, min=-0.5)),
    ("torch_masked_fill", (X, MASK, 7), lambda: torch.where(MASK == 1, 7, X)),
    (
        "torch_masked_fill",
        (X, MASK, torch.tensor([7.0])),
        lambda: torch.where(MASK == 1, 7, X),
    ),
    ("torch_masked_fill_", (X.clone(), MASK, 7), lambda: torch.where(MASK == 1, 7, X)),
    ("torch_where", (MASK, X, 0), lambda: X * MASK),
    ("torch_where", (X > 0, X, 0), lambda: torch.where(X > 0, X, 0)),
]

SHAPE_CASES: list[Case] = [
    ("torch_reshape", (X, Integers([3, -1])), lambda: torch.reshape(X, (3, 2))),
    ("torch_transpose", (X, 0, 1), lambda: torch.transpose(X, 0, 1)),
    ("torch_contiguous", (X.T,), lambda: X.T),
    ("torch_unsqueeze", (X, 1), lambda: torch.unsqueeze(X, 1)),
    ("torch_squeeze", (X.reshape(1, 2, 1, 3),), lambda: X),
    ("torch_squeeze", (X.reshape(1, 2, 3), 0), lambda: X),
    ("torch_squeeze", (X.reshape(1, 2, 3), None), lambda: X),
    ("torch_slice", (X, 1, 1, 3), lambda: X[:, 1:3]),
    ("torch_slice", (X, 0, 1), lambda: X[:, 0:1]),
    ("torch_select", (X, 1, -1), lambda: X[:, -1]),
    ("torch_cat", (List([X, X]),), lambda: torch.cat((X, X))),
    ("torch_cat", (List([X, X]), 1), lambda: torch.cat((X, X), dim=1)),
    ("torch_stack", (List([X, X]),), lambda: torch.stack((X, X))),
    ("torch_gather", (X, 1, MASK), lambda: torch.gather(X, 1, MASK)),
    ("torch_topk", (X, 2), lambda: List(torch.topk(X, 2))),
    ("torch_topk", (X, 1, 0, None), lambda: List(torch.topk(X, 1, 0, largest=False))),
    ("torch_sort", (X,), lambda: List(torch.sort(X))),
    ("torch_sort", (X, True), lambda: List(torch.sort(X, descending=True))),
    ("torch_sort", (X, None), lambda: List(torch.sort(X))),
    ("torch_sort", (X, 0), lambda: List(torch.sort(X, dim=0))),
    ("torch_sort", (X, 0, True), lambda: List(torch.sort(X, dim=0, descending=True))),
    ("torch_multinomial", (POSITIVE, 2), lambda: torch.multinomial(POSITIVE, 2)),
    (
        "torch_multinomial",
        (POSITIVE, 5, True),
        lambda: torch.multinomial(POSITIVE, 5, replacement=True),
    ),
]

LAYER_CASES: list[Case] = [
    ("torch_model", (3, 4, 2), lambda: layers.MLP(3, 4, 2)),
    ("torch_forward", (MLP, X), lambda: MLP(X)),
    ("torch_forward", (EMBEDDING, IDS), lambda: EMBEDDING(IDS)),
    ("torch_embedding", (4, 5), lambda: nn.Embedding(4, 5)),
    ("torch_embedding_forward", (EMBEDDING, IDS), lambda: EMBEDDING.weight[IDS]),
    ("torch_embedding_forward", (EMBEDDING, List([2])), lambda: EMBEDDING.weight[[2]]),
    ("torch_linear", (3, 2), lambda: nn.Linear(3, 2)),
    ("torch_linear_forward", (LINEAR, X), lambda: LINEAR(X)),
    ("torch_layer_norm", (3,), lambda: nn.LayerNorm(3)),
    ("torch_layer_norm", (List([2, 3]),), lambda: nn.LayerNorm([2, 3])),
    ("torch_layer_norm", (Integers([3]),), lambda: nn.LayerNorm([3])),
    ("torch_layer_norm_forward", (NORM, X), lambda: F.layer_norm(X, [3])),
    ("torch_transformer_block", (8, 2, 16), lambda: layers.TransformerBlock(8, 2, 16)),
    ("torch_transformer_forward", (BLOCK, SEQUENCE), lambda: BLOCK(SEQUENCE)),
    ("torch_transformer_forward", (BLOCK, SEQUENCE, None), lambda: BLOCK(SEQUENCE)),
    (
        "torch_transformer_forward",
        (BLOCK, SEQUENCE, PADDING),
        lambda: BLOCK(SEQUENCE, PADDING),
    ),
    ("torch_model_train", (LINEAR,), lambda: LINEAR),
    ("torch_model_eval", (FLASH,), lambda: FLASH),
    ("torch_parameters", (LINEAR,), lambda: List([LINEAR.weight, LINEAR.bias])),
    ("torch_model_to_device", (LINEAR, "cpu"), lambda: LINEAR),
    ("torch_model_to_dtype", (nn.Linear(1, 1), "half"), nn.Linear(1, 1).half),
    ("torch_compile", (LINEAR,), lambda: torch.compile(LINEAR)),
]

QKV = (SEQUENCE, SEQUENCE, SEQUENCE)
ATTENTION_CASES: list[Case] = [
    ("torch_multihead_attention", (8, 2), lambda: layers.MultiHeadAttention(8, 2)),
    ("torch_attention_forward", (HEADS, SEQUENCE), lambda: HEADS(SEQUENCE)),
    (
        "torch_attention_forward",
        (HEADS, SEQUENCE, PADDING),
        lambda: HEADS(SEQUENCE, mask=PADDING),
    ),
    ("torch_attention_forward", (HEADS, *QKV), lambda: HEADS(SEQUENCE)),
    ("torch_attention_forward", (HEADS, *QKV, None), lambda: HEADS(SEQUENCE)),
    (
        "torch_attention_forward",
        (HEADS, *QKV, PADDING),
        lambda: HEADS(SEQUENCE, mask=PADDING),
    ),
    ("torch_flash_attention_create", (8, 2), lambda: attention.FlashAttention(8, 2)),
    (
        "torch_flash_attention_create",
        (8, 2, 0.1, None),
        lambda: attention.FlashAttention(8, 2, 0.1, False),
    ),
    ("torch_flash_attention_forward", (FLASH, *QKV), lambda: FLASH(SEQUENCE)),
    (
        "torch_flash_attention_with_mask",
        (FLASH, *QKV, torch.ones(3, 3).tril()),
        lambda: FLASH(SEQUENCE, is_causal=True),
    ),
    (
        "torch_flash_attention_with_dropout",
        (FLASH, *QKV, 0.2),
        lambda: FLASH(SEQUENCE, dropout=0.2, training=True),
    ),
    (
        "torch_flash_attention_with_dropout",
        (FLASH, *QKV, 0.2, None),
        lambda: FLASH(SEQUENCE),
    ),
    ("torch_flash_attention", QKV, sdpa),
    ("torch_flash_attention", (*QKV, 0.5), lambda: sdpa(scale=0.5)),
    ("torch_flash_attention", (*QKV, List([0.5])), lambda: sdpa(scale=0.5)),
    ("torch_flash_attention", (*QKV, None, 64), sdpa),
    (
        "torch_flash_attention_masked",
        (*QKV, 0.5, torch.ones(3, 3).tril()),
        lambda: sdpa(is_causal=True, scale=0.5),
    ),
    ("torch_scaled_dot_product_attention", QKV, sdpa),
    ("torch_scaled_dot_product_attention", (*QKV, None), sdpa),
    ("torch_scaled_dot_product_attention", (*QKV, None, 0.0, None), sdpa),
    (
        "torch_scaled_dot_product_attention",
        (*QKV, None, 0.0, True, 0.5),
        lambda: sdpa(is_causal=True, scale=0.5),
    ),
    (
        "torch_scaled_dot_product_attention",
        (*QKV, torch.ones(3, 3).tril()),
        lambda: sdpa(is_causal=True),
    ),
    (
        "torch_scaled_dot_product_attention",
        (*QKV, List([1, 1, 1]), 0.0, True, List([0.5])),
        lambda: sdpa(is_causal=True, scale=0.5),
    ),
]

POSITION_CASES: list[Case] = [
    ("torch_positional_encoding", (8,), lambda: layers.PositionalEncoding(8)),
    ("torch_positional_encoding", (8, 9), lambda: layers.PositionalEncoding(8, 9)),
    ("torch_positional_forward", (POSITIONS, SEQUENCE), lambda: POSITIONS(SEQUENCE)),
    ("torch_rotary_embedding", (8,), lambda: rope.RotaryEmbedding(8)),
    ("torch_rotary_embedding", (8, 9), lambda: rope.RotaryEmbedding(8, 9)),
    ("torch_rotary_forward", (ROTARY, 3), lambda: List([COS, SIN])),
    ("torch_rotary_forward", (ROTARY, 3, "cpu"), lambda: List([COS, SIN])),
    (
        "torch_apply_rotary_pos_emb",
        (SEQUENCE, COS, SIN),
        lambda: rope.apply_rotary(SEQUENCE, COS, SIN),
    ),
    ("torch_checkpoint_create", (MLP,), lambda: layers.Checkpointed(MLP)),
    ("torch_checkpoint_enable", (CHECKPOINTED,), lambda: True),
    ("torch_checkpoint_disable", (CHECKPOINTED,), lambda: True),
    ("torch_checkpoint_forward", (CHECKPOINTED, X), lambda: LINEAR(X)),
]

CASES = [
    *DEVICE_CASES,
    *CREATION_CASES,
    *READING_CASES,
    *ARITHMETIC_CASES,
    *REDUCTION_CASES,
    *ELEMENTWISE_CASES,
    *SHAPE_CASES,
    *LAYER_CASES,
    *ATTENTION_CASES,
    *POSITION_CASES,
]

#: Functions whose result depends on the machine; tests of ``devices`` and ``tensors``.
TESTED_ELSEWHERE = {
    *("torch_to_mps", "torch_synchronize", "torch_in_memory"),
    *("torch_cuda_memory_allocated", "torch_cuda_memory_total"),
}


#: A nil dimension that only shows at run time is torch's own error.
WITHOUT_NIL_DIM = [
    (name, arguments, expected)
    for name, arguments, expected in CASES
    if name != "torch_squeeze" or arguments[-1] is not None
]


def named(cases: list[Case]) -> list[Any]:
    return [
        pytest.param(name, arguments, expected, id=f"{name}-{len(arguments)}")
        for name, arguments, expected in cases
    ]


@pytest.fixture(autouse=True)
def _evaluation() -> Iterator[None]:
    """Modules rest, so that only what asks for dropout has it."""
    for module in (FLASH, BLOCK, HEADS, MLP):
        module.eval()
    yield
    LINEAR.train()


def assert_same(actual: Any, expected: Any) -> None:
    if isinstance(expected, nn.Module):
        assert type(actual) is type(expected)
        assert repr(actual) == repr(expected)
    elif isinstance(expected, Tensor):
        torch.testing.assert_close(actual, expected)
    elif isinstance(expected, List):
        assert type(actual) is List
        assert len(actual) == len(expected)
        for one, other in zip(actual, expected, strict=True):
            assert_same(one, other)
    else:
        assert actual == expected
        assert type(actual) is type(expected)


@pytest.mark.parametrize(("name", "arguments", "expected"), named(CASES))
def test_function_gives_what_torch_gives(
    name: str, arguments: tuple[Any, ...], expected: Callable[[], Any]
) -> None:
    torch.manual_seed(0)
    actual = call(name, *arguments)
    torch.manual_seed(0)
    assert_same(actual, expected())


@pytest.mark.parametrize(("name", "arguments", "expected"), named(WITHOUT_NIL_DIM))
def test_unknown_arguments_give_the_same(
    name: str, arguments: tuple[Any, ...], expected: Callable[[], Any]
) -> None:
    torch.manual_seed(0)
    actual = call(name, *arguments, general=True)
    torch.manual_seed(0)
    assert_same(actual, expected())


@pytest.mark.parametrize(("name", "arguments", "expected"), named(CASES))
def test_left_out_arguments_stand_for_their_defaults(
    name: str, arguments: tuple[Any, ...], expected: Callable[[], Any]
) -> None:
    for overload in TABLE[name].overloads:
        if bind(overload, arguments) is None:
            continue
        missing = [
            eval(parameter.default)
            for parameter in parse_parameters(overload.parameters)[len(arguments) :]
            if parameter.default is not None
        ]
        torch.manual_seed(0)
        actual = call(name, *arguments, *missing)
        torch.manual_seed(0)
        assert_same(actual, expected())


def test_every_function_has_a_case() -> None:
    tested = {TABLE[name].name for name, _, _ in CASES} | TESTED_ELSEWHERE
    assert {builtin.name for builtin in SUPPORTED} - tested == set()


# --- names ----------------------------------------------------------------------------------

PRIMITIVES = words("""
    zeros ones full full_like randn rand randint triu tril to_list shape numel item set_item
    index_put_ to_dtype add sub mul div mul_scalar add_scalar div_scalar matmul einsum sum
    mean std max min mean_dim argmax cumsum norm relu sigmoid tanh gelu silu abs exp softmax
    log_softmax pow sqrt rsqrt log log10 log2 sin cos tan asin acos atan sinh cosh floor
    ceil round neg reciprocal clamp rms_norm masked_fill_ masked_fill ge gt le lt eq ne where
    reshape transpose contiguous unsqueeze squeeze slice select cat gather topk sort
    multinomial size to_lispe in_memory clone detach requires_grad grad arange eye stack
""")

OTHER_NAMES = words("""
    torch_cuda_is_available torch_cuda_available torch_cuda_device_count torch_set_device
    torch_to_cuda torch_to_device torch_to torch_to_cpu torch_to_mps torch_on_mps torch_is_mps
    torch_mps_is_available torch_mps_available torch_mps_synchronize torch_cuda_synchronize
    torch_synchronize torch_cuda_memory_allocated torch_cuda_memory_total
    torch_cuda_empty_cache torch_get_best_device torch_device torch_dtype torch_tensor
    tensor_create tensor_tensor torch_tensor_create tensor_linear torch_tensor_linear
    torch_tensor_to_device torch_tensor_to_cuda torch_float32 torch_float16 torch_int64
    torch_model torch_model_create torch_forward torch_model_forward torch_embedding
    torch_embedding_create torch_embedding_forward torch_linear torch_linear_create
    torch_linear_forward torch_layer_norm torch_layer_norm_create torch_layer_norm_forward
    torch_transformer_block torch_transformer_block_create torch_transformer_forward
    torch_transformer_block_forward torch_model_train torch_model_eval torch_parameters
    torch_model_parameters torch_model_to_device torch_model_to_dtype
    torch_multihead_attention torch_multihead_attention_create torch_attention_forward
    torch_multihead_attention_forward torch_flash_attention_create
    torch_flash_attention_forward torch_flash_attention_with_mask torch_flash_attention_masked
    torch_flash_attention_with_dropout torch_flash_attention
    torch_scaled_dot_product_attention torch_positional_encoding
    torch_positional_encoding_create torch_positional_forward
    torch_positional_encoding_forward torch_rotary_embedding torch_rotary_embedding_create
    torch_rotary_forward torch_rotary_embedding_forward torch_apply_rotary_pos_emb
    torch_checkpoint_create torch_checkpoint_enable torch_checkpoint_disable
    torch_checkpoint_forward
""")


@pytest.mark.parametrize("stem", PRIMITIVES)
def test_tensor_function_has_three_spellings(stem: str) -> None:
    declared = TABLE[f"torch_{stem}"]
    assert TABLE[f"tensor_{stem}"] is TABLE[f"torch_tensor_{stem}"] is declared


def test_every_other_name_is_declared() -> None:
    assert [name for name in OTHER_NAMES if name not in TABLE] == []


def test_linear_is_a_layer_but_tensor_linear_a_product() -> None:
    assert isinstance(call("torch_linear", 3, 2), nn.Linear)
    assert call("torch_tensor_linear", X, X).shape == (2, 2)


# --- functions as values --------------------------------------------------------------------


@pytest.mark.parametrize(
    "builtin", [b for b in SUPPORTED if b.value is not None], ids=lambda b: b.name
)
def test_value_does_what_the_call_does(builtin: Builtin) -> None:
    function = eval(builtin.value or "", dict(NAMESPACE))
    assert callable(function)
    for name, arguments, expected in CASES:
        if TABLE[name] is not builtin or name == "torch_argmax":
            continue
        if all(isinstance(argument, Tensor | float | int) for argument in arguments):
            assert_same(function(*arguments), expected())


def test_free_names_are_imports_or_builtins() -> None:
    for builtin in SUPPORTED:
        for overload in builtin.overloads:
            assert overload.target is not None
            parameters = {p.name for p in parse_parameters(overload.parameters)}
            for node in ast.walk(ast.parse(overload.target)):
                if isinstance(node, ast.Name) and node.id not in parameters:
                    assert node.id in IMPORTS or hasattr(builtins, node.id)
