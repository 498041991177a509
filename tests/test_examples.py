"""Every example compiles without a warning and prints what its author expects."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from programs import ROOT, compiled, run_python

PYTHON = sorted((ROOT / "examples" / "python").glob("*/*.lsp"))
LANGUAGE = sorted((ROOT / "examples" / "language").glob("*.lsp"))


def run_by_plain_python(path: Path, folder: Path) -> str:
    """Compile an example, run the written Python, and return what it prints."""
    result = compiled(path.read_text(encoding="utf-8"), path.name)
    assert result.diagnostics == ()
    assert result.python is not None
    script = folder / "example.py"
    script.write_text(result.python, encoding="utf-8")
    process = run_python(str(script), env={"TMPDIR": str(folder)})
    assert (process.returncode, process.stderr) == (0, "")
    return process.stdout


@pytest.mark.parametrize("path", LANGUAGE, ids=lambda path: path.stem)
def test_language_example_prints_the_expected_text(path: Path, tmp_path: Path) -> None:
    expected = path.with_suffix(".out").read_text(encoding="utf-8")
    assert run_by_plain_python(path, tmp_path) == expected


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.stem)
def test_example_with_python_prints_the_expected_text(
    path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / path.parent.name
    shutil.copytree(path.parent, folder)  # with the files that it reads
    expected = path.with_suffix(".out").read_text(encoding="utf-8")
    assert run_by_plain_python(path, folder) == expected


def test_final_example_prints_the_closing_lines_of_the_readme(tmp_path: Path) -> None:
    printed = run_by_plain_python(ROOT / "examples" / "test_final.lsp", tmp_path)
    assert printed.splitlines() == [
        "✅ TOKENIZATION: SimpleTokenizer operational",
        "✅ EMBEDDING: Token → vector conversion",
        "✅ SEQUENCE PROCESSING: Padding + attention masks",
        "✅ TRANSFORMER: Multi-Head Attention (4 heads)",
        "🚀 READY FOR LLAMA-3.1: Complete framework",
    ]


def test_final_example_prints_no_line_whose_values_are_wrong(tmp_path: Path) -> None:
    source = (ROOT / "examples" / "test_final.lsp").read_text(encoding="utf-8")
    broken = source.replace("(= vocab_size 15)", "(= vocab_size 16)")
    assert broken != source
    script = tmp_path / "broken.py"
    script.write_text(compiled(broken, "broken.lsp").python or "", encoding="utf-8")
    process = run_python(str(script))
    assert process.returncode == 1 and process.stdout == ""
    assert "this should hold: 4 special tokens" in process.stderr
