"""Functions in the manner of APL: shapes, reductions, products, matrices."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import (
    FLOATS,
    INTEGERS,
    LIST,
    NIL,
    NUMBERS,
    PLAIN,
    SET,
    SHORTS,
    STRINGS,
    UNKNOWN,
    Builtin,
    Fact,
    declare,
    declare_overloads,
)
from lisptorch_compile.catalogue.yields import (
    A_FLOAT,
    A_LIST,
    ANY_LIST,
    TYPED_BY_FIRST,
    WHOLE_NUMBERS,
    reshaped,
    rows_of,
)

_SHAPES_AND_FOLDS = (
    declare(
        "rho",
        "value: list, *sizes: list",
        "apl.rho(value, *sizes)",
        reshaped,
        "The shape of a list; with sizes, the values in that shape, recycled.",
        aliases=("ρ", "⍴"),
        pure=True,
    ),
    declare(
        "transpose",
        "matrix: list",
        "apl.transpose(matrix)",
        A_LIST,
        "Rows and columns exchanged.",
        aliases=("⍉",),
        pure=True,
    ),
    declare_overloads(
        "reduce",
        [
            ("items", "lists.clone(items)"),
            (
                "function, items: list, width: integer = None",
                "apl.reduce(function, items, width)",
            ),
        ],
        UNKNOWN,
        "Fold a list from the left, or each slice of it; a list of counts repeats elements.",
        aliases=("//", "↗"),
        value="apl.reduce",
    ),
    declare(
        "backreduce",
        "function, items: list, width: integer = None",
        "apl.back_reduce(function, items, width)",
        UNKNOWN,
        "Fold a list from the right.",
        aliases=("-//", "⌿"),
    ),
    declare(
        "scan",
        "function, items: list, width: integer = None",
        "apl.scan(function, items, width)",
        Fact(ANY_LIST.kinds | SET | NIL),
        "The intermediate results of reduce; a list of counts expands the elements.",
        aliases=("\\\\", "↘"),
    ),
    declare(
        "backscan",
        "function, items: list, width: integer = None",
        "apl.back_scan(function, items, width)",
        Fact(ANY_LIST.kinds | SET | NIL),
        "The intermediate results of backreduce.",
        aliases=("-\\\\", "⍀"),
    ),
    declare(
        "outer",
        "function, rows: list, columns: list",
        "apl.outer(function, rows, columns)",
        A_LIST,
        "The table of the function's results for all pairs.",
        aliases=("°",),
    ),
    declare(
        "inner",
        "outer, inner, left: list, right: list",
        "apl.inner(outer, inner, left, right)",
        UNKNOWN,
        "The inner product of two lists or matrices with two functions.",
        aliases=(".",),
    ),
    declare_overloads(
        "concatenate",
        [
            ("items", "lists.flatten(items)"),
            ("left: list, right: list", "apl.concatenate(left, right)"),
        ],
        ANY_LIST,
        "Two lists joined row by row; one list flattened.",
        aliases=(",",),
        pure=True,
        value="apl.concatenate",
    ),
)

_VECTORS = {
    "integer": INTEGERS,
    "short": SHORTS,
    "number": NUMBERS,
    "float": FLOATS,
    "string": STRINGS,
    "stringbyte": LIST,
}
_ROWS = {"string": "text", "stringbyte": "byte"}  # as the runtime calls them

_MATRICES = (
    *(
        declare(
            f"matrix_{kind}",
            "description: list, *more",
            f"matrices.{_ROWS.get(kind, kind)}_matrix(description, *more)",
            rows_of(_VECTORS[kind]),
            f"A matrix of the type {kind}, by its rows or by its sizes and a value.",
            aliases=("matrix",) if kind == "number" else (),
            pure=True,
        )
        for kind in _VECTORS
    ),
    *(
        declare(
            f"tensor_{kind}",
            "description: list, *sizes",
            f'matrices.tensor("{kind}", description, *sizes)',
            rows_of(_VECTORS[kind]),
            f"Nested lists of the type {kind}, by their rows or by all sizes.",
            aliases=("tensor",) if kind == "number" else (),
            pure=True,
        )
        for kind in _VECTORS
    ),
    declare(
        "to_tensor",
        "value, size=None",
        "matrices.to_tensor(value, size)",
        TYPED_BY_FIRST,
        "Nested lists with typed rows; with a size, rows of that size.",
        aliases=("⊃",),
        pure=True,
    ),
    declare(
        "rank@",
        "matrix: list, index, *indexes",
        "matrices.rank(matrix, index, *indexes)",
        UNKNOWN,
        "What stands at an index of each axis in turn; -1 takes all of an axis.",
        aliases=("⍤", "rank"),
        pure=True,
    ),
    declare(
        "invert",
        "matrix: list, right: list=None",
        "matrices.invert(matrix, right)",
        Fact(LIST | NUMBERS),
        "The inverse of a square matrix; with a right side, the solution.",
        aliases=("⌹",),
        pure=True,
    ),
    declare(
        "solve",
        "matrix: list, right: list",
        "matrices.solve(matrix, right)",
        Fact(LIST | NUMBERS),
        "The vector that a square matrix maps to the right side.",
        pure=True,
    ),
    declare(
        "determinant",
        "matrix: list",
        "matrices.determinant(matrix)",
        A_FLOAT,
        "The determinant of a square matrix.",
        pure=True,
    ),
    declare(
        "ludcmp",
        "matrix",
        "matrices.decompose(matrix)",
        WHOLE_NUMBERS,
        "Put the LU decomposition in place of a matrix; how its rows were exchanged.",
    ),
    declare(
        "lubksb",
        "decomposed, exchanges, right=None",
        "matrices.substitute(decomposed, exchanges, right)",
        Fact(LIST | NUMBERS),
        "The solution by a LU decomposition; without a right side, the inverse.",
    ),
    declare(
        "irank@",
        "matrix: list, index, *indexes",
        "matrices.rank_loop(matrix, index, *indexes)",
        Fact(PLAIN),
        "What rank@ gives with each index of the next axis, for a loop.",
        aliases=("irank",),
    ),
)

BUILTINS: tuple[Builtin, ...] = (*_SHAPES_AND_FOLDS, *_MATRICES)
