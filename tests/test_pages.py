"""Every block of the pages written by hand is carried out as its reader would do it.

A page is one session in one folder, which holds the files of ``tests/data/workspace``. Its blocks
are taken in their order:

sh         each line is a command of a shell, which ends well
console    what stands behind ``$`` is a command, and below it what it shows; ``…`` is anything
python     a program; a comment that is a literal is the value of its line's variable
toml       settings, which can be read
title="…"  a file, which is written where the title says

Cells of notebooks, which begin with ``%``, are run in one kernel. A block below
``<!-- not run: WHY -->`` is not run here. LispE and what becomes of it, on the pages of
``READ_ELSEWHERE``, is up to tests/test_docs.py and tests/test_differences.py.
"""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import nbformat
import pytest
import yaml
from nbclient import NotebookClient
from nbformat import v4 as notebooks
from programs import ROOT
from tiny_language_model import write_language_model

from lisptorch_compile.cli import lisptorch
from lisptorch_compile.pipeline import compile_text

WORKSPACE = ROOT / "tests" / "data" / "workspace"
COOKBOOK = "docs/cookbook.md"
PAGES = [
    "README.md",
    *(f"docs/{name}.md" for name in ("ci", "contributing", "editors", "importing")),
    *(f"docs/{name}.md" for name in ("index", "models", "notebooks", "python")),
    *(f"docs/{name}.md" for name in ("cli", "differences", "api", "architecture")),
    *(f"docs/tutorials/{name}.md" for name in ("lispe", "python")),
    COOKBOOK,
    "examples/project/README.md",
]
#: What makes these is held to them by its own test.
GENERATED = {"docs/coverage.md", "docs/torch.md"}

#: Whose LispE is compiled and run by tests of its own, with the Python and the output shown.
READ_ELSEWHERE = {
    "README.md",
    "docs/index.md",
    "docs/differences.md",
    "docs/python.md",
    "docs/tutorials/lispe.md",
    "docs/tutorials/python.md",
    COOKBOOK,
}

#: What the cells of a notebook find set.
GIVEN = {
    "docs/notebooks.md": "model = batch = None\ndef train_step(model, batch): return 0.5",
    COOKBOOK: "step = 2",
}

_BLOCK = re.compile(
    r"^(?:<!-- not run: (?P<why>[^\n]+) -->\n)?"
    r'^```(?P<language>[\w-]+)(?: title="(?P<title>[^"\n]+)")?\n(?P<body>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
_INCLUDED = re.compile(r'^--8<-- "([^"]+)"\n', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page; ``why`` it is not run, where it is not."""

    language: str
    title: str | None
    body: str
    why: str | None


def blocks(page: str) -> list[Block]:
    text = (ROOT / page).read_text(encoding="utf-8")
    found = [
        Block(match["language"], match["title"], _whole(match["body"]), match["why"])
        for match in _BLOCK.finditer(text)
    ]
    assert len(found) == len(re.findall(r"^```[\w-]", text, re.MULTILINE))
    return found


def _whole(body: str) -> str:
    return _INCLUDED.sub(lambda path: (ROOT / path[1]).read_text("utf-8"), body)


def test_no_page_is_left_out() -> None:
    written = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    names = {path.relative_to(ROOT).as_posix() for path in written}
    assert names - GENERATED == set(PAGES) - {"examples/project/README.md"}


# --- what a reader has ------------------------------------------------------------------


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the variables of an environment that has us, and what we need, installed."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    paths = [str(ROOT), *(path for path in sys.path if path.endswith("-packages"))]
    (packages / "ours.pth").write_text("\n".join(paths), encoding="utf-8")
    for command, module in (("lisptorch", "lisptorch_compile"), ("coverage",) * 2):
        script = folder / "bin" / command
        script.write_text(f'#!/bin/sh\nexec "{folder}/bin/python" -m {module} "$@"\n')
        script.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    path = f"{folder}/bin{os.pathsep}{os.environ['PATH']}"
    home = {"XDG_STATE_HOME": str(folder), "PYTHONIOENCODING": "utf-8"}
    return {**kept, **home, "PATH": path}


@pytest.fixture
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Return the folder in which the page of a test is read."""
    page = request.getfixturevalue("page")
    place = tmp_path / "work"
    if page == "examples/project/README.md":
        return shutil.copytree(ROOT / "examples" / "project", place)
    shutil.copytree(WORKSPACE, place)
    (tmp_path / "lib").mkdir()
    (place / "my-tools.lsp").rename(tmp_path / "lib" / "my-tools.lsp")
    if page == COOKBOOK:
        for recipe in (ROOT / "examples" / "cookbook").iterdir():
            shutil.copy(recipe, place)
        write_language_model(tmp_path, "llama")
        shutil.copytree(tmp_path / "model", place / "model")
        shutil.copy(tmp_path / "tokenizer" / "tokenizer.json", place / "model")
        shutil.copytree(ROOT / "examples" / "project", place, dirs_exist_ok=True)
    return place


# --- reading ------------------------------------------------------------------------------


@dataclass(slots=True)
class Reader:
    """Who carries out a page in a folder."""

    page: str
    folder: Path
    environment: dict[str, str]

    def read(self) -> None:
        todo = blocks(self.page)
        self.run_cells(todo)
        for block in todo:
            if block.why is not None:
                _check_unread(block)
            elif not self.is_cell(block):
                self.carry_out(block)

    def carry_out(self, block: Block) -> None:
        if block.title is not None:
            place = self.folder / block.title
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(block.body, encoding="utf-8")
            return
        match block.language:
            case "sh":
                for line in block.body.splitlines():
                    self.command(line)
            case "console":
                self.console(block.body)
            case "toml":
                assert tomllib.loads(block.body)
            case "python" if self.is_program(block):
                self.program(block.body)
            case "python" if self.page == "docs/contributing.md":
                _check_quoted(block.body)
            case _:
                elsewhere = self.page in READ_ELSEWHERE or self.page in GIVEN
                assert elsewhere, f"nobody reads this:\n{block.body}"

    # commands

    def command(self, line: str) -> None:
        words = shlex.split(line, comments=True)
        match words[:2]:
            case ["make", target]:
                words = ["make", "--dry-run", "--directory", str(ROOT), target]
                self.shell(shlex.join(words))
            case ["pip", "install"]:
                _check_requirements(words[2:])
            case ["python", "-m"] if words[2] == "build":
                pass  # installs from the network; tests/test_packaging.py makes wheels
            case ["lisptorch", "watch"]:
                self.watch(words)
            case _:
                self.shell(line)

    def shell(self, line: str) -> None:
        done = self.ran(line)
        assert done.returncode == 0, f"{line}\n{done.stdout}"

    def ran(self, line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            cwd=self.folder,
            env=self.environment,
        )

    def watch(self, words: list[str]) -> None:
        """Run a command that goes on until Ctrl-C, and stop it when it has begun."""
        with subprocess.Popen(
            [shutil.which(words[0], path=self.environment["PATH"]) or "", *words[1:]],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=self.environment,
        ) as process:
            assert process.stderr is not None
            assert process.stderr.readline().startswith(b"watching")
            process.send_signal(signal.SIGINT)
            process.communicate()
        assert process.returncode == 0

    def console(self, body: str) -> None:
        for session in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            line, _, shown = session.partition("\n")
            printed = self.ran(line).stdout
            wanted = re.escape(shown).replace("…", ".*")
            assert re.fullmatch(wanted, printed, re.DOTALL), printed

    # Python

    def is_program(self, block: Block) -> bool:
        """Whether a block of Python is the reader's own, and not what LispE becomes."""
        return "import lisptorch_compile\n" in block.body

    def program(self, body: str) -> None:
        checks = [
            f"assert {name} == {value!r}, {name}" for name, value in _promised(body)
        ]
        program = self.folder / "the_program.py"
        program.write_text("\n".join([body, *checks]), encoding="utf-8")
        self.shell("python the_program.py")

    def run_cells(self, found: list[Block]) -> None:
        """Run the cells of a page in one kernel; the text below one is what it shows."""
        cells = [block for block in found if self.is_cell(block)]
        if not cells:
            return
        shown = _shown(self.folder, GIVEN[self.page], [cell.body for cell in cells])
        for cell, text in zip(cells, shown, strict=True):
            below = found[found.index(cell) + 1 :]
            if below and below[0].language == "text":
                assert text.strip() == below[0].body.strip()
            else:
                assert "rror" not in text, f"{cell.body}{text}"

    def is_cell(self, block: Block) -> bool:
        """Whether a block is a cell of a notebook: a magic, or Python on that page."""
        on_page = block.language == "python" and self.page == "docs/notebooks.md"
        return block.body.startswith("%") or on_page


def _shown(folder: Path, given: str, cells: list[str]) -> Iterator[str]:
    """Yield what each cell of a notebook shows as text.

    What is given is run unseen, so that cells have the numbers that the page shows.
    """
    notebook = notebooks.new_notebook(
        cells=[notebooks.new_code_cell(cell) for cell in (given, *cells)]
    )
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, allow_errors=True, resources=resources)
    with client.setup_kernel(env={**os.environ, "PYTHONPATH": str(ROOT)}):
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index, store_history=index > 0)
    return map(_text, notebook.cells[1:])


def _text(cell: nbformat.NotebookNode) -> str:
    shown = [
        output.get("text") or "\n".join(output.get("traceback", ()))
        for output in cell.outputs
    ]
    return re.sub(r"\x1b\[[\d;]*m", "", "".join(shown))


def _promised(body: str) -> Iterator[tuple[str, object]]:
    """Yield the variables whose value a comment tells: ``total = f()  # 42``."""
    for name, comment in re.findall(r"^(\w+) = .*?  # (.*)$", body, re.MULTILINE):
        try:
            yield name, ast.literal_eval(comment)
        except (SyntaxError, ValueError):
            continue  # which says something else


# --- what cannot be run here -------------------------------------------------------------


def _check_unread(block: Block) -> None:
    """Check of a block that is not run what can be checked."""
    match block.language:
        case "lisp":
            assert compile_text(block.body).diagnostics == ()
        case "toml":
            assert tomllib.loads(block.body)
        case "yaml":
            assert yaml.safe_load(block.body)


def _check_requirements(words: list[str]) -> None:
    """Check that what is installed of us are extras that we have."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    ours = [word for word in words if word.startswith(project["name"])]
    assert ours
    for word in ours:
        extras = word.removeprefix(project["name"]).strip("[]").split(",")
        assert set(filter(None, extras)) <= project["optional-dependencies"].keys()


def _check_quoted(body: str) -> None:
    """Check that a block of Python is a part of the catalogue."""
    sources = (ROOT / "lisptorch_compile" / "catalogue").glob("*.py")
    texts = [" ".join(path.read_text("utf-8").split()) for path in sources]
    assert any(" ".join(body.split()) in text for text in texts), body


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize("page", PAGES)
def test_page_says_what_happens(
    page: str, folder: Path, environment: dict[str, str]
) -> None:
    Reader(page, folder, environment).read()


# --- commands within the text --------------------------------------------------------------

_INLINE = re.compile(r"`lisptorch ([a-z][^`|]*)[`|]")


@pytest.mark.parametrize("page", PAGES)
def test_commands_within_the_text_have_their_options(page: str) -> None:
    for line in _INLINE.findall((ROOT / page).read_text(encoding="utf-8")):
        command: click.Command = lisptorch
        context = click.Context(command)
        for word in line.split():
            if isinstance(command, click.Group):
                found = command.get_command(context, word)
                assert found is not None, line
                command = found
            elif word.startswith("--"):
                options = {name for option in command.params for name in option.opts}
                assert word in options, line
