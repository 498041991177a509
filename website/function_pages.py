"""The references of the language and of torch, made from the catalogue.

A function is shown with what the catalogue says of it, and with a program, the Python that
it becomes and what it prints. The programs and outputs are those that the tests run.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from markdown_text import anchor, code, example, fenced, plain

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
    tiktoken,
    torch_jit,
    torch_later,
    torch_layers,
    torch_models,
    torch_tensors,
    torch_text,
    torch_training,
    torch_tucker,
)
from lisptorch_compile.catalogue.imports import RUNTIME_MODULES
from lisptorch_compile.catalogue.model import Builtin
from lisptorch_compile.pipeline import compile_text
from lisptorch_compile.records import record
from lisptorch_compile.tools.services import describe
from lisptorch_compile.tools.services.description import without_header
from lisptorch_compile.tools.services.examples import Example, examples

TORCH_CALLS = Path(__file__).parent.parent / "tests" / "data" / "torch_api.toml"


@record
class Area:
    """One page: its file, its title, and the module that declares what it shows."""

    path: str
    title: str
    module: ModuleType


LANGUAGE = (
    Area("forms", "Special forms", forms),
    Area("lists", "Lists", lists),
    Area("sequences", "Sequences", sequences),
    Area("texts", "Texts", strings),
    Area("expressions", "Regular expressions", expressions),
    Area("dictionaries", "Dictionaries and sets", dictionaries),
    Area("higher-order", "Functions of functions", higher_order),
    Area("arrays", "Arrays", apl),
    Area("numbers", "Numbers", numbers),
    Area("printing", "Printing, input, kinds", printing),
    Area("system", "Files, system, time", system),
    Area("threads", "Threads", threads),
    Area("ontologies", "Ontologies", ontologies),
)
TORCH = (
    Area("tensors", "Tensors and devices", torch_tensors),
    Area("layers", "Layers", torch_layers),
    Area("training", "Training", torch_training),
    Area("text", "Texts and generation", torch_text),
    Area("models", "Language models", torch_models),
    Area("tiktoken", "Byte-pair tokenizers", tiktoken),
    Area("jit", "TorchScript and export", torch_jit),
    Area("tucker", "Tucker decomposition", torch_tucker),
    Area("refused", "Names that are refused", torch_later),
)
_FOLDERS = {
    "language": ("The language", LANGUAGE),
    "torch": ("The torch library", TORCH),
}
_ABOUT = {
    "language": "Every instruction of the language, by area, and all names in alphabetical order. Each is shown with a "
    "program, the Python that it becomes without its imports, and what it prints; the tests run every one of them. "
    "`lisptorch doc NAME` shows the same in a terminal.",
    "torch": "Every function of LispE's torch libraries, by area, and all spellings in alphabetical order. Each is shown "
    "with a program, the Python that it becomes without its imports, and what it prints; the tests run every spelling.",
}


@cache
def pages() -> dict[str, str]:
    """Return the pages of both references: Markdown by path."""
    result = {}
    for folder, (title, areas) in _FOLDERS.items():
        place = f"reference/{folder}"
        result[f"{place}/index.md"] = _index(title, _ABOUT[folder], areas)
        for area in areas:
            result[f"{place}/{area.path}.md"] = _page(area)
    return result


def place_of(name: str) -> str:
    """Return the page of a function and its anchor there.

    >>> place_of("torch_zeros")
    'reference/torch/tensors.md#torch_zeros'
    """
    builtin = catalogue.lookup(name)
    for folder, (_, areas) in _FOLDERS.items():
        for area in areas:
            if builtin in area.module.BUILTINS:
                return f"reference/{folder}/{area.path}.md#{anchor(name)}"
    raise KeyError(name)


# --- lists of names ---------------------------------------------------------------------


def _index(title: str, about: str, areas: tuple[Area, ...]) -> str:
    lines = [f"# {title}", "", about, ""]
    for area in areas:
        count = len(area.module.BUILTINS)
        lines.append(f"- [{area.title}]({area.path}.md): {count}")
    names = [
        (name, f"[{code(name)}]({area.path}.md#{anchor(name)})")
        for area in areas
        for builtin in area.module.BUILTINS
        for name in spellings(builtin)
    ]
    signs = [
        link
        for name, link in sorted(names)
        if not name[0].isascii() or not name[0].isalpha()
    ]
    lines += ["", "## Signs", "", " ".join(signs)]
    letters: dict[str, list[str]] = {}
    for name, link in sorted(names, key=lambda pair: (pair[0].lower(), pair[0])):
        if name[0].isascii() and name[0].isalpha():
            letters.setdefault(name[0].upper(), []).append(link)
    for letter, links in letters.items():
        lines += ["", f"## {letter}", "", " ".join(links)]
    return "\n".join(lines) + "\n"


def spellings(builtin: Builtin) -> tuple[str, ...]:
    """Return all names of a builtin."""
    return (builtin.name, *builtin.aliases)


# --- functions ----------------------------------------------------------------------------


def _page(area: Area) -> str:
    parts = [f"# {area.title}\n"]
    parts += ["\n".join(_function(builtin)) for builtin in area.module.BUILTINS]
    return "\n".join(parts)


def _function(builtin: Builtin) -> Iterator[str]:
    name = builtin.name
    found = describe(name)
    assert found is not None
    yield f"## {code(name)} {{ #{anchor(name)} }}\n"
    others = builtin.aliases
    if others:
        marks = "".join(f'<a id="{anchor(other)}"></a>' for other in others)
        yield f"{marks}Also {', '.join(code(other) for other in others)}.\n"
    if builtin.unsupported is not None:
        yield f"It cannot be compiled: {plain(builtin.unsupported)}.\n"
        return
    if found.signatures:
        yield fenced("\n".join(found.signatures), "lispe")
    yield f"{plain(found.doc)}\n"
    called = _called_of_ours(found.python)
    if called:
        yield f"Details: {', '.join(called)}.\n"
    shown = example_of(builtin)
    if shown is not None:
        blocks = [
            ("LispE", "lispe", shown.source),
            ("Python", "python", python_of(shown.source)),
        ]
        if shown.prints:
            blocks.append(("prints", "text", shown.prints))
        yield example(*blocks)


def _called_of_ours(targets: tuple[str, ...]) -> list[str]:
    """Return links to the functions of the runtime that calls become."""
    found = re.findall(r"(?<![\w.])(\w+)\.(\w+)", "\n".join(targets))
    ours = [pair for pair in dict.fromkeys(found) if pair[0] in RUNTIME_MODULES]
    return [
        f"[{code(f'{module}.{name}')}][lisptorch_compile.runtime.{module}.{name}]"
        for module, name in ours
    ]


def example_of(builtin: Builtin) -> Example | None:
    """Return the program that shows a builtin; None: it has none."""
    return examples().get(builtin.name) or _torch_examples().get(builtin.name)


def python_of(source: str) -> str:
    """Return the Python of a program, without header and imports."""
    compiled = compile_text(source)
    if compiled.python is None:
        raise ValueError(f"an example does not compile: {source}")
    return without_header(compiled.python)


@cache
def _torch_examples() -> dict[str, Example]:
    """Return the first call of each torch function, as a program."""
    table = tomllib.loads(TORCH_CALLS.read_text(encoding="utf-8"))
    result = {}
    for area in table["area"]:
        for function in area["function"]:
            builtin = catalogue.lookup(function["names"].split()[0])
            assert builtin is not None
            result[builtin.name] = _program(builtin.name, function["case"][0])
    return result


def _program(name: str, case: dict[str, str]) -> Example:
    lines = (
        case.get("before", ""),
        f"(setq r {case['call']})",
        case.get("show", "(println r)"),
    )
    source = re.sub(r"\bFN\b", name, "\n".join(line for line in lines if line))
    return Example(source, case["prints"])
