"""``lisptorch watch``, as it runs in a terminal until Ctrl-C."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from programs import ROOT, run_python

SECONDS = 40


class Watching:
    """A command that is running; its lines come one by one."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, text: str) -> list[str]:
        """Return the lines up to the first one that holds a text."""
        found: list[str] = []
        while not found or text not in found[-1]:
            found.append(self.lines.get(timeout=SECONDS))
        return found

    def interrupt(self) -> int:
        """Press Ctrl-C and return the status; only the program may speak of it."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=SECONDS)
        self.reader.join(timeout=SECONDS)
        assert not [line for line in self.lines.queue if "KeyboardInterrupt" in line]
        return status


@contextmanager
def watching(folder: Path, *arguments: str) -> Iterator[Watching]:
    process = subprocess.Popen(
        [sys.executable, "-m", "lisptorch_compile", "watch", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )
    try:
        yield Watching(process)
    finally:
        process.kill()
        process.wait()


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def test_project_is_built_after_each_change(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.lisptorch]\nsources = ["src"]\n')
    source = tmp_path / "src" / "one.lsp"
    source.parent.mkdir()
    write(source, "(println 1)")
    with watching(tmp_path) as running:
        running.until("0 unchanged")
        write(source, "(println (oops))")
        shown = running.until("1 error")
        assert any("unknown function `oops`" in line for line in shown)
        assert "print(1)" in (tmp_path / "src" / "one.py").read_text()
        write(source, "(println 2)")
        assert "changed: src/one.lsp" in running.until("wrote: src/one.py")
        assert "print(2)" in (tmp_path / "src" / "one.py").read_text()
        assert running.interrupt() == 0


def test_script_runs_again_with_its_arguments(tmp_path: Path) -> None:
    write(tmp_path / "part.lsp", "(setq n 1)")
    write(
        tmp_path / "main.lsp",
        '(load "part.lsp")\n(println "n is" n (cdr _args))\n(sleep 60000)\n',
    )
    with watching(tmp_path, "--run", "main.lsp", "--fast", "x") as running:
        assert running.until("n is")[-1] == 'n is 1 ("--fast" "x")'
        write(tmp_path / "part.lsp", "(setq n 2)")
        assert running.until("n is")[-1] == 'n is 2 ("--fast" "x")'
        assert running.interrupt() == 0
    assert not list(tmp_path.glob("*.py"))


def test_files_are_compiled_beside_themselves(tmp_path: Path) -> None:
    write(tmp_path / "one.lsp", "(println 1)")
    with watching(tmp_path, "one.lsp") as running:
        running.until("watching .")
        write(tmp_path / "one.lsp", "(println 2)")
        running.until("changed: one.lsp")
        write(tmp_path / "one.lsp", "(println 3)")
        running.until("changed: one.lsp")
        write(tmp_path / "two.lsp", "(println 4)")
        running.until("changed: two.lsp")
        assert "print(3)" in (tmp_path / "one.py").read_text()
        assert not (tmp_path / "two.py").exists()
        assert running.interrupt() == 0


@pytest.mark.parametrize(
    "arguments, message",
    [
        ([], "pyproject.toml"),
        (["--run", "absent.lsp"], "there is no file absent.lsp to run"),
        (["--run"], "--run needs a FILE"),
    ],
)
def test_nothing_to_watch_is_said(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    ran = run_python("-m", "lisptorch_compile", "watch", *arguments, cwd=tmp_path)
    assert ran.returncode == 2 and message in ran.stderr
