"""LispE in notebooks: the extension of IPython, in a kernel of Python."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
import torch
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient
from programs import ROOT

from lisptorch_compile.tools.notebook.names import holding
from lisptorch_compile.tools.notebook.plots import heatmap, plot
from lisptorch_compile.tools.notebook.tensors import tensor_html

_COLOUR = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """Yield IPython with the extension loaded, as in a terminal."""
    InteractiveShell.clear_instance()
    made = InteractiveShell.instance()
    made.history_manager.enabled = False
    made.run_line_magic("load_ext", "lisptorch_compile")
    yield made
    made.run_line_magic("unload_ext", "lisptorch_compile")
    InteractiveShell.clear_instance()


def lispe(shell: InteractiveShell, text: str, options: str = "") -> Any:
    """Run a cell as a person does, and return its value."""
    result = shell.run_cell(f"%%lispe {options}\n{text}", store_history=True)
    result.raise_error()
    return result.result


def completed(shell: InteractiveShell, text: str) -> dict[str, str]:
    """Return what IPython completes at the end of a cell, and of what type it is."""
    with provisionalcompleter():
        found = list(shell.Completer.completions(text, len(text)))
    return {text[: c.start] + c.text: c.type for c in found}


# --- variables -------------------------------------------------------------------------------


def test_cells_of_both_languages_share_variables(shell: InteractiveShell) -> None:
    shell.run_cell("rate = 0.5\ndef double(x): return 2 * x")
    assert lispe(shell, "(setq step-size (double rate))\n(+ step-size 1)") == 2.0
    assert shell.user_ns["step_size"] == 1.0
    shell.run_cell("step_size = 7")
    assert lispe(shell, "step-size") == 7


def test_names_that_generated_code_imports_may_be_variables_of_python(
    shell: InteractiveShell,
) -> None:
    shell.run_cell("classes = [1, 2]\nlist = [3]\nlists = [4]")
    assert lispe(shell, "(nconc classes list (cdr '(0 5 6)) lists)") == [
        1,
        2,
        3,
        5,
        6,
        4,
    ]
    lispe(shell, "(setq classes 7)")
    assert shell.user_ns["classes"] == 7
    shell.run_cell("classes = 8")
    assert lispe(shell, "(+ classes (size (list 1 2)))") == 10
    assert shell.user_ns["lists"] == [4]


def test_functions_and_macros_serve_later_cells(shell: InteractiveShell) -> None:
    lispe(shell, "(defmacro twice (x) (* 2 x))\n(defun next (x) (+ x 1))")
    assert lispe(shell, "(twice (next 20))") == 42
    shell.run_cell("three = next_(2)").raise_error()  # `next` is Python's own
    assert shell.user_ns["three"] == 3


def test_a_line_has_the_value_of_its_form(shell: InteractiveShell) -> None:
    shell.run_cell('x = %lispe (dictionary "a" {"b":1})').raise_error()
    assert shell.user_ns["x"] == {"a": {"b": 1}}


# --- what is shown -----------------------------------------------------------------------------


def test_values_are_shown_as_lispe_prints_them(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lispe(shell, '(list 1 "a" true)') == [1, "a", True]
    assert '(1 "a" true)' in capsys.readouterr().out
    shell.run_cell("[1, True]")
    assert "[1, True]" in capsys.readouterr().out


def test_of_a_long_value_the_beginning_is_shown(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    lispe(shell, "(iota 30000)")
    shown = capsys.readouterr().out
    assert shown.startswith("Out[1]: (1 2 3 ") and len(shown) < 10_100
    assert shown.endswith("… (168,895 characters: print shows them all)\n")


@pytest.mark.parametrize(
    "text", ["(setq a 1)", "(defun f (x) x)", "nil", "(class@ A (x))"]
)
def test_definitions_show_nothing(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    lispe(shell, text)
    assert capsys.readouterr().out == ""


def test_the_python_is_shown_and_the_cell_may_stay_unrun(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    lispe(shell, "(setq b (+ 1 2))", "--show --compile-only")
    assert capsys.readouterr().out == "b = 1 + 2\n"
    assert "b" not in shell.user_ns


def test_times_are_told(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    lispe(shell, "(println 1)", "--time")
    out = capsys.readouterr().out
    assert re.fullmatch(r"1\ncompiled in [\d.]+ m?s, ran in [\d.]+ m?s\n", out)


def test_numbers_may_be_cut_as_in_lispe(shell: InteractiveShell) -> None:
    assert lispe(shell, "(+ 1 2.5)", "--lispe-numbers") == 3
    assert lispe(shell, "(+ 1 2.5)") == 3.5


# --- errors ---------------------------------------------------------------------------------------


def error_shown(shell: InteractiveShell, cell: str, capsys: Any) -> str:
    assert not shell.run_cell(cell, store_history=True).success
    captured = capsys.readouterr()
    return _COLOUR.sub("", captured.out + captured.err)


def test_mistakes_show_their_place_in_the_cell(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = error_shown(shell, "%%lispe\n(setq ok 1)\n(print (if))\n(setq)", capsys)
    assert "error[LT0201]: `if` needs a condition" in shown
    assert "--> Cell In[1]:3:8" in shown
    assert "    3 | (print (if))\n      |        ^^^^" in shown
    assert "In[1]:4:1" in shown
    assert "Traceback" not in shown
    assert "ok" not in shell.user_ns


def test_a_misspelled_name_stops_the_cell_before_it_runs(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.run_cell("learning_rate = 0.1")
    cell = "%%lispe\n(setq ok 1)\n(prinln (* 2 learning-rat))"
    shown = error_shown(shell, cell, capsys)
    assert "unknown function `prinln`\n  --> Cell In[1]:3:2" in shown
    assert "help: did you mean `println`?" in shown
    assert "help: did you mean `learning_rate`?" in shown
    assert "ok" not in shell.user_ns


def test_a_function_may_call_one_of_a_later_cell(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    lispe(shell, "(defun mean-of (l) (/ (totl l) (size l)))")
    shown = error_shown(shell, "%%lispe\n(mean-of (list 1 3))", capsys)
    assert shown.startswith(
        "UnknownLabel: unknown label: 'totl'\n  --> Cell In[1]:2:24"
    )
    lispe(shell, "(defun total (l) (sum l))")
    shown = error_shown(shell, "%%lispe\n(mean-of (list 1 3))", capsys)
    assert "  help: did you mean `total`?\n  called from" in shown
    lispe(shell, "(defun totl (l) (sum l))")
    assert lispe(shell, "(mean-of (list 1 3))") == 2


def test_failures_show_the_form_and_its_callers(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '%%lispe\n(defun mean (l)\n   (println "ö" (/ (sum l) (size l))))\n(mean (list))'
    shown = error_shown(shell, text, capsys)
    expected = """\
ZeroDivisionError: division by zero
  --> Cell In[1]:3:17
    3 |    (println "ö" (/ (sum l) (size l))))
      |                 ^^^^^^^^^^^^^^^^^^^^
  called from
    Cell In[1]:4  (mean (list))"""
    assert shown.strip() == expected


def test_cells_of_python_show_what_fails_in_lispe(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    lispe(shell, "(defun first-of (l) (/ 1 (car l)))")
    shown = error_shown(shell, "first_of([0])", capsys)
    assert "(defun first-of (l) (/ 1 (car l)))\n" in shown
    assert "Cell In[2]:1  first_of([0])" in shown
    assert "Traceback" in error_shown(shell, "1/0", capsys)


def test_a_stack_that_overflows_is_shown_in_short(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lispe(shell, "(defun d (n) (if n (+ 1 (d (- n 1))) 0))\n(d 5000)") == 5000
    shown = error_shown(shell, "%%lispe\n(defun e (n) (+ 1 (e n)))\n(e 1)", capsys)
    assert "stack overflow" in shown and "… more calls …" in shown
    assert len(shown.splitlines()) < 20


# --- modules ------------------------------------------------------------------------------


def test_modules_are_reloaded_when_their_files_change(
    shell: InteractiveShell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def write(text: str, time: int) -> None:
        file = tmp_path / "reloaded.lsp"
        file.write_text(text)
        os.utime(file, (time, time))

    def value(code: str) -> Any:
        return shell.run_cell(code, store_history=True).result

    monkeypatch.syspath_prepend(tmp_path)
    write("(defun twice (x) (* 2 x))", 1)
    (tmp_path / "reloads.lsp").write_text(
        '(load "reloaded.lsp")\n(defun more (x) (+ (twice x) 1))'
    )
    value("import lisptorch_compile\nhook = lisptorch_compile.install_import_hook()")
    try:
        value("%lispe_autoreload\nimport reloads\nfrom reloaded import twice")
        assert value("twice(4), reloads.more(4)") == (8, 9)
        write('(defun twice (x) "two")\n(setq new 1)', 2)
        assert value("twice(4), reloads.reloaded.new") == ("two", 1)
        assert value("reloads.more(4)") == "two1"
        write("(defun twice (x) (if))", 3)
        assert value("twice(4)") == "two"
        assert "error[LT0201]" in capsys.readouterr().err
        value("%lispe_autoreload off")
        write("(defun twice (x) 0)", 4)
        assert value("twice(4)") == "two"
    finally:
        shell.user_ns["hook"].remove()
        for name in ("reloaded", "reloads"):
            sys.modules.pop(name, None)


# --- completion -----------------------------------------------------------------------------------


def test_names_are_completed_with_what_they_hold(shell: InteractiveShell) -> None:
    shell.user_ns["weights"] = torch.zeros(4, 8)
    lispe(shell, "(setq step-size 3)")
    found = completed(shell, "%%lispe\n(torch_soft")
    assert "%%lispe\n(torch_softmax" in found
    assert completed(shell, "%%lispe\n(f weig") == {
        "%%lispe\n(f weights": "tensor 4 × 8 float32"
    }
    assert completed(shell, "x = %lispe (+ step-s") == {
        "x = %lispe (+ step-size": "int 3"
    }
    assert "%%lispe\n(print _oh" not in completed(shell, "%%lispe\n(print _o")


def test_python_is_completed_as_before(shell: InteractiveShell) -> None:
    assert not [t for t in completed(shell, "torch_soft") if "torch_softmax" in t]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "bool true"),
        (2.5, "float 2.5"),
        ([1, 2], "list of 2"),
        (torch.nn.Linear(3, 2), "Linear with 8 parameters"),
        (torch.nn.Sequential(torch.nn.Linear(3, 2)), "Sequential with 8 parameters"),
        (torch.tensor(1), "tensor scalar int64"),
        (len, "function"),
        (int, "class"),
        (re, "module"),
    ],
)
def test_what_a_variable_holds(value: Any, shown: str) -> None:
    assert holding(value) == shown


# --- unloading -----------------------------------------------------------------------------------


def test_unloading_undoes_everything() -> None:
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    html = shell.display_formatter.formatters["text/html"]
    before = (
        {kind: set(each) for kind, each in shell.magics_manager.magics.items()},
        list(shell.Completer.custom_matchers),
        shell.custom_exceptions,
        "plot" in shell.user_ns,
    )
    shell.run_line_magic("load_ext", "lisptorch_compile")
    assert html(torch.ones(2)) is not None and "plot" in shell.user_ns
    shell.run_line_magic("unload_ext", "lisptorch_compile")
    assert html(torch.ones(2)) is None
    after = (
        {kind: set(each) for kind, each in shell.magics_manager.magics.items()},
        shell.Completer.custom_matchers,
        shell.custom_exceptions,
        "plot" in shell.user_ns,
    )
    assert after == before
    InteractiveShell.clear_instance()


# --- tensors and pictures ---------------------------------------------------------------------


def test_small_tensors_are_tables() -> None:
    shown = tensor_html(torch.tensor([[1.5, -2.0]], requires_grad=True))
    assert "tensor 1 × 2 float32" in shown and "requires grad" in shown
    assert ">1.5</td>" in shown and ">−2</td>" in shown
    assert "rgba(214, 39, 40, 0.60)" in shown  # the largest, below zero


def test_matrices_are_heat_maps_with_statistics() -> None:
    values = torch.arange(400.0).reshape(20, 20)
    values[0, 0] = float("nan")
    shown = tensor_html(values)
    assert shown.count("<img") == 1 and "data:image/png;base64," in shown
    assert "min 1" in shown and "max 399" in shown and "1 nan" in shown
    assert tensor_html(torch.zeros(2, 4, 16, 16)).count("<img") == 8
    assert len(tensor_html(torch.rand(3000, 2000))) < 100_000


def test_long_vectors_are_their_beginning_and_statistics() -> None:
    shown = tensor_html(torch.arange(1000))
    assert "<img" not in tensor_html(torch.ones(200, 2))
    assert ">9</td>" in shown and ">10</td>" not in shown and "mean 499.5" in shown


@pytest.mark.parametrize(
    "tensor",
    [
        torch.empty(0, 3),
        torch.empty(3, device="meta"),
        torch.eye(3).to_sparse(),
        torch.ones(2, dtype=torch.complex64),
        torch.full((20, 20), float("inf")),
        torch.ones(12, 1),
        torch.ones(3, dtype=torch.bool),
        torch.ones(12, 12, dtype=torch.bfloat16),
    ],
)
def test_every_tensor_can_be_shown(tensor: torch.Tensor) -> None:
    assert "<b>tensor " in tensor_html(tensor)


def test_lines_and_heat_maps_are_bitmaps(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[dict[str, str | bytes]] = []
    monkeypatch.setattr(
        "lisptorch_compile.tools.notebook.plots.display",
        lambda data, metadata, raw: shown.append(data),
    )
    lispe(shell, '(plot (list 3 2 1) {"other":(list 1 2)} "Loss" "step")')
    plot(torch.tensor([3.0, 2.0]))
    heatmap(torch.rand(1, 2, 3, 3), "Attention", ["a", "b", "c"])
    assert all(data["image/png"][1:4] == b"PNG" for data in shown)
    assert [data["text/plain"] for data in shown] == [
        "plot of 3 numbers, 3 … 1, other 2 numbers, 1 … 2",
        "plot of 2 numbers, 3 … 2",
        "heat map of 2 × 3 × 3 values",
    ]
    heatmap(torch.ones(2, 2))
    heatmap(torch.ones(2, 2))
    assert shown[-1] == shown[-2]


@pytest.mark.parametrize(
    ("show", "message"),
    [
        (lambda: plot([]), "no numbers"),
        (lambda: plot(["a"]), "not a list of numbers"),
        (lambda: plot(torch.ones(2, 2)), "this tensor is 2 × 2"),
        (lambda: heatmap(torch.ones(3)), r"not \(3,\)"),
        (lambda: heatmap(torch.ones(2, 3), "", ["a"]), "1 names for 2 rows"),
    ],
)
def test_what_cannot_be_drawn_is_refused(show: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        show()


# --- in a real kernel ----------------------------------------------------------------------------


def test_a_notebook_runs_in_a_real_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "helper.lsp").write_text("(defun helped (x) (* x 2))")
    cells = [
        "%load_ext lisptorch_compile\nimport torch\nw = torch.ones(2, 3)",
        '%%lispe\n(load "helper.lsp")\n(println "hello" (helped 21))',
        "%%lispe\nw",
        "%%lispe --show\n(setq total (torch_sum w))",
        "%%lispe\n(car 5)",
        "total.item()",
    ]
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, allow_errors=True, resources=resources).execute()
    _, printed, tensor, python, failed, total = [c.outputs for c in notebook.cells]
    assert printed[0].text == "hello 42\n"
    assert "tensor 2 × 3 float32" in tensor[0].data["text/html"]
    assert python[0].data["text/markdown"] == "```python\ntotal = w.sum()\n```"
    assert failed[0].ename == "LispError"
    assert "--> Cell In[5]:2:1" in _COLOUR.sub("", "\n".join(failed[0].traceback))
    assert total[0].data["text/plain"] == "6.0"
