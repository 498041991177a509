"""Text from pytrees: it parses back, and black finds nothing to change in it."""

from __future__ import annotations

import ast
import bisect
import fractions
import heapq
import inspect
import math
import shlex
import statistics
import textwrap
from itertools import product
from random import Random
from types import ModuleType

import black
import pytest
from black.mode import TargetVersion
from hypothesis import given, settings
from hypothesis import strategies as st
from python_trees import Unsupported, convert
from random_trees import RandomTrees

from lisptorch_compile import linemap
from lisptorch_compile import pytree as p
from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.emitter import emit
from lisptorch_compile.expressions import LeafWriter
from lisptorch_compile.literals import literal_text
from lisptorch_compile.names import Names, allocate

SPAN = Span(0, 1)
MODES = [
    black.Mode(),
    black.Mode(target_versions={TargetVersion.PY311}),
]


def emitted(text: str) -> str:
    """Return ``text``, taken apart and written anew, without the docstring's lines."""
    module = convert(text)
    result = emit(module, allocate(module), [], Source.of(text))
    head = '"""Module."""\n'
    assert result.startswith(head)
    return result.removeprefix(head).lstrip("\n")


def assert_settled(module: p.Module, source: Source) -> None:
    names = allocate(module)
    text = emit(module, names, [], source)
    linemap.check(text, module, names)
    for mode in MODES:
        assert black.format_str(text, mode=mode) == text


# --- one line --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "a + b - c",
        "a - (b - c)",
        "(a + b) * c",
        "a / b // c % d @ e",
        "a | b ^ c & d << e",
        "-a.b(c)[d]",
        "-(x**2)",
        "(-x) ** 2",
        "x**-y",
        "x**2",
        "x.y**2.5",
        "f(x) ** 2",
        "x[0] ** y[1]",
        "x ** y.z(1)",
        "(a**b) ** c",
        "a**b**c",
        "not a == b",
        "(not a) == b",
        "a < b <= c",
        "(a < b) < c",
        "a not in b",
        "a is not b",
        "a and b or c",
        "a and (b or c)",
        "(a and b) and c",
        "not (a and b)",
        "a if b else c if d else e",
        "(a if b else c) if d else e",
        "a if (b if c else d) else e",
        "f(a if b else c)",
        "lambda: 0",
        "lambda x, y=1, *z: x",
        "(lambda x: x)(1)",
        "(lambda: a) if b else lambda: c",
        "f(lambda: a, b)",
        "()",
        "(a,)",
        "(a, b)",
        "[a, *b]",
        "{a, b}",
        "{}",
        "{a: b, **c}",
        "{a: lambda: b}",
        "f(a, *b, c=d, **e)",
        "f(*a or b)",
        "f(x for x in y)",
        "f((x for x in y), z)",
        "[x for x in y if z if a]",
        "{x for x, y in z for y in x}",
        "[(x, y) for x, *y in z]",
        "[x for x in (y if a else z)]",
        "[x for x in y if (a if b else c)]",
        "x[a]",
        "x[a, b]",
        "x[a:b]",
        "x[:]",
        "x[::c]",
        "x[a + 1 :]",
        "x[: a + 1]",
        "x[a.b : c[d] : -1]",
        "x[-1:]",
        "x[a + 1 :, ::2]",
        "x[(a,)]",
        "x[a if b else c]",
        "(1).real",
        "1.5.real",
        "1j.real",
        "'a'.b",
        "f(a)(b).c[d](e)",
        "(yield_ := 1)",
        "f((a := 1))",
        "None is True",
    ],
)
def test_parentheses_and_spaces_are_the_necessary_ones(text: str) -> None:
    wanted = text.replace("'", '"').replace("1.5.", "(1.5).").replace("1j.", "(1j).")
    wanted = wanted.replace("f(*a or b)", "f(*(a or b))")
    assert emitted(text) == f"{wanted}\n"


@pytest.mark.parametrize(
    "text",
    [
        "a = b = c",
        "a, b = b, a",
        "a, *b = c",
        "(a,) = b",
        "a = (1, 2)",
        "a.b[c] += d",
        "a //= b",
        "del a[b], c.d",
        "raise",
        "raise a from b",
        "global a, b",
        "import a.b as c",
        "from a.b import C\nfrom a.b import d as e",
        "if a:\n    pass\nelif b:\n    c\nelif d:\n    e\nelse:\n    f",
        "if a:\n    b\nelse:\n    if c:\n        d\n    e",
        "while (a := b) is not None:\n    break\nelse:\n    continue",
        "while a := b:\n    pass",
        "for a, b in c:\n    pass\nelse:\n    d",
        "for (a,) in (b, c):\n    pass",
        "with a as b, c:\n    pass",
        "try:\n    a\nexcept (B, C) as d:\n    e\nelse:\n    f\nfinally:\n    g",
        "@a.b\n@c(d)\ndef f(x, y=1, *z):\n    return x, y",
        "def f():\n    return",
        "def f():\n    return (*a, b)",
        'class A(B, C):\n    """Doc."""\n\n    x = 1\n\n    def f(self):\n        pass',
        "class A:\n    pass",
        "match a:\n    case 1 | -2 | None:\n        b\n    case [x, *_] if x:\n        c",
        'match a:\n    case {"k": x, **rest}:\n        b\n    case A.b:\n        c',
        "match a:\n    case A(x, b=[1 | 2 as y]) as z:\n        b\n    case _:\n        c",
    ],
)
def test_statements_are_written_as_black_leaves_them(text: str) -> None:
    assert emitted(text) == f"{text}\n"
    assert black.format_str(text, mode=MODES[0]).lstrip("\n") == f"{text}\n"


# --- literals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-3, "-3"),
        (1.0, "1.0"),
        (1e16, "1e16"),
        (1e-7, "1e-07"),
        (-0.0, "-0.0"),
        (float("inf"), 'float("inf")'),
        (float("-inf"), 'float("-inf")'),
        (2j, "2j"),
        (1.5 - 2j, "1.5 - 2j"),
        (complex(-0.0, 1), "complex(-0.0, 1.0)"),
        (complex(-0.0, -1), "-0.0 - 1j"),
        ("a", '"a"'),
        ("it's", '"it\'s"'),
        ('say "hi"', "'say \"hi\"'"),
        ("both '\"", '"both \'\\""'),
        ("\\", '"\\\\"'),
        ('\\\'""', "'\\\\\\'\"\"'"),
        ("λ数é", '"λ数é"'),
        ("\n\t\r\0", '"\\n\\t\\r\\x00"'),
        ("\u2028\u202e\ud800\xa0", '"\\u2028\\u202e\\ud800\\xa0"'),
        (b"it's\xff", 'b"it\'s\\xff"'),
        (None, "None"),
        (True, "True"),
    ],
)
def test_literals_have_one_text(value: object, text: str) -> None:
    assert literal_text(value) == text  # type: ignore[arg-type]  # a list of many types


@given(st.integers() | st.floats() | st.complex_numbers() | st.text() | st.binary())
def test_literals_read_back(value: complex | str | bytes) -> None:
    text = literal_text(value)
    assert repr(eval(text, {"float": float, "complex": complex})) == repr(value)


def test_integer_too_long_for_decimal_digits_is_hexadecimal() -> None:
    value = -(16**5000)
    text = literal_text(value)
    assert text.startswith("-0x1000")
    assert ast.literal_eval(text) == value
    assert black.format_str(text, mode=MODES[0]) == f"{text}\n"


def test_complex_literals_keep_the_signs_of_zeros() -> None:
    parts = (0.0, -0.0, 1.0, -1.0, 1.5, -1e20, math.inf, -math.inf, math.nan)
    for real, imaginary in product(parts, parts):
        value = complex(real, imaginary)
        text = literal_text(value)
        assert repr(eval(text, {"float": float, "complex": complex})) == repr(value)


@given(st.text())
def test_text_does_not_break_out_of_its_quotes(value: str) -> None:
    tree = ast.parse(literal_text(value), mode="eval")
    assert isinstance(tree.body, ast.Constant) and tree.body.value == value


def test_literals_keep_their_precedence() -> None:
    three = p.Literal(-3, SPAN)
    power = p.Binary(three, "**", p.Literal(2, SPAN), SPAN)
    assert expression(power) == "(-3) ** 2"
    assert expression(p.Attribute(three, "real", SPAN)) == "(-3).real"
    product = p.Binary(p.Literal(1 + 2j, SPAN), "*", three, SPAN)
    assert expression(product) == "(1 + 2j) * -3"


def expression(expr: p.Expr) -> str:
    writer = LeafWriter(Names({}, {}))
    writer.expression(expr)
    return "".join(leaf.space + leaf.text for leaf in writer.leaves)


# --- f-strings -------------------------------------------------------------------------------


def f_string(*parts: str | p.Expr) -> p.FString:
    fields = (
        part if isinstance(part, str) else p.Interpolation(part, None, SPAN)
        for part in parts
    )
    return p.FString(tuple(fields), SPAN)


def text_literal(value: str) -> p.Literal:
    return p.Literal(value, SPAN)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("n: ", p.Name("n", SPAN)), 'f"n: {n}"'),
        (("{", p.Name("n", SPAN), "}"), 'f"{{{n}}}"'),
        (('"', p.Name("n", SPAN)), "f'\"{n}'"),
        (("'\"", text_literal("a")), "f\"'\\\"{'a'}\""),
        ((text_literal("it's"),), 'f"""{"it\'s"}"""'),
        ((text_literal("a"), text_literal("it's")), 'f"""{\'a\'}{"it\'s"}"""'),
        ((p.DictDisplay((), SPAN),), 'f"{ {}}"'),
        ((p.Lambda((), text_literal("a"), SPAN),), "f\"{(lambda: 'a')}\""),
        (("<{}>", text_literal("\n"), "\n"), '"<{{}}>{}\\n".format("\\n")'),
        ((text_literal("#"),), '"{}".format("#")'),
    ],
)
def test_f_strings_are_legal_on_python_3_11(
    parts: tuple[str | p.Expr, ...], text: str
) -> None:
    node = f_string(*parts)
    assert expression(node) == text
    module = p.Module("Doc.", (), (p.ExprStmt(node, SPAN),), (), SPAN)
    assert_settled(module, Source.of("x"))


# --- several lines ---------------------------------------------------------------------------

LAYOUTS = """
result = function_with_a_long_name(first_argument, second_argument, third_argument, four)
---
result = function_with_a_long_name(
    first_argument, second_argument, third_argument, four
)
===
table = {"first key": first_value, "second key": second_value, "third key": third_value, 4: 4}
---
table = {
    "first key": first_value,
    "second key": second_value,
    "third key": third_value,
    4: 4,
}
===
value = some_quite_long_name if some_condition_that_is_long else another_name_that_is_long
---
value = (
    some_quite_long_name if some_condition_that_is_long else another_name_that_is_long
)
===
if first_condition_that_is_long and second_condition_that_is_long or third_condition_it_is: a
---
if (
    first_condition_that_is_long
    and second_condition_that_is_long
    or third_condition_it_is
):
    a
===
selected = session.query(models.Customer).filter(models.Customer.account == 1).order_by(x)
---
selected = (
    session.query(models.Customer).filter(models.Customer.account == 1).order_by(x)
)
===
object.attribute[some_index_expression] = function_with_a_long_name(first_argument, second)
---
object.attribute[some_index_expression] = function_with_a_long_name(
    first_argument, second
)
===
def function_with_a_long_name(first_parameter, second_parameter=1, third_parameter=2, *rest): a
---
def function_with_a_long_name(
    first_parameter, second_parameter=1, third_parameter=2, *rest
):
    a
===
from some.package.with_a_name import alpha, beta, gamma, delta, epsilon, zeta, eta, theta
---
from some.package.with_a_name import (
    alpha,
    beta,
    delta,
    epsilon,
    eta,
    gamma,
    theta,
    zeta,
)
===
with open_something(first_argument_name) as first, open_something(second_argument_name) as b: c
---
with (
    open_something(first_argument_name) as first,
    open_something(second_argument_name) as b,
):
    c
===
def f(): return first_value_with_a_name, second_value_with_a_name, third_value_with_a_name, xy
---
def f():
    return (
        first_value_with_a_name,
        second_value_with_a_name,
        third_value_with_a_name,
        xy,
    )
===
loss = first_term_of_the_loss * weight_of_the_first + second_term_of_the_loss * weight + x
---
loss = (
    first_term_of_the_loss * weight_of_the_first + second_term_of_the_loss * weight + x
)
===
x = "a text without any place at which it could be broken, longer than the line allows it"
---
x = "a text without any place at which it could be broken, longer than the line allows it"
"""


@pytest.mark.parametrize(
    "layout", LAYOUTS.strip().split("\n===\n"), ids=lambda text: text[:20]
)
def test_long_lines_are_broken(layout: str) -> None:
    source, wanted = layout.split("\n---\n")
    assert emitted(source) == f"{wanted}\n"
    assert_settled(convert(source), Source.of(source))


_ROWS = """\
weights = [
     1,  2, 3.5,  4,  5,  6,  7,  8,  9, 10,
    11, 12,  13, 14, 15, 16, 17, 18, 19, 20,
    21, 22,  23, 24, 25, 26, 27, 28, 29, 30,
]"""


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        (_ROWS, _ROWS),
        (
            "found = search("
            + _ROWS.removeprefix("weights = ").replace("\n", "")
            + ", 5)",
            """\
found = search(
    [
        1, 2, 3.5, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
        21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
    ],
    5,
)""",
        ),
    ],
    ids=["rows of the author", "rows as wide as may be"],
)
def test_long_lists_of_numbers_are_tables(written: str, rows: str) -> None:
    module = convert(f"before = 1\n{written}\nafter = 2\n")

    assert_settled(module, Source.of(f"before = 1\n{written}\nafter = 2\n"))
    assert emitted(f"before = 1\n{written}\nafter = 2\n") == (
        f"before = 1\n# fmt: off\n{rows}\n# fmt: on\nafter = 2\n"
    )


def test_numbers_that_fit_on_a_line_are_no_table() -> None:
    text = "\n".join(
        f"some_name_{n} = [{', '.join(map(str, range(n)))}]" for n in range(26)
    )

    assert "fmt" not in emitted(text + "\n")


def test_width_counts_wide_characters_twice() -> None:
    fits = f'x = f("{"数" * 37}", a)'
    assert emitted(fits) == f"{fits}\n"
    assert emitted(fits.replace(", a", ", abcd")).count("\n") == 3


def test_definitions_are_set_apart() -> None:
    text = """
        x = 1
        def f():
            def g():
                pass
            return g
        class A:
            y = 1
            def h(self):
                pass
            z = 2
        if x:
            def i():
                pass
        else:
            j = 1
        k = 1
    """
    wanted = """
        x = 1


        def f():
            def g():
                pass

            return g


        class A:
            y = 1

            def h(self):
                pass

            z = 2


        if x:

            def i():
                pass

        else:
            j = 1
        k = 1
    """
    assert emitted(textwrap.dedent(text)) == textwrap.dedent(wanted).lstrip("\n")


def test_one_blank_line_keeps_a_paragraph() -> None:
    text = "a = 1\n\n\n\nb = 2\nc = 3\nif c:\n\n    d = 4\n\n    e = 5\nf = 6\n"
    assert emitted(text) == (
        "a = 1\n\nb = 2\nc = 3\nif c:\n    d = 4\n\n    e = 5\nf = 6\n"
    )


def test_statements_made_of_one_form_stay_together() -> None:
    source = Source.of("first\n\nsecond")
    first, second = Span(0, 5), Span(7, 13)
    body = tuple(
        p.ExprStmt(p.Name(name, span), span)
        for name, span in (("a", first), ("b", second), ("c", second))
    )
    module = p.Module("Doc.", (), body, (), Span(0, 13))
    assert emit(module, allocate(module), [], source) == '"""Doc."""\n\na\n\nb\nc\n'


def test_imports_are_sorted_grouped_and_joined() -> None:
    entries = [
        ("lisptorch_compile.runtime", "println", None),
        ("torch", None, None),
        ("itertools", "count", None),
        ("lisptorch_compile.runtime", "List", None),
        ("torch.nn", "functional", "F"),
        ("math", None, None),
        ("lisptorch_compile.runtime", "EMPTY", None),
        ("torch", None, None),
    ]
    imports = tuple(p.Import(*entry, SPAN) for entry in entries)
    module = p.Module("Doc.", imports, (p.Pass(SPAN),), (), SPAN)
    names = allocate(module)
    text = emit(module, names, [], Source.of("x"))
    assert text == (
        '"""Doc."""\n\n'
        "import math\nfrom itertools import count\n\n"
        "import torch\nfrom torch.nn import functional as F\n\n"
        "from lisptorch_compile.runtime import EMPTY, List, println\n\n"
        "pass\n"
    )
    linemap.check(text, module, names)


@pytest.mark.parametrize(
    "docstring",
    [
        "One line.",
        "First.\n\n    Indented: more.\n      Deeper.\n    ",
        'Says "hi"',
        '"Hi" it says',
        "Ends in a backslash\\",
        'Has """ inside',
        "λ \u2028 \0 \r \x0c",
        "",
        "   ",
        "Line.\n\n\nLine with trailing space   \n\ttabbed",
    ],
)
def test_docstrings_are_settled(docstring: str) -> None:
    body = (p.Return(None, SPAN),)
    f = p.FunctionDef(p.Name("f", SPAN), (), body, (), docstring, (), SPAN)
    module = p.Module(docstring or "Doc.", (), (f,), (), SPAN)
    assert_settled(module, Source.of("x"))


def test_module_without_statements_is_its_docstring() -> None:
    module = p.Module("Doc.", (), (), (), SPAN)
    assert emit(module, allocate(module), [], Source.of("")) == '"""Doc."""\n'
    assert_settled(module, Source.of(""))


# --- properties ------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.integers(0, 2**32))
def test_random_trees_are_settled(seed: int) -> None:
    module = RandomTrees(Random(seed)).module(depth=3, nesting=2)
    assert_settled(module, Source.of("x"))


@pytest.mark.parametrize(
    "library", [bisect, heapq, shlex, statistics, textwrap, fractions, ast]
)
def test_code_of_the_standard_library_is_settled(library: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(library))
    done = 0
    for stmt in tree.body:
        text = ast.unparse(_without_annotations(stmt))
        try:
            module = convert(text)
        except Unsupported:
            continue
        assert_settled(module, Source.of(text))
        done += 1
    assert done > len(tree.body) * 0.6


def _without_annotations(stmt: ast.stmt) -> ast.stmt:
    """Take away what pytree has no place for, since we never write it."""
    for node in ast.walk(stmt):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            node.args.args[:0] = node.args.posonlyargs
            node.args.posonlyargs = []
            node.args.kwonlyargs, node.args.kw_defaults = [], []
            node.args.kwarg = None
    return stmt
