"""The examples of the language reference print what it says; see their data file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from programs import ROOT

from lisptorch_compile.pipeline import Options, compile_text
from lisptorch_compile.rendering import as_text

DATA = ROOT / "tests" / "data" / "spec_examples.toml"
DIFFERENT_POSITIONS = ("argument", "function")


@dataclass(frozen=True, slots=True)
class Example:
    """One example; ``prints`` is the text on the standard output."""

    section: str
    source: str
    prints: str | None = None
    value: str | None = None
    before: str = ""
    note: str = ""
    issue: int | None = None
    xfail: str = ""

    @property
    def title(self) -> str:
        return f"{self.section} {self.source.strip()[:60]}"

    def program(self, position: str) -> str:
        """Return the program; ``position`` is where the form of a ``value`` stands."""
        if self.value is None:
            return self.source
        if position == "argument":
            return f"{self.before} (println {self.source})"
        return f"{self.before} (defun example () {self.source}) (println (example))"

    @property
    def output(self) -> str:
        return self.prints if self.prints is not None else f"{self.value}\n"


EXAMPLES = [Example(**e) for e in tomllib.loads(DATA.read_text("utf-8"))["example"]]


def case(example: Example, position: str) -> Any:
    marks = [pytest.mark.xfail(reason=example.xfail, strict=True)]
    return pytest.param(
        example,
        position,
        id=f"{example.title} [{position}]" if example.value else example.title,
        marks=marks if example.xfail else [],
    )


CASES = [
    case(example, position)
    for example in EXAMPLES
    for position in (DIFFERENT_POSITIONS if example.value is not None else ("program",))
]


@pytest.mark.parametrize(("example", "position"), CASES)
def test_prints_what_the_reference_says(
    example: Example,
    position: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options = Options(format=False)
    text = example.program(position)
    result = compile_text(text, filename="FILE", options=options, tree=True)
    if result.tree is None:
        shown = "\n".join(as_text(d, result.source) for d in result.errors)
        codes = {diagnostic.code for diagnostic in result.errors}
        unsupported = any(code.startswith("LT05") for code in codes)
        assert example.issue is not None and unsupported, shown
        return
    monkeypatch.chdir(tmp_path)
    code = compile(result.tree, "FILE", "exec")
    exec(code, {"__name__": "__main__", "__file__": "FILE"})  # noqa: S102
    assert capsys.readouterr().out == example.output, result.python


def test_each_example_says_either_what_it_is_or_what_it_prints() -> None:
    for example in EXAMPLES:
        assert (example.value is None) != (example.prints is None), example
