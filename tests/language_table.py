"""The table of the language: which instructions there are, and the test that runs each.

Made from the catalogue and the golden cases, so that it cannot say more than is true: a
spelling counts as tested when a golden case that asserts output looked it up while it was
compiled, or has it at the head of a form, and does not bind the name to something of its
own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from lisptorch_compile import catalogue
from lisptorch_compile.catalogue import (
    apl,
    dictionaries,
    expressions,
    forms,
    higher_order,
    lists,
    numbers,
    ontologies,
    printing,
    sequences,
    strings,
    system,
    threads,
)
from lisptorch_compile.catalogue.model import Builtin
from lisptorch_compile.diagnostics import Source
from lisptorch_compile.forms import DictForm, ListForm, Quote, SetForm, Symbol
from lisptorch_compile.pipeline import compile_text
from lisptorch_compile.reader import read

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
TABLE = ROOT / "docs" / "coverage.md"

#: The areas of the language, in the order of the page.
AREAS: dict[str, ModuleType] = {
    "Special forms": forms,
    "Lists": lists,
    "Sequences": sequences,
    "Texts": strings,
    "Regular expressions and tokenizers": expressions,
    "Dictionaries and sets": dictionaries,
    "Functions of functions": higher_order,
    "Arrays": apl,
    "Numbers": numbers,
    "Printing and input": printing,
    "Files, system, time": system,
    "Threads": threads,
    "Ontologies": ontologies,
}

_HEADER = """\
# Coverage of the language

Every instruction of the language with all its spellings, and a test whose output shows it at work: a program under
`tests/golden/` that uses the spelling. `make coverage` writes this page from the catalogue and from what compiling those
programs looks up; a test compares it with the committed one. What is left out stands with its reason at the end, and
using it is a diagnostic.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One instruction: ``cases`` names a golden case for each spelling that has one."""

    builtin: Builtin
    cases: dict[str, str]

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.builtin.name, *self.builtin.aliases)

    @property
    def holes(self) -> list[str]:
        """Return the spellings that no case shows."""
        return [name for name in self.spellings if name not in self.cases]


def rows(area: ModuleType, cases: dict[str, str]) -> list[Row]:
    """Return the rows of the supported instructions of a module of the catalogue."""
    return [
        Row(b, {n: cases[n] for n in (b.name, *b.aliases) if n in cases})
        for b in area.BUILTINS
        if b.unsupported is None
    ]


def left_out() -> list[Builtin]:
    """Return the instructions of the core language that are not supported."""
    return [
        builtin
        for area in AREAS.values()
        for builtin in area.BUILTINS
        if builtin.unsupported is not None
    ]


def tested_spellings() -> dict[str, str]:
    """Return each spelling that a golden case with output uses, with the first case."""
    result: dict[str, str] = {}
    for path in sorted(GOLDEN.rglob("*.lsp")):
        if path.with_suffix(".out").exists():
            case = path.relative_to(GOLDEN).with_suffix("").as_posix()
            for name in sorted(_looked_up(path)):
                result.setdefault(name, case)
    return result


def _looked_up(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    heads, others = _symbols(text)
    with _recorded() as found:
        compiled = compile_text(text, filename=path.name)
    assert compiled.mapping is not None, path
    return (heads | found & others) - set(compiled.mapping["names"])


def _symbols(text: str) -> tuple[set[str], set[str]]:
    """Return the instructions at the heads of forms, and the symbols anywhere else."""
    heads: set[str] = set()
    others: set[str] = set()
    pending = list(read(Source.of(text)).forms)
    while pending:
        form = pending.pop()
        match form:
            case Symbol(name):
                others.add(name)
            case ListForm((Symbol(name), *rest)) if catalogue.lookup(name) is not None:
                heads.add(name)
                pending.extend(rest)
            case ListForm(items) | SetForm(items):
                pending.extend(items)
            case DictForm(entries):
                pending.extend(part for entry in entries for part in entry)
            case Quote(quoted):
                pending.append(quoted)
    return heads, others


@contextmanager
def _recorded() -> Iterator[set[str]]:
    """Collect the names that the compiler finds in the catalogue."""
    found: set[str] = set()
    original = catalogue.lookup

    def recording(name: str) -> Builtin | None:
        builtin = original(name)
        if builtin is not None:
            found.add(name)
        return builtin

    catalogue.lookup = recording
    try:
        yield found
    finally:
        catalogue.lookup = original


def page() -> str:
    """Return the table as a page of the documentation."""
    cases = tested_spellings()
    parts = [_HEADER]
    for title, area in AREAS.items():
        lines = [f"## {title}", "", "| instruction | what it does | shown by |"]
        lines.append("| --- | --- | --- |")
        lines.extend(_line(row) for row in rows(area, cases))
        parts.append("\n".join(lines) + "\n")
    lines = ["## Left out", "", "| instruction | why |", "| --- | --- |"]
    for builtin in left_out():
        names = ", ".join(_code(n) for n in (builtin.name, *builtin.aliases))
        lines.append(f"| {names} | {_cell(builtin.unsupported or '')} |")
    parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _line(row: Row) -> str:
    names = " ".join(_code(name) for name in row.spellings)
    shown = dict.fromkeys(row.cases[n] for n in row.spellings if n in row.cases)
    cases = ", ".join(shown) or "**not yet shown**"
    return f"| {names} | {_cell(row.builtin.doc)} | {cases} |"


def _code(name: str) -> str:
    name = name.replace("|", "\\|")
    return f"`` {name} ``" if "`" in name else f"`{name}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    TABLE.write_text(page(), encoding="utf-8")
    print(f"wrote {TABLE.relative_to(ROOT)}")
