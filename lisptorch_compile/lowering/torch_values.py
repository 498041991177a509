"""Tensors from literals: ``torch.tensor([1.0, 2.0])``."""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    BOOL,
    FLOAT,
    INT,
    LIST,
    PLAIN,
    TENSOR,
    Fact,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Form, ListForm, Number
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code, literal, plain_nested
from lisptorch_compile.lowering.containers import Handler, arguments_of, numbers_only
from lisptorch_compile.lowering.data import data_code
from lisptorch_compile.nodes import (
    BuiltinCall,
    Data,
    ListLiteral,
    Literal,
    Named,
    Node,
    Variable,
)
from lisptorch_compile.pytree import Expr, Stmt

#: The dtype that each typed list gives a tensor; None: what torch infers from the items.
_DTYPES = {"floats": None, "integers": None, "numbers": "float64", "shorts": "int16"}


def _tensor(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code | None:
    """``(torch_tensor (floats 1.0 2.0))`` → ``torch.tensor([1.0, 2.0])``."""
    if len(node.arguments) != 1 or isinstance(node.arguments[0], Named):
        return None
    source = arguments_of(node)[0]
    if isinstance(source, BuiltinCall) and source.builtin.name in _DTYPES:
        return _from_typed(lowerer, source, node.span)
    rows = _typed_rows(source)
    if rows is not None:
        return _from_rows(lowerer, rows, node.span)
    if _is_truth_list(source):
        return _from_truths(lowerer, source, node.span)
    if isinstance(source, Data) and _is_regular(source.form):
        before, items = data_code(lowerer, source, plain=True)
        return Code(before, _call(lowerer, plain_nested(items), None, node.span))
    if _is_number_list(lowerer, source):
        before, items = lowerer.value(source, plain=True)
        return Code(before, _call(lowerer, items, None, node.span))
    fact = lowerer.fact(source)
    if fact.only(LIST | PLAIN) and Fact(fact.elements).only(INT | FLOAT):
        before, items = lowerer.value(source, plain=True)
        return Code(before, _call(lowerer, items, None, node.span))
    return None


def _from_typed(lowerer: Lowerer, source: BuiltinCall, span: Span) -> Code | None:
    if not numbers_only(lowerer, source) or not source.arguments:
        return None
    before, items = lowerer.value(source, plain=True)
    name = source.builtin.name
    if name == "floats":
        items = _as_reals(items)
    dtype = _DTYPES[name]
    if dtype is None and name == "floats" and not _all_real(lowerer, source):
        dtype = "float32"
    return Code(before, _call(lowerer, items, dtype, span))


def _typed_rows(source: Node) -> list[BuiltinCall] | None:
    """Return the rows of a list of typed lists of one type and length, all literals."""
    rows = [item for item in _items(source) if isinstance(item, BuiltinCall)]
    if (
        not rows
        or len(rows) != len(_items(source))
        or rows[0].builtin.name not in _DTYPES
    ):
        return None
    name, width = rows[0].builtin.name, len(rows[0].arguments)
    for row in rows:
        alike = row.builtin.name == name and len(row.arguments) == width > 0
        if not alike or not all([_is_literal_number(a) for a in arguments_of(row)]):
            return None
    return rows


def _from_rows(lowerer: Lowerer, rows: list[BuiltinCall], span: Span) -> Code:
    """``(list (floats 1 2) (floats 3 4))`` → ``[[1.0, 2.0], [3.0, 4.0]]``."""
    name = rows[0].builtin.name
    displays = [lowerer.value(row, plain=True)[1] for row in rows]
    if name == "floats":
        displays = [_as_reals(display) for display in displays]
    return Code(
        [], _call(lowerer, py.ListDisplay(tuple(displays), span), _DTYPES[name], span)
    )


def _is_truth_list(source: Node) -> bool:
    """Tell whether a node writes out true and nil."""
    items = _items(source)
    truths = [isinstance(i, Literal) and i.value in (True, None) for i in items]
    return bool(items) and all(truths) and any([_is_true(item) for item in items])


def _is_true(node: Node) -> bool:
    return isinstance(node, Literal) and node.value is True


def _from_truths(lowerer: Lowerer, source: Node, span: Span) -> Code:
    """``(list true nil)`` → ``[True, False]``."""
    truths = [literal(_is_true(item), item.span) for item in _items(source)]
    return Code([], _call(lowerer, py.ListDisplay(tuple(truths), span), None, span))


def _items(node: Node) -> list[Node]:
    """Return the items of a list that is written out."""
    if isinstance(node, ListLiteral):
        return list(node.items)
    if isinstance(node, BuiltinCall) and node.builtin.name == "list":
        return arguments_of(node)
    return []


def _all_real(lowerer: Lowerer, source: BuiltinCall) -> bool:
    """torch makes float32 of a list as soon as one item is a real number."""
    return any([lowerer.fact(a).only(FLOAT) for a in arguments_of(source)]) or all(
        [_is_literal_number(a) for a in arguments_of(source)]
    )


def _is_literal_number(node: Node) -> bool:
    return isinstance(getattr(node, "value", None), int | float)


def _as_reals(items: Expr) -> Expr:
    """Write the integers of a list of reals as reals: ``1`` → ``1.0``."""
    if not isinstance(items, py.ListDisplay):
        return items
    reals = [
        (
            literal(float(item.value), item.span)
            if isinstance(item, py.Literal) and isinstance(item.value, int)
            else item
        )
        for item in items.items
    ]
    return py.ListDisplay(tuple(reals), items.span)


def _is_number_list(lowerer: Lowerer, node: Node) -> bool:
    items = _items(node)
    if not items:
        return False
    facts = [lowerer.fact(item) for item in items]
    return all([fact.only(INT | FLOAT) for fact in facts]) or all(
        [fact.only(BOOL) for fact in facts]
    )


def _is_regular(form: Form) -> bool:
    """Tell whether a quoted list is numbers, or lists of one shape of them."""
    return isinstance(form, ListForm) and shape_of(form) is not None


def shape_of(form: Form) -> tuple[int, ...] | None:
    """Return the shape of nested lists of numbers, None when they are anything else."""
    if isinstance(form, Number):
        return () if not isinstance(form.value, complex) else None
    if not isinstance(form, ListForm) or not form.items:
        return None
    shapes = {shape_of(item) for item in form.items}
    inner = shapes.pop()
    if shapes or inner is None:
        return None
    return (len(form.items), *inner)


def _call(lowerer: Lowerer, items: Expr, dtype: str | None, span: Span) -> Expr:
    torch = lowerer.imported("torch", span)
    keywords: tuple[py.Keyword, ...] = ()
    if dtype is not None:
        kind = py.Attribute(torch, dtype, span)
        keywords = (py.Keyword("dtype", kind, span),)
    return py.Call(py.Attribute(torch, "tensor", span), (items,), keywords, span)


def _slice(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code | None:
    """``(torch_slice t 1 0 n)`` → ``t[:, :n]``."""
    nodes = arguments_of(node)
    dim = nodes[1].value if isinstance(nodes[1], Literal) else None
    if len(nodes) != 4 or not isinstance(dim, int) or not -1 <= dim <= _MAX_SLICED_DIM:
        return None
    before, (tensor, _, start, end) = lowerer.operands(nodes)
    span = node.span
    from_start = isinstance(start, py.Literal) and start.value == 0
    part = py.Slice(None if from_start else start, end, None, span)
    if dim == 0:
        return Code(before, py.Subscript(tensor, part, span))
    if dim == -1:
        rest = py.TupleDisplay((py.Literal(..., span), part), span)
        return Code(before, py.Subscript(tensor, rest, span))
    whole = py.Slice(None, None, None, span)
    index = py.TupleDisplay((*[whole] * dim, part), span)
    return Code(before, py.Subscript(tensor, index, span))


#: Slices of later dimensions read better by ``narrow``.
_MAX_SLICED_DIM = 3


def _put(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(torch_index_put_ t (integers 0 1) x)`` → ``t[0, 1] = x``, as a statement."""
    if len(node.arguments) != 3 or any([isinstance(a, Named) for a in node.arguments]):
        return None
    tensor, indices, value = arguments_of(node)
    places = _items(indices)
    if isinstance(indices, BuiltinCall) and indices.builtin.name == "integers":
        places = arguments_of(indices)
    plain = all([isinstance(p, Literal | Variable) for p in places])
    if not places or not plain or not lowerer.fact(tensor).only(TENSOR):
        return None
    if not all([lowerer.fact(p).only(INT) for p in places]):
        return None
    before, (target, *keys, new) = lowerer.operands([tensor, *places, value])
    span = node.span
    index = keys[0] if len(keys) == 1 else py.TupleDisplay(tuple(keys), span)
    place = py.Subscript(target, index, span)
    return [*before, py.Assign((place,), new, span)]


VALUES: dict[str, Handler] = {"torch_tensor": _tensor, "torch_slice": _slice}
EFFECTS = {"torch_index_put_": _put}
