"""The example notebooks, executed as they stand, show what they showed when committed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from programs import ROOT

from lisptorch_compile.cli import run_command_line

NOTEBOOKS = sorted((ROOT / "examples" / "notebooks").glob("*.ipynb"))
_NUMBER = re.compile(r"-?\d+\.\d+(e-?\d+)?")
#: What differs from machine to machine: the last digits of numbers, and drawings of them.
_DRAWN = ("text/html", "image/png")


@pytest.fixture(scope="module", autouse=True)
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Install the kernel of LispE for the notebooks that want it."""
    folder = tmp_path_factory.mktemp("environment")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder / "share" / "jupyter"))
        patch.setenv("PYTHONPATH", str(ROOT))
        assert run_command_line(["kernel", "install", "--prefix", str(folder)]) == 0
        yield


def shown(notebook: NotebookNode) -> list[list[tuple[str, ...]]]:
    """Return what each cell shows: the kinds, and the texts without digits of reals.

    What is printed comes in pieces that depend on time.
    """
    return [_pieces_joined(cell.get("outputs", ())) for cell in notebook.cells]


def _pieces_joined(outputs: Iterable[NotebookNode]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for told in map(_told, outputs):
        if found and len(told) == 2 and told[0] == found[-1][0]:
            told = (told[0], found.pop()[1] + told[1])
        found.append(told)
    return found


def _told(output: NotebookNode) -> tuple[str, ...]:
    if output.output_type == "stream":
        return output.name, _NUMBER.sub("#", output.text)
    drawn = [kind for kind in sorted(output.data) if kind in _DRAWN]
    if drawn:
        return output.output_type, *drawn
    return output.output_type, *sorted(output.data), output.data["text/plain"]


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_it_showed(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    committed = shown(notebook)
    for cell in notebook.cells:
        cell.pop("outputs", None)
        if cell.cell_type == "code":
            cell.outputs = []
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=150, resources=resources).execute()
    assert shown(notebook) == committed


def test_notebooks_are_small_and_name_no_folder() -> None:
    assert len(NOTEBOOKS) == 3
    for path in NOTEBOOKS:
        text = path.read_text(encoding="utf-8")
        assert len(text) < 300_000, path
        assert "/home/" not in text and "/tmp" not in text, path
