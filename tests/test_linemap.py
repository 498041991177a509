"""The way back from generated text to the source: positions, map, self-check."""

from __future__ import annotations

import ast
import hashlib
import json
import traceback
from types import FunctionType

import black
import pytest
from python_trees import convert

from lisptorch_compile import linemap, pytree
from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.emitter import emit
from lisptorch_compile.names import Names, allocate
from lisptorch_compile.pipeline import compile_text
from lisptorch_compile.runtime import LispError
from lisptorch_compile.scope import Binding, BindingKind

PROGRAM = '''
import math
from operator import add as plus, mul

def area(radius, *rest):
    """Return it."""
    if radius < 0:
        raise ValueError(f"radius {radius:g}")
    return math.pi * radius**2

class Shape(object):
    sides = -4
    def corners(self):
        for i, _ in enumerate([*self.sides, 1]):
            yield_ = {i: 2j, **{}}
        else:
            del yield_
        while (n := self.sides) is not None and not n:
            n -= 1
            break
        return {x for x in (1, 2) if x}, [y[1:2, ::3] for y in ()]

@plus
def describe(item):
    global shapes
    match item:
        case [1, *rest] | {"a": _, **rest} if rest:
            return lambda x, y=2: (x, y, *rest)
        case Shape(sides=None) as shape:
            pass
    try:
        with open("f") as f, item:
            continue_ = f[0] if f else None
    except (OSError, KeyError) as error:
        raise KeyError from error
    finally:
        shapes = tuple(x for x in mul(*item, key=1))
'''


def emitted(text: str) -> tuple[str, pytree.Module, Names, Source]:
    module = convert(text)
    names = allocate(module)
    source = Source.of(text, "program.lsp")
    return emit(module, names, [], source), module, names, source


def test_every_position_of_the_tree_is_one_of_the_source() -> None:
    text, module, names, source = emitted(PROGRAM)
    tree = linemap.locate(text, module, names, source)
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.stmt | ast.keyword | ast.arg | ast.alias):
            start, end = (node.lineno, node.col_offset), (
                node.end_lineno or 0,
                node.end_col_offset or 0,
            )
            assert (1, 0) <= start < end <= source.position(len(PROGRAM))
    compile(tree, "program.lsp", "exec")


def test_names_stand_where_the_source_has_them() -> None:
    text, module, names, source = emitted(PROGRAM)
    tree = linemap.locate(text, module, names, source)
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id != "x"]
    assert found
    for node in found:
        assert node.id in (ast.get_source_segment(PROGRAM, node) or "")


def test_columns_count_bytes_as_python_does() -> None:
    source_text = 'first = "λλ"; second = first + 1\n'
    text, module, names, source = emitted(source_text)
    tree = linemap.locate(text, module, names, source)
    second = tree.body[2]
    assert (second.lineno, second.col_offset) == (1, len('first = "λλ"; '.encode()))


def test_tracebacks_show_the_line_of_the_source() -> None:
    source_text = "\n\n\ndef fail(value):\n    return value / 0\n\nfail(1)\n"
    text, module, names, source = emitted(source_text)
    code = compile(linemap.locate(text, module, names, source), "program.lsp", "exec")
    with pytest.raises(ZeroDivisionError) as caught:
        FunctionType(code, {})()
    frames = traceback.extract_tb(caught.value.__traceback__)
    ours = [frame for frame in frames if frame.filename == "program.lsp"]
    assert [(frame.name, frame.lineno) for frame in ours] == [
        ("<module>", 7),
        ("fail", 5),
    ]
    assert (ours[1].colno, ours[1].end_colno) == (11, 20)


def test_an_error_is_raised_where_the_source_makes_it() -> None:
    lispe = '(block\n   (setq key (throw "lost"))\n   (println key))\n'
    compiled = compile_text(lispe, filename="program.lsp", tree=True)
    assert compiled.tree is not None
    with pytest.raises(LispError, match="lost") as caught:
        FunctionType(compile(compiled.tree, "program.lsp", "exec"), {})()
    (frame,) = [
        frame
        for frame in traceback.extract_tb(caught.value.__traceback__)
        if frame.filename == "program.lsp"
    ]
    assert (frame.lineno, frame.colno) == (2, len("   (setq key "))


def test_reformatted_text_is_mapped_as_well() -> None:
    text, module, names, source = emitted(PROGRAM)
    narrow = black.format_str(text, mode=black.Mode(line_length=30))
    assert narrow != text
    linemap.check(narrow, module, names)
    wide = linemap.locate(text, module, names, source)
    assert ast.dump(linemap.locate(narrow, module, names, source)) == ast.dump(wide)


def test_map_gives_the_form_of_each_line() -> None:
    source_text = "x = [\n  1]\nif x:\n  y = 2\n"
    text, module, names, source = emitted(source_text)
    assert text.splitlines()[2:] == ["x = [1]", "if x:", "    y = 2"]
    made = linemap.mapping(text, module, names, source)
    assert made["version"] == 1
    assert made["source"] == "program.lsp"
    assert made["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert made["lines"] == {
        "1": [1, 1, 5, 1],
        "3": [1, 1, 2, 5],
        "4": [3, 1, 4, 8],
        "5": [4, 3, 4, 8],
    }
    assert json.loads(json.dumps(made)) == made


def test_every_line_of_the_map_lies_in_both_files() -> None:
    text, module, names, source = emitted(PROGRAM)
    lines = linemap.mapping(text, module, names, source)["lines"]
    assert isinstance(lines, dict)
    assert len(lines) > 25
    for line, (start, column, end, end_column) in lines.items():
        assert 1 <= int(line) <= text.count("\n")
        assert text.splitlines()[int(line) - 1].strip()
        assert 1 <= start <= end <= len(source.line_starts)
        assert column >= 1 and end_column >= 1


def test_map_gives_every_symbol_back() -> None:
    span = Span(0, 1)
    bindings = tuple(
        Binding(name, BindingKind.GLOBAL, span) for name in ("a-b", "a_b", "λ", "ok?")
    )
    body = tuple(
        pytree.Assign((pytree.Name(b, span),), pytree.Literal(1, span), span)
        for b in bindings
    )
    module = pytree.Module("Doc.", (), body, bindings, span)
    names = allocate(module)
    text = emit(module, names, [], Source.of("x"))
    made = linemap.mapping(text, module, names, Source.of("x"))
    assert made["names"] == {
        "a-b": ["a_b"],
        "a_b": ["a_b_2"],
        "ok?": ["is_ok"],
        "λ": ["λ"],
    }


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("x = 1", "x = 2"),
        ("x = 1", "x = True"),
        ("x = 1", "x = 1.0"),
        ("x = -0.0", "x = 0.0"),
        ("x = 1", "y = 1"),
        ("x = 1", "x = 1\ny = 2"),
        ("x = a + b", "x = a - b"),
        ("x = a + b + c", "x = a + (b + c)"),
        ("x = a < b", "x = a <= b"),
        ("x = a and b", "x = a or b"),
        ("x = not a", "x = -a"),
        ("f(a, b=c)", "f(a, d=c)"),
        ("f(a, b=c)", "f(a, c)"),
        ("f(*a)", "f(a)"),
        ("f(**a)", "f(a=a)"),
        ("x = a.b", "x = a.c"),
        ("x = a[1:2]", "x = a[1:2:3]"),
        ("x = [a]", "x = {a}"),
        ("x = {a: b}", "x = {**b}"),
        ("x = [a for a in b]", "x = [a for a in b if a]"),
        ("x = [a for a in b]", "x = {a for a in b}"),
        ("x = lambda a: a", "x = lambda a=1: a"),
        ("x = lambda a: a", "x = lambda *a: a"),
        ('x = f"{a}"', 'x = f"{a!r}"'),
        ('x = f"{a:g}"', 'x = f"{a:d}"'),
        ('x = f"{a} b"', 'x = f"{a} c"'),
        ("x = a if b else c", "x = b if a else c"),
        ("import a", "import a as b"),
        ("import a", "from a import b"),
        ("from a import b", "from a import b, c"),
        ("from a import b", "from .a import b"),
        ("while a:\n  b", "while a:\n  b\nelse:\n  c"),
        ("for a in b:\n  c", "for a in b:\n  c\n  d"),
        ("with a as b:\n  c", "with a:\n  c"),
        ("try:\n  a\nexcept b as c:\n  d", "try:\n  a\nexcept b as e:\n  d"),
        ("def f(a):\n  b", "def f(a, *, c):\n  b"),
        ("def f(a):\n  b", "@a\ndef f(a):\n  b"),
        ('def f():\n  "Doc."', 'def f():\n  "Other."'),
        ("class A(B):\n  b", "class A(C):\n  b"),
        ("match a:\n  case 1:\n    b", "match a:\n  case 1 if c:\n    b"),
        ("match a:\n  case None:\n    b", "match a:\n  case _:\n    b"),
        ("match a:\n  case [b, *c]:\n    b", "match a:\n  case [b, *d]:\n    b"),
        ("match a:\n  case {1: b}:\n    b", "match a:\n  case {1: b, **c}:\n    b"),
        ("match a:\n  case A(b=1):\n    b", "match a:\n  case A(c=1):\n    b"),
        ("match a:\n  case 1 | 2:\n    b", "match a:\n  case 1 | 3:\n    b"),
        ("return_ = a", "return_ = a b"),
        ("def f():\n  global a", "def f():\n  nonlocal a"),
        ("def f():\n  return", "def f():\n  return None"),
        ("raise a from b", "raise a"),
        ("del a, b", "del a"),
        ("a += b", "a -= b"),
    ],
)
def test_text_of_another_shape_is_refused(good: str, bad: str) -> None:
    text, module, names, _ = emitted(good)
    linemap.check(text, module, names)
    with pytest.raises(linemap.ShapeError):
        linemap.check(f'"""Module."""\n{bad}\n', module, names)


def test_shape_error_has_the_span_to_blame() -> None:
    text, module, names, _ = emitted("x = 1\ny = f(2)")
    with pytest.raises(linemap.ShapeError) as caught:
        linemap.check(text.replace("2", "3"), module, names)
    assert caught.value.span == Span(12, 13)
    assert str(caught.value) == "expected 2 in the generated text, found 3"
