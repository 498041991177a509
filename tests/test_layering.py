"""Our own modules import only what stands above them, and never in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from programs import ROOT

PACKAGE = ROOT / "lisptorch_compile"
NAME = "lisptorch_compile"

#: From the top down: a module imports from its own row and the rows before it. A name
#: stands for a module or for all modules of a package.
ROWS = (
    ("records", "diagnostics"),
    ("forms", "unread"),
    ("lexemes", "brackets", "reading_memory", "syntax", "rereading", "reader"),
    ("scope", "patterns", "nodes", "pytree", "literals", "names", "walk"),
    ("catalogue",),
    (
        "macros",
        "links",
        "spaces",
        "expander",
        "accessors",
        "fact_rules",
        "places",
        "pattern_facts",
        "aliasing",
        "class_table",
        "facts",
        "lower_bounds",
        "cut_numbers",
        "analyzer",
    ),
    ("lowering", "codegen", "program_files"),
    (
        "lines",
        "leaves",
        "number_tables",
        "expressions",
        "layout",
        "spacing",
        "comments",
        "emitter",
        "linemap",
    ),
    ("pipeline",),
    ("rendering", "annotations", "api"),
    ("tools",),
    ("commands",),
    ("cli", "__main__"),
)
#: Row 4 and the catalogue speak of each other's types.
SAME_ROW = {"catalogue": 3}
LIBRARIES_OF_COMPILER = {"lark", "black", "click", "rich"}
TORCH_LIBRARIES = {"torch", "numpy", "safetensors", "sentencepiece", "tiktoken"}


def modules() -> dict[str, Path]:
    """Return every module of ours by its dotted name below the package."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts).removesuffix(".__init__")
        found["" if name == "__init__" else name] = path
    return found


MODULES = modules()


def imports(
    path: Path, *, everywhere: bool = True, types: bool = False
) -> Iterator[str]:
    """Yield the dotted names that a file imports; ``types``: for type checkers, too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes: list[ast.AST] = list(tree.body)
    while nodes:
        node = nodes.pop()
        for_types = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        if for_types and not types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif everywhere or not isinstance(node, ast.FunctionDef):
            nodes.extend(ast.iter_child_nodes(node))


def our_imports(
    path: Path, *, everywhere: bool = True, types: bool = False
) -> set[str]:
    """Return the modules of ours that a file imports, by name below the package."""
    found = set()
    for name in imports(path, everywhere=everywhere, types=types):
        if name == NAME or name.startswith(f"{NAME}."):
            inner = name.removeprefix(NAME).removeprefix(".")
            while inner not in MODULES:
                inner = inner.rpartition(".")[0]
            found.add(inner)
    return found


def row_of(module: str) -> int:
    head = module.partition(".")[0]
    if head in SAME_ROW:
        return SAME_ROW[head]
    rows = [number for number, row in enumerate(ROWS) if head in row]
    assert len(rows) == 1, f"{module} has no place in the layering: give it one"
    return rows[0]


COMPILER = [m for m in MODULES if m and m.partition(".")[0] != "runtime"]
RUNTIME = [m for m in MODULES if m.partition(".")[0] == "runtime"]
OUTSIDE = ("tools", "commands", "cli", "__main__")
CORE = [m for m in COMPILER if m.partition(".")[0] not in OUTSIDE]


@pytest.mark.parametrize("module", COMPILER)
def test_module_imports_nothing_from_below(module: str) -> None:
    row = row_of(module)
    upward = {
        imported
        for imported in our_imports(MODULES[module])
        if imported and not imported.startswith("runtime") and row_of(imported) > row
    }
    assert not upward


@pytest.mark.parametrize("module", CORE)
def test_compiler_knows_neither_runtime_nor_torch(module: str) -> None:
    path = MODULES[module]
    assert not {m for m in our_imports(path) if m.startswith("runtime")}
    assert not {name.partition(".")[0] for name in imports(path)} & TORCH_LIBRARIES


@pytest.mark.parametrize("module", RUNTIME)
def test_runtime_does_not_know_the_compiler(module: str) -> None:
    path = MODULES[module]
    others = {m for m in our_imports(path) if m and not m.startswith("runtime")}
    assert not others
    libraries = {name.partition(".")[0] for name in imports(path)}
    assert not libraries & LIBRARIES_OF_COMPILER


def test_only_generation_knows_generation() -> None:
    for module in ("attention", "lora", "quant"):
        assert "runtime.generate" not in our_imports(MODULES[f"runtime.{module}"])


def test_nothing_of_the_core_imports_tools() -> None:
    for module in CORE:
        assert not {m for m in our_imports(MODULES[module]) if m.startswith("tools")}


def test_imports_make_no_circle() -> None:
    graph = {
        module: our_imports(path, everywhere=False, types=True) - {module, ""}
        for module, path in MODULES.items()
        if module  # which offers names of the others lazily
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' → '.join(error.args[1])}")


def test_core_reads_no_files_environment_or_clocks() -> None:
    forbidden = {"os", "time", "datetime", "subprocess", "socket", "random", "tempfile"}
    for module in CORE:
        heads = {name.partition(".")[0] for name in imports(MODULES[module])}
        assert not heads & forbidden, module
