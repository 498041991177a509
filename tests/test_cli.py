"""The command ``lisptorch``, used as a person or a build does."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from programs import ROOT, run_python

from lisptorch_compile import __version__, catalogue
from lisptorch_compile.cli import run_command_line
from lisptorch_compile.tools import writing

Result = subprocess.CompletedProcess[str]


def lisptorch(*arguments: str, stdin: str = "", cwd: Path | None = None) -> Result:
    """Run the command in a process of its own."""
    return run_python("-m", "lisptorch_compile", *arguments, stdin=stdin, cwd=cwd)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text).strip("\n") + "\n", encoding="utf-8")
    return path


GOOD = "(defun twice (x) (* 2 x))\n(println (twice 21))"
BAD = "(println (twice 21))"


# --- compile --------------------------------------------------------------------------


def test_version() -> None:
    process = lisptorch("--version")
    assert (process.returncode, process.stdout) == (0, f"lisptorch {__version__}\n")


def test_compile_writes_python_that_runs_alone(folder: Path) -> None:
    write(folder / "my-file.lsp", GOOD)
    assert run_command_line(["compile", "my-file.lsp"]) == 0
    assert sorted(os.listdir()) == ["my-file.lsp", "my_file.py", "my_file.py.map"]
    printed = run_python("my_file.py").stdout
    assert printed == "42\n"


def test_map_names_the_source_as_seen_from_the_output(folder: Path) -> None:
    write(folder / "src" / "a.lsp", GOOD)
    assert run_command_line(["compile", str(folder / "src"), "-o", "out"]) == 0
    mapping = json.loads((folder / "out" / "a.py.map").read_text())
    assert mapping["source"] == "../src/a.lsp"
    assert str(folder) not in (folder / "out" / "a.py").read_text()


def test_compile_of_a_folder_keeps_its_shape(folder: Path) -> None:
    write(folder / "src" / "a.lsp", GOOD)
    write(folder / "src" / "deep" / "b-c.lisp", GOOD)
    write(folder / "src" / ".hidden" / "d.lsp", BAD)
    assert run_command_line(["compile", "src", "-o", "out"]) == 0
    written = sorted(str(p.relative_to(folder)) for p in folder.rglob("*.py"))
    assert written == ["out/a.py", "out/deep/b_c.py"]


def test_compile_reads_the_standard_input() -> None:
    process = lisptorch("compile", "-", stdin=GOOD)
    assert process.returncode == 0
    assert process.stdout.startswith(
        '"""Compiled from <stdin> by lisptorch-compile."""'
    )
    assert "def twice(x):" in process.stdout


@pytest.mark.parametrize("option", ["--stdout", "-o-"])
def test_stdout_prints_what_would_be_written(folder: Path, option: str) -> None:
    write(folder / "a.lsp", GOOD)
    process = lisptorch("compile", option, "a.lsp", cwd=folder)
    assert not (folder / "a.py").exists()
    run_command_line(["compile", "a.lsp"])
    assert process.stdout == (folder / "a.py").read_text()


def test_errors_of_several_files_are_all_shown_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("a", BAD), ("b", GOOD), ("c", "(println d)")):
        write(folder / f"{name}.lsp", text)
    assert run_command_line(["compile", "."]) == 1
    shown = capsys.readouterr().err
    assert "  --> a.lsp:1:" in shown and "  --> c.lsp:1:" in shown
    assert shown.endswith("2 errors in 2 files\n")
    assert not list(folder.glob("*.py*"))


def test_check_says_which_outputs_are_stale_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(folder / "a.lsp", GOOD)
    write(folder / "b.lsp", GOOD)
    assert run_command_line(["compile", "."]) == 0
    assert run_command_line(["compile", "--check", "."]) == 0
    write(source, GOOD.replace("21", "22"))
    (folder / "b.py").unlink()
    before = {p: p.read_bytes() for p in folder.iterdir()}
    assert run_command_line(["compile", "--check", "."]) == 1
    assert capsys.readouterr().out == "stale: a.py\nstale: b.py\n"
    assert {p: p.read_bytes() for p in folder.iterdir()} == before


def test_check_compares_bytes_and_not_times(folder: Path) -> None:
    write(folder / "a.lsp", GOOD)
    run_command_line(["compile", "a.lsp"])
    python = folder / "a.py"
    text = python.read_text()
    python.write_text(text.replace("2 * x", "3 * x"))
    os.utime(python, (2e9, 2e9))
    assert run_command_line(["compile", "--check", "a.lsp"]) == 1
    python.write_text(text)
    os.utime(python, (0, 0))
    assert run_command_line(["compile", "--check", "a.lsp"]) == 0


def test_foreign_file_is_not_overwritten_without_force(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.lsp", GOOD)
    mine = write(folder / "a.py", "print('my work')")
    assert run_command_line(["compile", "a.lsp"]) == 3
    assert "a.py was not written by lisptorch" in capsys.readouterr().err
    assert mine.read_text() == "print('my work')\n"
    assert run_command_line(["compile", "--force", "a.lsp"]) == 0
    assert "def twice" in mine.read_text()


def test_output_that_hides_a_module_is_warned_of(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("random.lsp", "torch.lsp", "train.lsp"):
        write(folder / name, GOOD)
    assert run_command_line(["compile", "."]) == 0
    assert capsys.readouterr().err.splitlines() == [
        f"lisptorch: warning: {name}.py hides Python's module {name} from the "
        "programs beside it: give the source another name"
        for name in ("random", "torch")
    ]


def test_help_says_each_command_in_one_whole_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_command_line(["--help"]) == 0
    listed = capsys.readouterr().out.partition("Commands:\n")[2].splitlines()
    assert listed
    assert all(line[2] != " " and not line.endswith("...") for line in listed)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("compiel", "Did you mean 'compile'?"), ("xyzzy", "'xyzzy'.")],
)
def test_unknown_command_names_the_one_that_was_meant(
    written: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line([written]) == 2
    assert capsys.readouterr().err.rstrip().endswith(meant)


@pytest.mark.parametrize("command", ["run", "check", "expand", "doctor", "bundle"])
def test_python_is_not_taken_for_lispe(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", "import torch")
    assert run_command_line([command, "a.py"]) == 3
    assert capsys.readouterr().err == (
        "lisptorch: a.py is a file of Python, not of LispE\n"
    )


@pytest.mark.parametrize("flags", [[], ["--force"]])
def test_source_is_never_overwritten_by_its_output(
    folder: Path, capsys: pytest.CaptureFixture[str], flags: list[str]
) -> None:
    source = write(folder / "a.lsp", GOOD)
    before = source.read_bytes()
    assert run_command_line(["compile", "a.lsp", "-o", "./a.lsp", *flags]) == 3
    assert source.read_bytes() == before
    assert "a.lsp is the source" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["compile", "check"])
def test_folder_without_sources_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (folder / "empty").mkdir()
    assert run_command_line([command, "empty"]) == 3
    expected = "lisptorch: empty holds no .lsp or .lisp file\n"
    assert capsys.readouterr().err == expected


def test_output_that_cannot_be_written_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.lsp", GOOD)
    name = "x" * 250 + ".py"  # too long for the map beside it
    assert run_command_line(["compile", "a.lsp", "-o", name]) == 3
    assert capsys.readouterr().err == f"lisptorch: {name}.map: File name too long\n"
    assert os.listdir() == ["a.lsp"]


def test_symbolic_link_is_not_written_through(folder: Path) -> None:
    write(folder / "a.lsp", GOOD)
    target = write(folder / "elsewhere.txt", "precious")
    (folder / "a.py").symlink_to(target)
    assert run_command_line(["compile", "--force", "a.lsp"]) == 3
    assert target.read_text() == "precious\n"
    assert (folder / "a.py").is_symlink()


def test_failed_write_leaves_the_old_output_and_no_other_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(folder / "a.lsp", GOOD)
    run_command_line(["compile", "a.lsp"])
    write(source, GOOD.replace("21", "22"))
    before = {p: p.read_bytes() for p in folder.iterdir()}

    def no_space(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", no_space)
    assert run_command_line(["compile", "a.lsp"]) == 3
    assert {p: p.read_bytes() for p in folder.iterdir()} == before


def test_unchanged_output_is_not_written_again(folder: Path) -> None:
    write(folder / "a.lsp", GOOD)
    run_command_line(["compile", "a.lsp"])
    os.utime(folder / "a.py", (1000, 1000))
    run_command_line(["compile", "a.lsp"])
    assert (folder / "a.py").stat().st_mtime == 1000


def test_mode_of_a_replaced_file_is_kept(folder: Path) -> None:
    source = write(folder / "a.lsp", GOOD)
    run_command_line(["compile", "a.lsp"])
    (folder / "a.py").chmod(0o755)
    write(source, GOOD.replace("21", "22"))
    run_command_line(["compile", "a.lsp"])
    assert (folder / "a.py").stat().st_mode & 0o777 == 0o755


# --- exit status ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["compile", "good.lsp", "--stdout"], 0),
        (["compile", "bad.lsp"], 1),
        (["check", "good.lsp", "bad.lsp"], 1),
        (["compile"], 2),
        (["compile", "--no-such-option", "good.lsp"], 2),
        (["no-such-command"], 2),
        (["compile", "good.lsp", "bad.lsp", "-o", "one.py"], 2),
        (["compile", "--check", "--stdout", "good.lsp"], 2),
        (["compile", "same-name.lsp", "same_name.lsp"], 2),
        (["compile", "missing.lsp"], 3),
        (["check", "latin1.lsp"], 3),
        (["run", "missing.lsp"], 3),
    ],
)
def test_exit_status(folder: Path, arguments: list[str], status: int) -> None:
    write(folder / "good.lsp", GOOD)
    write(folder / "bad.lsp", BAD)
    write(folder / "same-name.lsp", GOOD)
    write(folder / "same_name.lsp", GOOD)
    (folder / "latin1.lsp").write_bytes('(println "é")'.encode("latin-1"))
    assert run_command_line(arguments) == status
    assert not (folder / "one.py").exists()


def test_bug_of_ours_has_its_own_status_and_a_report(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(folder / "a.lsp", GOOD)
    monkeypatch.setattr("tempfile.tempdir", str(folder))

    def broken(*arguments: object, **options: object) -> None:
        raise KeyError("planted")

    monkeypatch.setattr(writing, "compile_text", broken)
    assert run_command_line(["compile", "a.lsp"]) == 4
    (report,) = folder.glob("lisptorch-*.txt")
    assert str(report) in capsys.readouterr().err
    text = report.read_text()
    assert "KeyError: 'planted'" in text and __version__ in text
    assert "twice" not in text  # the source may be private
    assert not (folder / "a.py").exists()


def _heed_interrupts() -> None:
    """A test run in the background of a shell ignores them, and its children with it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


#: Programs that an interrupt finds at work, each after it has printed a line.
INTERRUPTED = {
    "asleep": '(println "ready") (sleep 30000)',
    "calculating": '(println "ready") (setq i 0) (while true (+= i 1))',
    "reading": '(println "ready") (println (input@ "name? "))',
    "waiting for a thread": """
        (dethread idle () (sleep 30000))
        (idle)
        (println "ready")
        (wait)""",
    "at its end, with a thread": """
        (dethread idle () (println "ready") (sleep 30000))
        (idle)""",
    "waiting for a signal": '(println "ready") (waiton "go")',
    "catching errors": """
        (println "ready")
        (while true (maybe (sleep 20) (\\(e) (println "caught" e))))""",
}


@pytest.mark.parametrize("title", list(INTERRUPTED))
def test_interrupt_ends_with_status_130(title: str, folder: Path) -> None:
    write(folder / "a.lsp", INTERRUPTED[title])
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "lisptorch_compile", "run", "a.lsp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_interrupts,  # noqa: PLW1509  # no threads here
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert errors == "interrupted\n"
    assert "caught" not in output


# --- check ----------------------------------------------------------------------------


@pytest.mark.parametrize("flag", [["--json"], ["--format", "json"]])
def test_check_gives_one_json_object_a_line(folder: Path, flag: list[str]) -> None:
    write(folder / "a.lsp", f"{BAD}\n(println b)")
    process = lisptorch("check", *flag, "a.lsp", cwd=folder)
    found = [json.loads(line) for line in process.stdout.splitlines()]
    assert process.returncode == 1 and process.stderr == ""
    assert [(d["file"], d["line"], d["severity"]) for d in found] == [
        ("a.lsp", 1, "error"),
        ("a.lsp", 2, "error"),
    ]


def test_check_of_a_clean_file_is_silent(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.lsp", GOOD)
    assert run_command_line(["check", "a.lsp"]) == 0
    assert capsys.readouterr() == ("", "")
    assert os.listdir() == ["a.lsp"]


def test_check_does_not_run_the_program(folder: Path) -> None:
    write(folder / "a.lsp", '(fwrite "canary" "x") (setconst c (fwrite "canary" "y"))')
    assert run_command_line(["check", "a.lsp"]) == 0
    assert run_command_line(["compile", "a.lsp"]) == 0
    assert not (folder / "canary").exists()


# --- run ------------------------------------------------------------------------------


def test_run_prints_what_the_script_prints_and_writes_nothing(folder: Path) -> None:
    write(folder / "a.lsp", GOOD)
    process = lisptorch("run", "a.lsp", cwd=folder)
    assert (process.returncode, process.stdout, process.stderr) == (0, "42\n", "")
    assert os.listdir() == ["a.lsp"]


def test_run_hands_arguments_on_as_they_are(folder: Path) -> None:
    write(folder / "a.lsp", "(loop a _args (println a))")
    process = lisptorch("run", "a.lsp", "-x", "--help", "two words", cwd=folder)
    assert process.stdout.splitlines() == ["a.lsp", "-x", "--help", "two words"]


def test_run_reads_the_standard_input() -> None:
    process = lisptorch("run", "-", stdin=GOOD)
    assert (process.returncode, process.stdout) == (0, "42\n")


def test_run_of_a_text_prints_the_last_value_where_asked() -> None:
    code = "(println (size _args)) (setq a 4) (* a a)"
    process = lisptorch("run", "--last", "-c", code, "x")
    assert (process.returncode, process.stdout) == (0, "2\n16\n")


def test_last_value_is_printed_as_lispe_prints_it(folder: Path) -> None:
    write(folder / "a.lsp", '#!/usr/bin/env -S lisptorch run --last\n(println "x")')
    process = lisptorch("run", "--last", "a.lsp", cwd=folder)
    assert (process.returncode, process.stdout) == (0, "x\n\n")


def test_run_leaves_the_standard_input_to_the_script(folder: Path) -> None:
    write(folder / "a.lsp", '(println _args (input@ "name? "))')
    process = lisptorch("run", "a.lsp", "--last", "b", stdin="Ann\n", cwd=folder)
    assert process.stdout == 'name? ("a.lsp" "--last" "b") Ann\n'


@pytest.mark.parametrize("first_line", ["#!/usr/bin/env -S lisptorch run", "#!{run}"])
def test_the_kernel_runs_scripts(first_line: str, folder: Path) -> None:
    """``run`` is the command itself on the first line, with its path."""
    command = write(
        folder / "bin" / "lisptorch",
        f"""
        #!/bin/sh
        exec {sys.executable} -m lisptorch_compile "$@"
        """,
    )
    command.chmod(0o755)
    write(folder / "tools.lsp", "(defun twice (x) (* 2 x))")
    script = write(
        folder / "script.lsp",
        f"""
        {first_line.format(run=f"{command} run")}
        (load "tools.lsp")
        (println (cdr _args) (twice 21))
        (printerrln "done")
        (exit 3)
        """,
    )
    script.chmod(0o755)
    path = os.pathsep.join([str(command.parent), os.environ["PATH"]])
    process = subprocess.run(
        [str(script), "a b", "-x"],
        capture_output=True,
        text=True,
        cwd="/",
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert process.stdout == '("a b" "-x") 42\n'
    assert (process.returncode, process.stderr) == (3, "done\n")


def test_run_needs_a_file_or_a_text() -> None:
    process = lisptorch("run")
    assert process.returncode == 2
    assert "which file?" in process.stderr


def test_run_hands_on_the_status_of_the_script(folder: Path) -> None:
    write(folder / "a.lsp", "(exit 7)")
    assert lisptorch("run", "a.lsp", cwd=folder).returncode == 7


def test_run_of_a_bad_source_shows_its_errors(folder: Path) -> None:
    write(folder / "a.lsp", "(println (if))")
    process = lisptorch("run", "a.lsp", cwd=folder)
    assert process.returncode == 1
    assert "error[LT0201]" in process.stderr


def test_run_time_error_shows_the_lisp_line_first(folder: Path) -> None:
    write(
        folder / "a.lsp",
        """
        (defun pick (row n)
           (@ row n))
        (println "start")
        (println (pick '(1 2 3) 10))
        """,
    )
    process = lisptorch("run", "a.lsp", cwd=folder)
    lines = process.stderr.splitlines()
    assert process.returncode == 1 and process.stdout == "start\n"
    assert lines[0] == "Error: index out of bounds, line: 2 in: a.lsp"
    assert lines[1] == "    2 |    (@ row n))"
    assert '  File "a.lsp", line 4, in <module>' in lines
    assert '  File "a.lsp", line 2, in pick' in lines
    assert "    (println (pick '(1 2 3) 10))" in lines
    assert "running.py" not in process.stderr


def test_error_raised_within_an_expression_ends_at_the_program(folder: Path) -> None:
    write(folder / "a.lsp", "(println (unheard_of 1))")
    result = lisptorch("run", "a.lsp", cwd=folder)
    assert "unknown instruction: 'unheard_of', line: 1 in: a.lsp" in result.stderr
    assert "calls.py" not in result.stderr


def test_error_that_the_runtime_raises_is_shown_once(folder: Path) -> None:
    write(
        folder / "a.lsp",
        '(defun model (path) (torch_hf_load_model path))\n(println (model "none"))',
    )
    process = lisptorch("run", "a.lsp", cwd=folder)
    message = (
        f"Error loading HF model: Cannot open config file: {Path('none/config.json')}"
    )
    assert process.stderr.startswith(f"{message}, line: 1 in: a.lsp\n")
    assert process.stderr.count("Traceback") == 1
    files = re.findall(r'File "(.*)", line (\d+)', process.stderr)
    assert files == [("a.lsp", "2"), ("a.lsp", "1")]
    assert process.stderr.endswith(f"LispError: {message}\n")


def test_error_in_a_thread_is_shown_and_ends_that_thread_alone(folder: Path) -> None:
    write(
        folder / "a.lsp",
        """
        (dethread pick (row n)
           (println (@ row n)))
        (pick '(1 2 3) 10)
        (wait)
        (pick '(1 2 3) 1)
        (wait)
        """,
    )
    process = lisptorch("run", "a.lsp", cwd=folder)
    lines = process.stderr.splitlines()
    assert (process.returncode, process.stdout) == (0, "2\n")
    assert lines[0] == "Error: index out of bounds, line: 2 in: a.lsp"
    assert lines[1] == "    2 |    (println (@ row n)))"
    assert '  File "a.lsp", line 2, in pick' in lines
    assert "threading.py" not in process.stderr


def test_threads_recurse_as_deeply_as_the_program(folder: Path) -> None:
    write(
        folder / "a.lsp",
        """
        (defun depth (n) (if (= n 0) 0 (+ 1 (apply 'depth (list (- n 1))))))
        (dethread work (i) (threadstore "depths" (depth 20000)))
        (loopcount 20 i (work i))
        (wait)
        (println (unique (threadretrieve "depths")) (size (threadretrieve "depths")))
        """,
    )
    process = lisptorch("run", "a.lsp", cwd=folder)
    assert (process.stdout, process.stderr) == ("(20000) 20\n", "")


def test_program_ends_when_its_threads_do(folder: Path) -> None:
    write(
        folder / "a.lsp",
        """
        (dethread late () (while (not (trigger "go")) (sleep 1)) (println "late"))
        (dethread waits () (waiton "go"))
        (late)
        (println "end")
        (waits)
        """,
    )
    process = lisptorch("run", "a.lsp", cwd=folder)
    assert (process.returncode, process.stdout) == (0, "end\nlate\n")


def test_run_time_error_of_written_python_shows_its_own_line(folder: Path) -> None:
    write(folder / "a.lsp", "(defun f (l) (@ l 10))\n(println (f '(1)))")
    run_command_line(["compile", "a.lsp"])
    process = run_python("a.py")
    assert process.returncode == 1
    assert 'a.py", line' in process.stderr and "in f" in process.stderr


def test_error_that_a_script_throws_is_shown_as_thrown(folder: Path) -> None:
    write(folder / "a.lsp", '(println 1)\n(throw "out of tea")')
    process = lisptorch("run", "a.lsp", cwd=folder)
    first = process.stderr.splitlines()[0]
    assert first == "out of tea, line: 2 in: a.lsp"


def test_deep_recursion_does_not_end_the_process(folder: Path) -> None:
    write(
        folder / "a.lsp",
        """
        (defun depth (n) (if (= n 0) 0 (+ 1 (depth (- n 1)))))
        (println (depth 50000))
        (defun nested (n) (if (= n 0) 0 (+ 1 (sum (maplist 'nested (list (- n 1)))))))
        (println (nested 20000))
        """,
    )
    process = lisptorch("run", "a.lsp", cwd=folder)
    assert (process.returncode, process.stdout) == (0, "50000\n20000\n")


def test_deep_recursion_works_through_every_kind_of_function(folder: Path) -> None:
    write(
        folder / "a.lsp",
        """
        (defpat rules (0) 0)
        (defpat rules (n) (+ 1 (rules (- n 1))))
        (class@ cell (k) (defun deep (n) (if (= n 0) k (+ 1 (deep (- n 1))))))
        (setq one (cell 5))
        (setq unnamed (\\(n) (if (= n 0) 0 (+ 1 (self (- n 1))))))
        (defun sorted (n)
           (if (= n 0) 0 (+ 1 (car (sort '< (list (sorted (- n 1))))))))
        (defun evaluated (n) (if (= n 0) 0 (+ 1 (eval (list 'evaluated (- n 1))))))
        (println (rules 100000) (one (deep 100000)) (unnamed 100000))
        (println (sorted 20000) (evaluated 500))
        (println (catch (rules -1)))
        """,
    )
    process = lisptorch("run", "a.lsp", cwd=folder)
    assert process.returncode == 0, process.stderr
    *lines, overflow = process.stdout.splitlines()
    assert lines == ["100000 100005 100000", "20000 500"]
    assert overflow.startswith("Error: stack overflow, line: ")


def test_endless_recursion_is_an_error_at_its_line(folder: Path) -> None:
    write(folder / "a.lsp", "(defun f (n) (+ 1 (f n)))\n(println (f 1))")
    process = lisptorch("run", "a.lsp", cwd=folder)
    assert process.returncode == 1
    first = process.stderr.splitlines()[0]
    assert first == "Error: stack overflow, line: 1 in: a.lsp"


def test_run_finds_the_files_that_a_script_loads(folder: Path) -> None:
    write(folder / "lib" / "my-tools.lsp", "(defun twice (x) (* 2 x))")
    write(folder / "lib" / "main.lsp", '(load "my-tools.lsp")\n(println (twice 4))')
    process = lisptorch("run", "lib/main.lsp", cwd=folder)
    assert (process.returncode, process.stdout, process.stderr) == (0, "8\n", "")


def test_files_are_loaded_into_name_spaces(folder: Path) -> None:
    write(folder / "metric.lsp", '(defun unit () "m")')
    write(folder / "shapes.lsp", "(defspace square (defun area (a) (* a a)))")
    write(
        folder / "main.lsp",
        """
        (load "metric.lsp" metric)
        (load "shapes.lsp")
        (defun unit () "ft")
        (println (unit) (space metric (unit)) (space square (area 3)))
        """,
    )
    process = lisptorch("run", "main.lsp", cwd=folder)
    assert (process.stdout, process.stderr) == ("ft m 9\n", "")


def test_errors_of_a_loaded_file_are_shown_as_its_own(folder: Path) -> None:
    write(folder / "part.lsp", "(defun f (x) (if))\n(setq)")
    write(folder / "main.lsp", '(load "part.lsp")\n(println (f 1))')
    process = lisptorch("run", "main.lsp", cwd=folder)
    assert process.returncode == 1
    assert process.stderr.count("error[LT") == 2
    assert "part.lsp:1:14" in process.stderr and "part.lsp:2:1" in process.stderr
    assert "Traceback" not in process.stderr


def test_run_time_error_in_a_loaded_file_shows_its_line(folder: Path) -> None:
    write(folder / "part.lsp", "\n(defun pick (l)\n   (@ l 10))")
    write(folder / "main.lsp", '(load "part.lsp")\n(println (pick \'(1)))')
    process = lisptorch("run", "main.lsp", cwd=folder)
    lines = process.stderr.splitlines()
    assert lines[0].endswith("part.lsp") and "line: 2 in:" in lines[0]
    assert lines[1] == "    2 |    (@ l 10))"


def test_files_that_load_each_other_are_refused(folder: Path) -> None:
    write(folder / "a.lsp", '(load "b.lsp")')
    write(folder / "b.lsp", '(load "a.lsp")')
    process = lisptorch("check", "a.lsp", "b.lsp", cwd=folder)
    assert process.returncode == 1
    assert process.stderr.count("error[") == 1
    assert "a.lsp:1:1" in process.stderr and "b.lsp:1:1" in process.stderr


def test_run_fails_only_where_a_fault_is_reached(folder: Path) -> None:
    write(
        folder / "a.lsp",
        """
        (defun f (a b) (list a b))
        (defun never () (f 1) (size) (missing) (load "none.lsp") (maplist 'absent '(1)))
        (println "started")
        (println (catch (size)))
        (f 1 2 3)
        """,
    )
    process = lisptorch("run", "a.lsp", cwd=folder)
    count = "Error: Wrong number of arguments for: 'size', line: 4 in: a.lsp"
    assert (process.returncode, process.stdout) == (1, f"started\n{count}\n")
    assert "error[" not in process.stderr
    call = (
        "Error: Wrong number of arguments in call to: '(f (a b)...)', line: 5 in: a.lsp"
    )
    assert call in process.stderr.splitlines()


def test_where_the_main_stack_is_fixed_a_thread_has_a_large_one(folder: Path) -> None:
    write(
        folder / "a.lsp",
        """
        (defun nested (n) (if (= n 0) 0 (+ 1 (sum (maplist 'nested (list (- n 1)))))))
        (println (nested 20000))
        (exit 5)
        """,
    )
    program = """
import sys
from lisptorch_compile.cli import run_command_line
from lisptorch_compile.tools import running
running._main_stack_grows = lambda: False
sys.exit(run_command_line(["run", "a.lsp"]))
"""
    process = run_python("-c", program, cwd=folder)
    assert (process.returncode, process.stdout) == (5, "20000\n"), process.stderr


def test_a_missing_extra_is_one_line_that_says_how_to_install_it(folder: Path) -> None:
    write(folder / "a.lsp", "(println (torch_ones (integers 2)))")
    program = """
import sys
sys.modules["torch"] = None  # as if it were not installed
from lisptorch_compile.cli import run_command_line
sys.exit(run_command_line(["run", "a.lsp"]))
"""
    process = run_python("-c", program, cwd=folder)
    assert (process.returncode, process.stderr) == (
        1,
        'this program needs torch: pip install "lisptorch-compile[runtime]"\n',
    )


def test_output_that_nobody_reads_ends_the_program_quietly(folder: Path) -> None:
    write(folder / "a.lsp", '(loopcount 100000 i (println "a line of text"))')
    process = subprocess.Popen(
        [sys.executable, "-m", "lisptorch_compile", "run", "a.lsp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.readline() == "a line of text\n"
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(timeout=20) == 3
    process.stderr.close()


# --- doctor ---------------------------------------------------------------------------


def test_doctor_lists_what_is_not_supported_yet(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_command_line(["doctor"]) == 0
    listed = dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())
    for name, reason in listed.items():
        assert catalogue.lookup(name).unsupported == reason
    unsupported = {b.name for b in catalogue.BUILTINS if b.unsupported is not None}
    assert unsupported <= listed.keys()


def test_doctor_names_the_places_of_a_source(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.lsp", "(println 1)\n(torch_no_such_thing 2)")
    assert run_command_line(["doctor", "a.lsp"]) == 1
    place = "a.lsp:2:2: unknown function `torch_no_such_thing`\n"
    assert capsys.readouterr().out == place


def test_doctor_says_that_a_source_does_not_compile_for_other_reasons(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.lsp", "(println y)\n(deflib t (x))\n(println (size 1 2))")
    write(folder / "b.lsp", "(println y)")
    write(folder / "good.lsp", GOOD)
    assert run_command_line(["doctor", "a.lsp", "b.lsp", "good.lsp"]) == 1
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        "a.lsp:2:2: `deflib` cannot be compiled: native functions cannot be defined"
    ]
    assert shown.err.splitlines() == [
        "a.lsp: 2 other errors, see `lisptorch check a.lsp`",
        "b.lsp: 1 other error, see `lisptorch check b.lsp`",
    ]


def test_doctor_finds_nothing_in_the_examples(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    examples = ROOT / "examples"
    for prelude in sorted(examples.glob("readme/*.prelude.lsp")):
        block = prelude.with_name(prelude.name.replace(".prelude", ""))
        text = prelude.read_text("utf-8") + block.read_text("utf-8")
        write(folder / block.name, text)
    whole = [
        path
        for path in examples.rglob("*.lsp")
        if not path.with_suffix(".prelude.lsp").exists()
    ]
    assert run_command_line(["doctor", ".", *map(str, whole)]) == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "")
