"""The documentation builds without a warning, holds every name, and says what is true."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import click
import diagnostic_pages
import function_pages
import pytest
from markdown_text import anchor
from programs import ROOT, run, run_python
from tiny_language_model import write_language_model

from lisptorch_compile import catalogue
from lisptorch_compile.cli import lisptorch, run_command_line
from lisptorch_compile.diagnostics import CODES, Severity, Source
from lisptorch_compile.pipeline import Compiled, compile_text
from lisptorch_compile.program_files import SourceFile
from lisptorch_compile.rendering import as_text
from lisptorch_compile.tools.services.description import without_header

CODES_AND_PAGES = diagnostic_pages.entries()


# --- the site -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the documentation; a dead link or anchor would be an error."""
    pytest.importorskip("mkdocs")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(
        [*command, "--site-dir", str(folder)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_site_holds_every_name_and_every_code(site: Path) -> None:
    texts = {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    for name in catalogue.names():
        page, _, place = function_pages.place_of(name).partition("#")
        html = texts[site / page.replace(".md", ".html")]
        assert f'id="{place}"' in html, name
    commands = texts[site / "cli.html"]
    for name in lisptorch.list_commands(click.Context(lisptorch)):
        assert f'id="lisptorch-{name}' in commands
    for code in CODES:
        assert code in texts[site / f"diagnostics/{code}.html"]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_site_asks_nothing_of_the_network(site: Path) -> None:
    fetched = re.compile(r'<(?:script|link|img|iframe)\b[^>]*(?:src|href)="https?://')
    for path in site.rglob("*.html"):
        assert fetched.search(path.read_text("utf-8")) is None, path


def test_every_variable_of_the_environment_is_described() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for path in (ROOT / "lisptorch_compile").rglob("*.py"):
        for name in re.findall(r'"(LISPTORCH_\w+)"', path.read_text(encoding="utf-8")):
            assert f"`{name}`" in page, path


# --- the references -------------------------------------------------------------------------


def test_every_function_has_an_example() -> None:
    for builtin in catalogue.BUILTINS:
        if builtin.unsupported is None and builtin.name != "load":
            example = function_pages.example_of(builtin)
            assert example is not None, builtin.name


def test_anchors_of_a_page_differ() -> None:
    places = [function_pages.place_of(name) for name in catalogue.names()]
    assert len(set(places)) == len(places)


def test_anchors_are_words() -> None:
    for name in catalogue.names():
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", anchor(name)), name


# --- the pages of diagnostics -----------------------------------------------------------------


def test_every_code_has_a_page() -> None:
    assert CODES_AND_PAGES.keys() == CODES.keys()


@pytest.mark.parametrize("code", CODES_AND_PAGES)
def test_failing_program_has_the_code_and_no_other(code: str) -> None:
    entry = CODES_AND_PAGES[code]
    found = diagnostic_pages.checked(entry, entry.fails).diagnostics
    assert {d.code for d in found} - {entry.besides} == {code}
    assert CODES[code].severity is Severity.ERROR or len(found) == 1


@pytest.mark.parametrize("code", CODES_AND_PAGES)
def test_mended_program_compiles_without_a_warning(code: str) -> None:
    entry = CODES_AND_PAGES[code]
    result = diagnostic_pages.checked(entry, entry.mended)
    assert result.diagnostics == () and result.python is not None


#: What the programs of the pages read.
_READ = {"digits.txt": "99", "tree.json": "[1]", "width.lsp": "3"}


@pytest.mark.parametrize("code", CODES_AND_PAGES)
def test_mended_program_runs(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONBREAKPOINT", "0")
    entry = CODES_AND_PAGES[code]
    for name, text in {**_READ, **entry.loads, "program.lsp": entry.mended}.items():
        Path(name).write_text(text, encoding="utf-8")
    assert run_command_line(["run", "program.lsp"]) == 0


# --- the pages written by hand ------------------------------------------------------------------

DOCS = ROOT / "docs"
#: Those whose blocks stand for themselves; tests/test_differences.py runs others.
PAGES = ("index.md", "tutorials/lispe.md", "tutorials/python.md")
_BLOCK = re.compile(r"^```([\w-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: What the pages say that the files hold which their blocks load.
_LOADED = {"model.lsp": "(defun layers () 4)"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of LispE with the blocks that show what becomes of it."""

    source: str
    python: tuple[str, ...]
    printed: tuple[str, ...]
    faulty: bool


def shown(page: str) -> list[Shown]:
    """Return the blocks of LispE of a page, each with those up to the next one."""
    result: list[Shown] = []
    for language, body in _BLOCK.findall((DOCS / page).read_text(encoding="utf-8")):
        match language:
            case "lisp" | "lisp-error":
                result.append(Shown(body, (), (), language == "lisp-error"))
            case "python" if "import lisptorch_compile\n" not in body:
                result[-1] = replace(result[-1], python=(*result[-1].python, body))
            case "text":
                result[-1] = replace(result[-1], printed=(*result[-1].printed, body))
    return result


SHOWN = [(page, block) for page in PAGES for block in shown(page)]


def _find(path: str) -> SourceFile | None:
    if path not in _LOADED:
        return None
    source = Source.of(_LOADED[path], path)
    return SourceFile(source, path.removesuffix(".lsp"))


def _compiled(block: Shown) -> Compiled:
    name = "losses.lsp" if "losses" in block.source else "quickstart.lsp"
    return compile_text(block.source, filename=name, find=_find)


def test_the_pages_have_blocks_of_every_kind() -> None:
    blocks = [block for _, block in SHOWN]
    assert sum(bool(block.python) for block in blocks) > 10
    assert sum(bool(block.printed) for block in blocks) > 12
    assert any(block.faulty for block in blocks)


@pytest.mark.parametrize(("page", "block"), SHOWN)
def test_block_compiles_to_what_the_page_shows(page: str, block: Shown) -> None:
    result = _compiled(block)
    if block.faulty:
        texts = "".join(as_text(d, result.source) for d in result.diagnostics)
        assert [texts] == list(block.printed)
        return
    assert result.diagnostics == () and result.python is not None
    for python in block.python:
        assert python in (result.python, f"{without_header(result.python)}\n")


@pytest.mark.parametrize(
    ("page", "block"), [(p, b) for p, b in SHOWN if b.printed and not b.faulty]
)
def test_block_prints_what_the_page_shows(
    page: str, block: Shown, capsys: pytest.CaptureFixture[str]
) -> None:
    run(block.source)
    assert [capsys.readouterr().out] == list(block.printed)


COOKBOOK = ROOT / "examples" / "cookbook"


@pytest.fixture(scope="module")
def language_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a tiny model and its tokenizer."""
    folder = tmp_path_factory.mktemp("language_model")
    write_language_model(folder, "llama")
    shutil.copy(folder / "tokenizer" / "tokenizer.json", folder / "model")
    return folder / "model"


@pytest.mark.parametrize("script", sorted(COOKBOOK.glob("*.lsp")), ids=lambda p: p.stem)
def test_recipe_prints_what_the_cookbook_says(
    script: Path, language_model: Path, tmp_path: Path
) -> None:
    text = script.read_text(encoding="utf-8")
    assert compile_text(text, filename=script.name).diagnostics == ()
    shutil.copy(script, tmp_path)
    shutil.copytree(language_model, tmp_path / "model")
    process = run_python("-m", "lisptorch_compile", "run", str(tmp_path / script.name))
    assert process.returncode == 0, process.stderr
    included = f'--8<-- "examples/cookbook/{script.name}"\n```\n\n```text\n'
    page = (DOCS / "cookbook.md").read_text(encoding="utf-8")
    assert f"{included}{process.stdout}```" in page
