"""The project's own documents say what is true."""

from __future__ import annotations

import re
import tomllib

from programs import ROOT, compiled

import lisptorch_compile
from lisptorch_compile.pipeline import compile_text
from lisptorch_compile.rendering import as_text

README = (ROOT / "README.md").read_text(encoding="utf-8")


#: Pages of the site that are made when it is built.
_GENERATED = ("reference/", "diagnostics/", "runtime.md")


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_readme_begins_with_the_two_commands() -> None:
    lines = README.splitlines()[1:3]
    assert [line.split("#")[0].strip() for line in lines] == ["make demo", "make test"]


def test_quick_start_of_the_readme_compiles_to_what_it_shows() -> None:
    source, shown = fenced("lisp")[0], fenced("python")[0]
    assert compiled(source, "quickstart.lsp").python == shown


def test_error_of_the_readme_looks_as_it_shows() -> None:
    program = "\n\n(setq x (torch_zeroes (integers 2 3)))"
    result = compile_text(program, filename="model.lsp")
    assert [as_text(d, result.source) for d in result.errors] == fenced("text")


def test_links_of_the_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!http|#)([^)#]+)", text):
            if target.removeprefix("../").startswith(_GENERATED):
                continue  # tests/test_docs.py builds the site
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", lisptorch_compile.__version__)


def test_constraints_pin_what_is_installed_with_them() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    given = [line.lower() for line in lines if line and line[0] != "#"]
    pins = dict(line.split("==") for line in given)
    assert pins["torch"] == "2.13.0"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    for requirement in [
        *project["project"]["dependencies"],
        *extras["runtime"],
        *extras["dev"],
    ]:
        name = re.match(r"[\w-]+", requirement.lower())
        assert name is not None
        assert {name[0], name[0].replace("-", "_")} & pins.keys(), requirement


def runtime_modules() -> set[str]:
    """Return the modules of the runtime, those of its packages with a dot."""
    folder = ROOT / "lisptorch_compile" / "runtime"
    paths = [path.relative_to(folder) for path in folder.rglob("*.py")]
    return {
        ".".join(path.with_suffix("").parts)
        for path in paths
        if path.stem != "__init__"
    }


def test_architecture_names_every_module() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "lisptorch_compile").rglob("*.py")):
        if path.stem == "__init__" or path.parent.name == "catalogue":
            continue  # a package stands for them
        if "runtime" not in path.parts:
            assert re.search(rf"\b{path.name}\b", page), path


def test_architecture_names_no_module_that_is_gone() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    there = {
        path.name
        for folder in ("lisptorch_compile", "tests", "website")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert set(re.findall(r"[a-z_]+\.py\b(?!\.map)", page)) <= there
    runtime = page[page.index("## The runtime") : page.index("## The tools")]
    cells = [line for line in runtime.splitlines() if line.startswith("| ")]
    modules = set(re.findall(r"`([a-z_.]+)`", "".join(cells)))
    assert modules == runtime_modules()
