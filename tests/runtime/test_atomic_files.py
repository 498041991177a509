"""What killed writers leave behind is removed by the next one, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lisptorch_compile.runtime.atomic_files import atomic_write

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and locks of POSIX")

#: Begins to write a file, says so, and goes on when it gets a line.
WRITER = """
import sys
from lisptorch_compile.runtime.atomic_files import atomic_write

def write(file):
    file.write(b"half")
    file.flush()
    print("begun", flush=True)
    sys.stdin.readline()
    file.write(b" and half")

atomic_write(sys.argv[1], write)
"""


@contextmanager
def writing(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Give a process that has written a half of ``path``."""
    command = [sys.executable, "-c", WRITER, str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        yield writer


def save(path: Path) -> None:
    atomic_write(path, lambda file: file.write(b"whole"))


def test_next_writer_removes_what_killed_ones_left(tmp_path: Path) -> None:
    for name in ("model.pt", "other.pt"):
        with writing(tmp_path / name) as writer:
            writer.kill()
    assert len(os.listdir(tmp_path)) == 2
    save(tmp_path / "model.pt")
    assert os.listdir(tmp_path) == ["model.pt"]


def test_file_of_a_living_writer_stays(tmp_path: Path) -> None:
    path = tmp_path / "slow.pt"
    with writing(path) as writer:
        save(tmp_path / "quick.pt")
        writer.communicate(b"\n")
    assert writer.returncode == 0
    assert path.read_bytes() == b"half and half"
    assert sorted(os.listdir(tmp_path)) == ["quick.pt", "slow.pt"]


def test_writer_whose_file_was_swept_before_it_was_locked_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    open_file = os.open

    def open_and_lose(path: Path, flags: int, mode: int = 0o777) -> int:
        descriptor = open_file(path, flags, mode)
        if flags & os.O_EXCL:
            made.append(Path(path))
        if len(made) == 1:
            made[0].unlink(missing_ok=True)
        return descriptor

    monkeypatch.setattr(os, "open", open_and_lose)
    save(tmp_path / "model.pt")
    assert len(made) == 2
    assert (tmp_path / "model.pt").read_bytes() == b"whole"


@pytest.mark.parametrize(
    "name",
    [
        ".model.pt.0123456789abcdef.tmp",
        "model.pt.0123456789abcdef.lisptorch-tmp",
        ".notes.lisptorch-tmp",
    ],
)
def test_files_of_other_programs_stay(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    save(tmp_path / "model.pt")
    assert sorted(os.listdir(tmp_path)) == sorted([name, "model.pt"])


def test_link_in_place_of_a_temporary_file_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.touch()
    link = tmp_path / ".model.pt.0123456789abcdef.lisptorch-tmp"
    link.symlink_to(target)
    save(tmp_path / "model.pt")
    assert target.exists()
