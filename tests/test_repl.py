"""The interactive session: by a pipe, by keys, and in a real terminal."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from programs import ROOT
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from lisptorch_compile.api import CompileError
from lisptorch_compile.cli import run_command_line
from lisptorch_compile.runtime import text
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.tools.repl.loop import StreamInputs, run_session
from lisptorch_compile.tools.repl.prompt import PromptInputs, SessionCompleter
from lisptorch_compile.tools.session import Session


def run(text: str, *, spy: bool = False) -> int:
    return run_session(Session(), StreamInputs(io.StringIO(text)), spy=spy)


# --- one program, input by input -----------------------------------------------------------


def test_what_is_defined_stays() -> None:
    session = Session()
    session.evaluate("(setq step-size 3)")
    session.evaluate("(defun next (x) (+ x step-size))")
    assert session.evaluate("(next 4)") == 7
    session.evaluate("(setq step-size 10)")
    assert session.evaluate("(next 4)") == 14


def test_a_class_derives_from_one_of_an_earlier_input() -> None:
    session = Session()
    session.evaluate('(class@ animal (name (age 1)) (defun speak () (+ name "!")))')
    session.evaluate(
        "(class@ dog (breed) (from@ animal) (defun bark () (+ (speak) breed)))"
    )
    session.evaluate('(setq rex (dog "spitz" "Rex"))')
    assert session.evaluate("(rex (bark))") == "Rex!spitz"
    assert session.evaluate("(@ rex 'age)") == 1


def test_macros_hold_for_later_inputs() -> None:
    session = Session()
    session.evaluate("(defmacro square (x) (* x x))")
    assert session.evaluate("(square 4)") == 16
    session.evaluate("(defmacro square (x) (list x x))")
    assert list(session.evaluate("(square 4)")) == [4, 4]


@pytest.mark.parametrize(
    ("inputs", "shown"),
    [
        # a rule that calls itself as only later rules take it
        (
            [
                "(defpat total (l) (total l 0))",
                "(defpat total (() acc) acc)",
                "(defpat total ((a $ b) acc) (total b (+ acc a)))",
                "(total '(1 2 3))",
            ],
            "6",
        ),
        # a test of a pattern is a function of an earlier input
        (["(defun far (v d) (> v d))", "(defpat f ((far x 3)) x)", "(f 4)"], "4"),
        # an atom names what a function of an earlier input calls
        (["(defun apply-to (op) (op 1 2))", "(apply-to 'max)"], "2"),
        # the shared space of threads is no function of the program
        (["(dethread work (n) (threadspace (seth k n)))", "(work 1)", "(+ 1 2)"], "3"),
    ],
)
def test_an_input_goes_on_from_earlier_ones(inputs: list[str], shown: str) -> None:
    session = Session()
    values = [session.evaluate(each) for each in inputs]
    assert text(values[-1]) == shown


def test_rules_are_added_to_a_pattern_function() -> None:
    session = Session()
    session.evaluate("(defpat fact (0) 1)")
    session.evaluate("(defpat fact (n) (* n (fact (- n 1))))")
    assert session.evaluate("(fact 5)") == 120
    session.evaluate("(defpat fact (0) 2)")  # written again, it takes its place
    assert session.evaluate("(fact 5)") == 240


def test_classes_and_instances_live_on() -> None:
    session = Session()
    session.evaluate("(class@ Shape (w h) (defun area () (* w h)))")
    session.evaluate("(setq s (Shape 3 4))")
    assert session.evaluate("(s (area))") == 12


def test_an_input_that_does_not_compile_changes_nothing() -> None:
    session = Session()
    session.evaluate("(defmacro twice (x) (block x x))")
    with pytest.raises(CompileError) as failure:
        session.evaluate("(setq a 1)\n(twice (if))")
    problem = failure.value.diagnostics[0]
    assert failure.value.source.position(problem.span.start) == (2, 8)
    assert "a" not in session.variables


def test_what_ran_before_an_error_stays() -> None:
    session = Session()
    with pytest.raises(LispError):
        session.evaluate("(setq a 1) (setq b (car 5))")
    assert session.evaluate("a") == 1


def test_the_python_of_an_input_is_shown_without_imports() -> None:
    session = Session()
    session.evaluate("(setq x 2)")
    assert session.python("(torch_softmax x)").endswith("x.softmax(-1)")
    assert "y" not in session.variables
    session.python("(setq y 1)")
    assert "y" not in session.variables


# --- from a pipe ------------------------------------------------------------------------------


def test_forms_of_a_pipe_are_evaluated_one_by_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run('(defun f (x)\n   (* x 2)\n)\n(println "f" (f 2))\n(f 21)\nnil\n') == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["f 4", "42"]


def test_errors_of_a_pipe_show_their_place_and_the_session_goes_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("(if)\n(car 5)\n(+ 1 2)\n(print 1") == 1
    captured = capsys.readouterr()
    assert captured.out == "3\n"
    assert "error[LT0201]" in captured.err and "| ^^^^" in captured.err
    assert "car/cdr" in captured.err and "| (car 5)" in captured.err
    assert "Traceback" not in captured.err
    assert "error[LT0103]" in captured.err


def test_unknown_names_are_told_before_anything_runs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(
        '(setq mean-loss 3)\n(println "a" mean-los)\n(defun f (x) (torch_sgima x))'
    )
    captured = capsys.readouterr()
    assert "a" not in captured.out.splitlines()
    assert "unknown name `mean-los`\n  --> <input 2>:1:14" in captured.err
    assert "help: did you mean `mean-loss`?" in captured.err
    run("(defun f (x) (prinln x))\n(f 1)")
    assert "'prinln'" in (shown := capsys.readouterr().err)
    assert shown.endswith("\n  help: did you mean `println`?\n")


@pytest.mark.parametrize(
    "inputs",
    [
        "(defun even (n) (if n (odd (- n 1)) true))\n(defun odd (n) (even n))",
        '(block (eval "(defun later (x) true)") (later 1))',
        '(block (load "tools.lsp") (loaded))',
        "(data@ Point (Pt _ _))\n(println (atomp (Pt 1 2)))",
        "(pyimport math [factorial])\n(factorial 3)",
        "(defmacro twice (x) (* 2 x))\n(twice 4)",
    ],
)
def test_names_that_are_defined_somehow_are_known(
    inputs: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "tools.lsp").write_text("(defun loaded () true)")
    monkeypatch.chdir(tmp_path)
    assert run(inputs) == 0, capsys.readouterr().err


def test_an_interrupt_stops_the_evaluation_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("(setq a 1)\n(pyimport _thread [interrupt_main])\n(interrupt_main)\na\n")
    captured = capsys.readouterr()
    assert captured.out.splitlines()[-1] == "1"
    assert captured.err == "interrupted\n"


def test_commands(capsys: pytest.CaptureFixture[str]) -> None:
    run(
        ":doc torch_softmax\n:python (torch_softmax x)\n:doc torch_sofmax\n:what\n:quit\n1"
    )
    captured = capsys.readouterr()
    assert "Positive numbers that sum to 1" in captured.out
    assert "x.softmax(-1)" in captured.out
    assert "did you mean torch_softmax?" in captured.err
    assert ":python FORM" in captured.out
    assert not captured.out.endswith("1\n")


def test_spying_shows_the_python(capsys: pytest.CaptureFixture[str]) -> None:
    run("(setq area (* 3 4))\n", spy=True)
    assert capsys.readouterr().out == "area = 3 * 4\ntrue\n"


# --- at a prompt -------------------------------------------------------------------------------


def typed(keys: str) -> list[str | None]:
    """Return the inputs that some keys make, None at the end."""
    with create_pipe_input() as stream, create_app_session(stream, DummyOutput()):
        stream.send_text(keys)
        inputs = PromptInputs(Session(), InMemoryHistory())
        found: list[str | None] = []
        while True:
            try:
                found.append(inputs.next())
            except KeyboardInterrupt:
                found.append("^C")
            if found[-1] is None:
                return found


def test_enter_goes_on_until_the_form_is_complete() -> None:
    assert typed("(defun f (x)\r(* x 2))\r\x04") == ["(defun f (x)\n   (* x 2))", None]


def test_control_c_takes_back_the_line() -> None:
    assert typed("(defun f\x03(f)\r\x04") == ["^C", "(f)", None]


def test_commands_need_no_brackets() -> None:
    assert typed(":doc (\r\x04") == [":doc (", None]


def test_names_of_the_session_are_completed() -> None:
    session = Session()
    session.evaluate("(setq learning-rate 1)")
    document = Document("(print learning")
    found = SessionCompleter(session).get_completions(document, CompleteEvent())
    assert [(c.text, c.start_position) for c in found] == [("learning-rate", -8)]


# --- as a person runs it ---------------------------------------------------------------------


def test_without_prompt_toolkit_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setitem(sys.modules, "prompt_toolkit", None)
    monkeypatch.delitem(sys.modules, "lisptorch_compile.tools.repl.prompt")
    assert run_command_line(["repl"]) == 2
    assert 'pip install "lisptorch-compile[repl]"' in capsys.readouterr().err


class Terminal:
    """A child of ours in a pseudo-terminal of its own."""

    def __init__(self, arguments: list[str], folder: Path) -> None:
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (24, 80))
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "XDG_STATE_HOME": str(folder),
            "TERM": "xterm",
            "PROMPT_TOOLKIT_NO_CPR": "1",  # nobody here says where the cursor is
        }
        self.child = subprocess.Popen(
            [sys.executable, "-m", "lisptorch_compile", *arguments],
            env=environment,
            preexec_fn=lambda: os.login_tty(slave),  # noqa: PLW1509  # no threads here
        )
        os.close(slave)
        self.shown = ""

    def wait_for(self, pattern: str) -> None:
        """Read until the screen has shown a pattern since the last time."""
        deadline = time.monotonic() + 40
        while (found := re.search(pattern, self.shown)) is None:
            assert time.monotonic() < deadline, self.shown
            ready, _, _ = select.select([self.master], [], [], 1)
            if ready:
                self.shown += os.read(self.master, 4096).decode(errors="replace")
        self.shown = self.shown[found.end() :]

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def close(self) -> int:
        try:
            return self.child.wait(20)
        finally:
            self.child.kill()
            os.close(self.master)


def test_a_session_in_a_real_terminal(tmp_path: Path) -> None:
    terminal = Terminal(["repl"], tmp_path)
    terminal.wait_for("λ ")
    terminal.type("(setq x 41)\r")
    terminal.wait_for("true")
    terminal.type("(replicat\t")
    terminal.wait_for("replicate")
    terminal.type(" 2 7)\r")
    terminal.wait_for(r"\(7 7\)")
    terminal.wait_for("λ ")
    terminal.type('(block (println "runs" "on") (while true (setq y 1)))\r')
    terminal.wait_for("runs on")
    terminal.type("\x03")
    terminal.wait_for("interrupted")
    terminal.wait_for("λ ")
    terminal.type("(println (+ x 1))\r")
    terminal.wait_for("42\r\n")
    terminal.wait_for("λ ")
    terminal.type("\x04")
    assert terminal.close() == 1  # an evaluation was interrupted
    history = (tmp_path / "lisptorch" / "history").read_text()
    assert "+(setq x 41)" in history
