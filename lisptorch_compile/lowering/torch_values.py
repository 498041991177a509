"""Tensors from literals: ``torch.tensor([1.0, 2.0])``."""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import BOOL, FLOAT, INT, LIST, PLAIN, Fact
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Form, ListForm, Number
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code, literal, plain_nested
from lisptorch_compile.lowering.containers import Handler, arguments_of, numbers_only
from lisptorch_compile.lowering.data import data_code
from lisptorch_compile.nodes import BuiltinCall, Data, ListLiteral, Literal, Named, Node
from lisptorch_compile.pytree import Expr

#: The dtype that each typed list gives a tensor; None: what torch infers from the items.
_DTYPES = {"floats": None, "integers": None, "numbers": "float64", "shorts": "int16"}


def _tensor(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code | None:
    """``(torch_tensor (floats 1.0 2.0))`` → ``torch.tensor([1.0, 2.0])``."""
    if len(node.arguments) != 1 or isinstance(node.arguments[0], Named):
        return None
    source = arguments_of(node)[0]
    if isinstance(source, BuiltinCall) and source.builtin.name in _DTYPES:
        return _from_typed(lowerer, source, node.span)
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
    if isinstance(node, ListLiteral):
        items: list[Node] = list(node.items)
    elif isinstance(node, BuiltinCall) and node.builtin.name == "list":
        items = arguments_of(node)
    else:
        return False
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
    if len(nodes) != 4 or not isinstance(dim, int) or not 0 <= dim <= _MAX_SLICED_DIM:
        return None
    before, (tensor, _, start, end) = lowerer.operands(nodes)
    span = node.span
    from_start = isinstance(start, py.Literal) and start.value == 0
    part = py.Slice(None if from_start else start, end, None, span)
    if dim == 0:
        return Code(before, py.Subscript(tensor, part, span))
    whole = py.Slice(None, None, None, span)
    index = py.TupleDisplay((*[whole] * dim, part), span)
    return Code(before, py.Subscript(tensor, index, span))


#: Slices of later dimensions read better by ``narrow``.
_MAX_SLICED_DIM = 3

VALUES: dict[str, Handler] = {"torch_tensor": _tensor, "torch_slice": _slice}
