"""Equal sources give equal bytes, whatever runs around the compiler."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from programs import ROOT, run_python

#: Environments and the folder in which the same project is built; the first sets the mark.
SURROUNDINGS: list[tuple[str, dict[str, str]]] = [
    ("a", {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}),
    ("b/deeper", {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Tokyo"}),
    (
        "a b",
        {
            "PYTHONHASHSEED": "4242",
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        },
    ),
]

_AREAS = ("names", "printing", "classes", "patterns", "dictionaries", "sets")


def project(folder: Path) -> None:
    """Write a project: programs of several areas, and one of two files."""
    shutil.copytree(ROOT / "examples" / "project" / "src", folder / "src")
    for area in _AREAS:
        for path in sorted((ROOT / "tests" / "golden" / area).glob("*.lsp"))[:3]:
            if path.with_suffix(".py").exists():
                (folder / "src" / area).mkdir(exist_ok=True)
                shutil.copy(path, folder / "src" / area)
    (folder / "src" / "accents.lsp").write_text(
        '; Größe\n(setq größe {"é":1 "ü":2 "漢":3})\n(println größe)\n',
        encoding="utf-8",
    )
    (folder / "pyproject.toml").write_text(
        '[tool.lisptorch]\nsources = ["src"]\noutput = "out"\n', encoding="utf-8"
    )


@pytest.mark.slow
def test_builds_are_equal_wherever_they_run(tmp_path: Path) -> None:
    made = []
    for name, env in SURROUNDINGS:
        folder = tmp_path / name
        folder.mkdir(parents=True)
        project(folder)
        built = run_python(
            *("-m", "lisptorch_compile", "build", "-j", "1"), cwd=folder, env=env
        )
        assert built.returncode == 0, built.stdout + built.stderr
        out = folder / "out"
        files = sorted(path for path in out.rglob("*") if path.is_file())
        made.append({path.relative_to(out): path.read_bytes() for path in files})
    assert len(made[0]) > 20
    for other in made[1:]:
        assert other == made[0]
    assert not [p for p, text in made[0].items() if str(tmp_path).encode() in text]
