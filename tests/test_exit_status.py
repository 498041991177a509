"""How each command of ``lisptorch`` ends, as build tools are told."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from programs import ROOT

from lisptorch_compile.cli import lisptorch, run_command_line

GOOD = "(defun twice (x) (* 2 x))\n(println (twice 21))\n"
BAD = "(println (nowhere 21))\n"

#: What ends a command with each status.
ENDS: dict[str, dict[int, str]] = {
    "compile": {
        0: "good.lsp",
        1: "bad.lsp",
        2: "good.lsp bad.lsp -o one.py",
        3: "missing.lsp",
    },
    "build": {0: "project", 1: "faulty", 2: "empty", 3: "foreign"},
    "run": {0: "good.lsp", 1: "throws.lsp", 2: "", 3: "missing.lsp"},
    "bundle": {0: "good.lsp", 1: "bad.lsp", 2: "-", 3: "good.lsp -o foreign/a.py"},
    "check": {0: "good.lsp", 1: "bad.lsp", 2: "", 3: "latin1.lsp"},
    "format": {0: "good.lsp", 1: "open.lsp", 2: "", 3: "missing.lsp"},
    "watch": {2: "-", 3: "nowhere/missing.lsp"},
    "repl": {0: "", 2: "--no-such-option"},
    "doc": {0: "car", 1: "no-such-function", 2: ""},
    "expand": {0: "good.lsp", 1: "open.lsp", 2: "", 3: "missing.lsp"},
    "new": {0: "mine", 2: "1st", 3: "foreign"},
    "doctor": {0: "good.lsp", 1: "bad.lsp", 2: "--no-such-option", 3: "missing.lsp"},
    "explain": {0: "-", 2: "good.py", 3: "missing.py:1"},
    "config": {0: "show project", 2: "show empty"},
    "lsp": {2: "--no-such-option"},
    "kernel": {
        0: "install --prefix here",
        2: "install --user --sys-prefix",
        3: "uninstall --name no-such-kernel",
    },
    "completion": {0: "bash", 2: "no-such-shell"},
}

CASES = [
    (f"{command} {arguments}".strip(), status)
    for command, ends in ENDS.items()
    for status, arguments in ends.items()
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with files and projects of each kind."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name, text in {
        "good.lsp": GOOD,
        "bad.lsp": BAD,
        "open.lsp": "(println",
        "throws.lsp": '(throw "no")',
        "project/a.lsp": GOOD,
        "faulty/a.lsp": BAD,
        "foreign/a.lsp": GOOD,
        "foreign/a.py": "print('mine')",
        "project/pyproject.toml": "[tool.lisptorch]",
        "faulty/pyproject.toml": "[tool.lisptorch]",
        "foreign/pyproject.toml": "[tool.lisptorch]",
        "empty/pyproject.toml": "",
    }.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    Path("latin1.lsp").write_bytes('(println "é")'.encode("latin-1"))
    return tmp_path


def test_every_command_is_in_the_table() -> None:
    assert set(ENDS) == set(lisptorch.list_commands(click.Context(lisptorch)))


@pytest.mark.parametrize(("line", "status"), CASES, ids=[line for line, _ in CASES])
def test_command_ends_with_its_status(folder: Path, line: str, status: int) -> None:
    before = written(folder)
    if line.startswith("run "):  # which makes the process that of the program
        command = [sys.executable, "-m", "lisptorch_compile", *line.split()]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, check=False, capture_output=True, env=env)
        assert done.returncode == status
    else:
        assert run_command_line(line.split()) == status
    if status:
        assert written(folder) == before


def written(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ENDS)
@pytest.mark.parametrize(
    ("failure", "status"), [(KeyError("planted"), 4), (KeyboardInterrupt(), 130)]
)
def test_bugs_of_ours_and_interrupts_are_told_apart(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    failure: BaseException,
    status: int,
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise failure

    line = [name, *ENDS[name].get(0, "").split()]
    command = lisptorch.get_command(click.Context(lisptorch), name)
    if isinstance(command, click.Group):
        command = command.commands[line[1]]
    assert command is not None
    monkeypatch.setattr(command, "callback", fail)
    assert run_command_line(line) == status
    reports = list(folder.glob("lisptorch-*.txt"))
    assert len(reports) == (status == 4)
    assert "Traceback" not in capsys.readouterr().err


#: Odd arguments: the status, and what is said of them.
ODD: list[tuple[list[str], int, str]] = [
    (["compile", ""], 2, "the path is empty"),
    (["compile", "good.lsp", "-o", ""], 2, "the path is empty"),
    (["check", ""], 2, "the path is empty"),
    (["new", ""], 2, "the path is empty"),
    (["build", ""], 2, "the path is empty"),
    (["compile", "-", "-"], 2, "- stands twice"),
    (["check", "-", "good.lsp", "-"], 2, "- stands twice"),
    (["doctor", "-", "-"], 2, "- stands twice"),
    (["compile", "loop.lsp"], 3, "cannot read loop.lsp: "),
    (["compile", "good.lsp", "-o", "pipe"], 3, "pipe is no ordinary file"),
    (["compile", "good.lsp", "-o", "pipe", "--force"], 3, "pipe is no ordinary file"),
    (["bundle", "good.lsp", "-o", "pipe", "--force"], 3, "pipe is no ordinary file"),
    (["bundle", "good.lsp", "-o", "empty"], 3, "empty is no ordinary file"),
    (["compile", "foreign/a.py"], 3, "is a file of Python, not of LispE"),
    (["compile", "foreign/a.py", "-o", "b.py"], 3, "is a file of Python, not of LispE"),
    (["check", "latin1.lsp"], 3, "latin1.lsp is not UTF-8 (line 1): save it as UTF-8"),
    (
        ["explain", "foreign/a.py:1"],
        3,
        "there is no foreign/a.py.map: lisptorch compile",
    ),
    (["doc", "length"], 1, "there is no `length`: in LispE, write (size value)"),
]


@pytest.mark.parametrize(
    ("line", "status", "said"), ODD, ids=[" ".join(line) for line, _, _ in ODD]
)
def test_odd_arguments_are_named_and_nothing_is_written(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    line: list[str],
    status: int,
    said: str,
) -> None:
    os.mkfifo("pipe")
    Path("loop.lsp").symlink_to("loop.lsp")
    before = written(folder)
    assert run_command_line(line) == status
    assert said in capsys.readouterr().err
    assert (written(folder), Path("pipe").is_fifo()) == (before, True)


def _heed_interrupts() -> None:
    """A test run in the background of a shell ignores them, and its children with it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize(
    "name", ["compile", "run", "bundle", "check", "format", "expand", "doctor"]
)
def test_interrupt_while_a_source_is_read(folder: Path, name: str) -> None:
    os.mkfifo("a.lsp")
    process = subprocess.Popen(
        [sys.executable, "-m", "lisptorch_compile", name, "a.lsp"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=_heed_interrupts,  # noqa: PLW1509  # no threads here
    )
    with open("a.lsp", "wb"):  # from here on it waits for what we write
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors.strip()) == (130, "interrupted")


def test_interrupt_ends_a_language_server() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "lisptorch_compile", "lsp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=_heed_interrupts,  # noqa: PLW1509  # no threads here
    )
    asked = b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": %s}'
    hello = asked % b'{"capabilities": {}, "processId": null, "rootUri": null}'
    assert process.stdin is not None and process.stdout is not None
    with process.stdin, process.stdout:
        process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(hello), hello))
        process.stdin.flush()
        assert process.stdout.readline().startswith(b"Content-Length")
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130


def test_page_lists_each_status() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \|", page, re.MULTILINE)
    assert list(map(int, rows)) == [0, 1, 2, 3, 4, 130]
