"""The examples of the language reference print what it says; see their data file.

An example of a form and its value is tried in several places, because what the compiler
writes depends on them: as an argument, at the end of a function, as a test, and with
operands of which the compiler knows nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from programs import ROOT

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.parameters import function_positions
from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Number,
    Quote,
    SetForm,
    String,
    Symbol,
)
from lisptorch_compile.pipeline import Options, compile_text
from lisptorch_compile.reader import read
from lisptorch_compile.rendering import as_text

DATA = ROOT / "tests" / "data" / "spec_examples.toml"
FALSE_VALUES = ("nil", "0", "", "()", "{}")

#: A function that is called with values of every kind, so that its own may be any.
UNKNOWN = "(defun unknown (x) x) (map unknown (list 1 nil 'a \"t\" '(1) {}))"


@dataclass(frozen=True, slots=True)
class Example:
    """One example; ``prints`` is the text on the standard output."""

    section: str
    source: str
    prints: str | None = None
    value: str | None = None
    before: str = ""
    note: str = ""
    xfail: str = ""

    @property
    def title(self) -> str:
        return f"{self.section} {self.source.strip()[:60]}"

    def programs(self) -> Iterator[tuple[str, str, str]]:
        """Yield each place with the program and what it prints."""
        if self.value is None:
            assert self.prints is not None
            yield "program", self.source, self.prints
            return
        before, form, shown = self.before, self.source, f"{self.value}\n"
        yield "argument", f"{before} (println {form})", shown
        function = f"(defun example () {form})"
        yield "function", f"{before} {function} (println (example))", shown
        truth = "false\n" if self.value in FALSE_VALUES else "true\n"
        yield "test", f'{before} (println (if {form} "true" "false"))', truth
        hidden = hide_operands(form)
        if hidden != form:
            yield "unknown", f"{UNKNOWN} {before} (println {hidden})", shown


def hide_operands(text: str) -> str:
    """Return a form with its literal operands behind calls of ``unknown``."""
    (form,) = read(Source.of(text)).forms
    for span in sorted(literal_operands(form), key=lambda s: s.start, reverse=True):
        literal = text[span.start : span.end]
        text = f"{text[: span.start]}(unknown {literal}){text[span.end :]}"
    return text


def literal_operands(form: Form) -> Iterator[Span]:
    """Yield where the literals stand that are operands of a call of a builtin."""
    head = form.items[0] if isinstance(form, ListForm) and form.items else None
    builtin = catalogue.lookup(head.name) if isinstance(head, Symbol) else None
    # `(^^ x 2)` means something else than `(^^ x n)`.
    if builtin is None or builtin.form or builtin.name == "^^":
        return
    assert isinstance(form, ListForm)
    for index, item in enumerate(form.items[1:]):
        if index in function_positions(builtin.name):
            continue
        match item:
            case Number() | String() | DictForm() | SetForm() | Quote(ListForm()):
                yield item.span
            case _:
                yield from literal_operands(item)


EXAMPLES = [Example(**e) for e in tomllib.loads(DATA.read_text("utf-8"))["example"]]


def cases() -> Iterator[Any]:
    for example in EXAMPLES:
        for place, program, output in example.programs():
            mark = pytest.mark.xfail(reason=example.xfail, strict=True)
            title = f"{example.title} [{place}]"
            marks = [mark] if example.xfail else []
            yield pytest.param(example, program, output, id=title, marks=marks)


@pytest.mark.parametrize(("example", "program", "output"), list(cases()))
def test_prints_what_the_reference_says(
    example: Example,
    program: str,
    output: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options = Options(format=False)
    result = compile_text(program, filename="FILE", options=options, tree=True)
    shown = "\n".join(as_text(d, result.source) for d in result.errors)
    assert result.tree is not None, shown
    monkeypatch.chdir(tmp_path)
    code = compile(result.tree, "FILE", "exec", dont_inherit=True)
    exec(code, {"__name__": "__main__", "__file__": "FILE"})  # noqa: S102
    assert capsys.readouterr().out == output, program


def test_each_example_says_either_its_value_or_what_it_prints() -> None:
    for example in EXAMPLES:
        assert (example.value is None) != (example.prints is None), example
