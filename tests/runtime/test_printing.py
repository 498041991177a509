"""Printing and input."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from lisptorch_compile.runtime import EMPTY, List, Symbol, printing, println, text


def test_println_puts_blanks_between_and_ends_the_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert println("loss", 0.5, List(["a"]), None) is EMPTY
    println()
    assert capsys.readouterr().out == 'loss 0.5 ("a") nil\n\n'


def test_print_puts_nothing_between(capsys: pytest.CaptureFixture[str]) -> None:
    assert printing.print_(1, Symbol("a"), ";") is EMPTY
    assert printing.printerr("x", 1) is EMPTY
    assert printing.printerrln("y", 2) is EMPTY
    assert capsys.readouterr() == ("1a;", "x1y 2\n")


def test_a_print_inside_a_print_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    println(Symbol("a"), println(Symbol("b")))
    assert capsys.readouterr().out == "b\na \n"


def test_nothing_is_written_when_an_argument_has_no_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Broken:
        def __str__(self) -> str:
            raise ValueError("no text")

    with pytest.raises(ValueError, match="no text"):
        println("start", Broken())
    assert capsys.readouterr().out == ""


def test_output_is_utf8_whatever_the_locale() -> None:
    program = "from lisptorch_compile.runtime import println; println('été', 'λ')"
    result = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=True,
    )
    assert result.stdout.decode() == "été λ\n"


def test_what_fits_is_pretty_on_one_line() -> None:
    assert printing.prettify(List([1, "a"])) == '(1 "a")'
    assert printing.prettify("a" * 99, 10) == "a" * 99


def test_what_is_wider_gets_a_line_for_each_element() -> None:
    value = {"name": "Ann", "scores": List([List([1, 2]), "abcdefghij"])}

    assert printing.prettify(value, 16) == (
        '{\n  "name":"Ann"\n  "scores":(\n    (1 2)\n    "abcdefghij"\n  )\n}'
    )


def test_deep_values_are_pretty_without_recursion_errors() -> None:
    deep = List()
    for _ in range(10_000):
        deep = List([deep])

    pretty = printing.prettify(deep, 10)
    assert pretty.replace("\n", "").replace(" ", "") == text(deep)


def test_lines_and_characters_are_read_until_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("one\n\nx"))

    assert printing.read_line("name? ") == "one"
    assert printing.read_line() == ""
    assert printing.read_character() == "x"
    assert printing.read_character() is None
    assert printing.read_line() is None
    assert capsys.readouterr().out == "name? "
