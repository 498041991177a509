"""The kernel of Jupyter: installed as a person does, and asked by a real client."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from programs import ROOT

from lisptorch_compile.cli import run_command_line
from lisptorch_compile.tools.notebook.kernel import as_python

_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_WAIT = 60


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the folder of an environment in which the kernel is installed."""
    folder = tmp_path_factory.mktemp("environment")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder / "share" / "jupyter"))
        patch.setenv("PYTHONPATH", str(ROOT))
        assert run_command_line(["kernel", "install", "--prefix", str(folder)]) == 0
        yield folder


@pytest.fixture(scope="module")
def client(jupyter: Path) -> Iterator[BlockingKernelClient]:
    manager, client = start_new_kernel(kernel_name="lispe", cwd=str(jupyter))
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def answers(client: BlockingKernelClient, code: str) -> list[dict[str, Any]]:
    """Run a cell and return what it shows, and its reply at the end."""
    shown: list[dict[str, Any]] = []
    reply = client.execute_interactive(
        code, timeout=_WAIT, output_hook=lambda m: shown.append(_content(m))
    )
    return [*[each for each in shown if each], reply["content"]]


def reply_to(client: BlockingKernelClient, request: str) -> dict[str, Any]:
    """Wait for the reply to a request."""
    while True:
        message = client.get_shell_msg(timeout=_WAIT)
        if message["parent_header"].get("msg_id") == request:
            content: dict[str, Any] = message["content"]
            return content


def _content(message: dict[str, Any]) -> dict[str, Any]:
    kinds = ("stream", "execute_result", "display_data", "error")
    return message["content"] if message["msg_type"] in kinds else {}


def plain(shown: dict[str, Any]) -> str:
    return str(shown["data"]["text/plain"])


# --- installing ----------------------------------------------------------------------------


def test_the_kernel_is_described_and_removed(
    jupyter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--name", "other-lispe"]
    assert (
        run_command_line(["kernel", "install", "--prefix", str(jupyter), *arguments])
        == 0
    )
    folder = jupyter / "share" / "jupyter" / "kernels" / "other-lispe"
    spec = json.loads((folder / "kernel.json").read_text())
    assert spec["display_name"] == "LispE (lisptorch)" and spec["language"] == "lispe"
    assert {f.name for f in folder.iterdir()} == {
        "kernel.json",
        "logo-svg.svg",
        "logo-64x64.png",
        "logo-32x32.png",
    }
    assert run_command_line(["kernel", "uninstall", *arguments]) == 0
    assert not folder.exists()
    assert run_command_line(["kernel", "uninstall", *arguments]) == 3
    assert "there is no kernel `other-lispe`" in capsys.readouterr().err


def test_kernels_of_others_are_left_alone(
    jupyter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = jupyter / "share" / "jupyter" / "kernels" / "theirs"
    folder.mkdir()
    spec = {"argv": ["their-kernel"], "display_name": "Theirs", "language": "x"}
    (folder / "kernel.json").write_text(json.dumps(spec))
    for command in (["install", "--prefix", str(jupyter)], ["uninstall"]):
        assert run_command_line(["kernel", *command, "--name", "theirs"]) == 3
        assert "`theirs` (Theirs) is not ours" in capsys.readouterr().err
    assert json.loads((folder / "kernel.json").read_text()) == spec


def test_a_name_that_jupyter_does_not_take_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    command = ["kernel", "install", "--prefix", str(tmp_path), "--name", "a b"]
    assert run_command_line(command) == 3
    assert "Invalid kernel" in capsys.readouterr().err
    assert run_command_line(["kernel", "install", "--user", "--prefix", "x"]) == 2


# --- running cells --------------------------------------------------------------------------


def test_cells_are_lispe_in_one_program(client: BlockingKernelClient) -> None:
    printed, value, reply = answers(
        client, '(setq step-size 3)\n(println "got" step-size)\n(list 1 "a" nil)'
    )
    assert printed["text"] == "got 3\n"
    assert plain(value) == '(1 "a" nil)'
    assert reply["status"] == "ok"
    value, _ = answers(client, "%%python\nstep_size + 1")
    assert plain(value) == "4"
    value, _ = answers(client, "(+ step-size 0.5)")
    assert plain(value) == "3.5"


def test_errors_show_their_place(client: BlockingKernelClient) -> None:
    error, reply = answers(client, "(setq a 1)\n(print (if))")
    assert reply["status"] == "error" and error["ename"] == "CellError"
    assert reply["evalue"].startswith("`if` needs a condition, line 2 of Cell In[")
    shown = _COLOUR.sub("", "\n".join(error["traceback"]))
    assert "error[LT0201]" in shown and ":2:8\n" in shown and "^^^^" in shown
    error, _ = answers(client, "(defun f (x)\n   (car x))\n(f 5)")
    shown = _COLOUR.sub("", "\n".join(error["traceback"]))
    assert ":2:4\n    2 |    (car x))\n      |    ^^^^^^^" in shown
    assert ":3  (f 5)" in shown and "site-packages" not in shown
    error, _ = answers(client, '(torch_hf_load_model "nowhere")')
    shown = _COLOUR.sub("", "\n".join(error["traceback"]))
    assert "config.json\n  --> Cell In" in shown and shown.endswith("^^^")


def test_magics_and_questions_are_understood(client: BlockingKernelClient) -> None:
    python, _ = answers(client, "%%lispe --show\n(setq b (+ 1 2))")
    assert python["data"]["text/markdown"] == "```python\nb = 1 + 2\n```"
    value, times, _ = answers(client, "%%time\n(+ 1 b)")
    assert plain(value) == "4" and "Wall time" in times["text"]
    help_, _ = answers(client, "torch_softmax?")
    assert "Positive numbers that sum to 1" in plain(help_)
    unknown, _ = answers(client, "torch_softmxa?")
    assert "did you mean torch_softmax?" in unknown["text"]


def test_names_are_completed_and_inspected(client: BlockingKernelClient) -> None:
    answers(client, "; A matrix\n(setq weights (torch_zeros (integers 4 8)))")
    found = client.complete("(print\n weig", reply=True, timeout=_WAIT)["content"]
    assert found["matches"] == ["weights"]
    assert (found["cursor_start"], found["cursor_end"]) == (8, 12)
    (kind,) = found["metadata"]["_jupyter_types_experimental"]
    assert kind["type"] == "tensor 4 × 8 float32"
    found = client.complete("(torch_softm", reply=True, timeout=_WAIT)["content"]
    assert "torch_softmax" in found["matches"]
    found = client.complete("%%tim", reply=True, timeout=_WAIT)["content"]
    assert "%%time" in found["matches"]
    found = client.inspect("(f weights)", 5, reply=True, timeout=_WAIT)["content"]
    assert found["found"] and "tensor 4 × 8 float32" in found["data"]["text/plain"]
    found = client.inspect("(torch_softmax x)", 5, reply=True, timeout=_WAIT)["content"]
    assert "tensor.softmax(dim)" in found["data"]["text/markdown"]
    found = client.inspect("(nothing x)", 5, reply=True, timeout=_WAIT)["content"]
    assert not found["found"]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("(defun f (x)", "incomplete"),
        ("(f 1)", "complete"),
        ("(f 1))", "invalid"),
        ("%%python\nfor i in x:", "incomplete"),
    ],
)
def test_complete_cells_are_known(
    client: BlockingKernelClient, code: str, status: str
) -> None:
    assert reply_to(client, client.is_complete(code))["status"] == status


def test_input_is_asked_for(client: BlockingKernelClient) -> None:
    shown: list[Any] = []
    client.execute_interactive(
        '(println "hello" (input "name? "))',
        timeout=_WAIT,
        allow_stdin=True,
        stdin_hook=lambda _: client.input("Ada"),
        output_hook=lambda m: shown.append(_content(m).get("text", "")),
    )
    assert "".join(shown) == "name? hello Ada\n"


def test_an_interrupt_stops_the_cell(jupyter: Path) -> None:
    manager, client = start_new_kernel(kernel_name="lispe", cwd=str(jupyter))
    try:
        request = client.execute('(setq n 0)\n(println "runs")\n(while true (+= n 1))')
        while True:
            message = client.get_iopub_msg(timeout=_WAIT)
            if message["content"].get("text") == "runs\n":
                break
        manager.interrupt_kernel()
        reply = reply_to(client, request)
        assert reply["ename"] == "KeyboardInterrupt"
        shown = _COLOUR.sub("", "\n".join(reply["traceback"]))
        assert "KeyboardInterrupt: interrupted" in shown and "In[1]:3:" in shown
        value, _ = answers(client, "(>= n 0)")
        assert plain(value) == "true"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_the_language_is_told(client: BlockingKernelClient) -> None:
    info = client.kernel_info(reply=True, timeout=_WAIT)["content"]["language_info"]
    assert info["name"] == "lispe" and info["pygments_lexer"] == "lispe"
    assert info["file_extension"] == ".lsp"
    # JupyterLab looks for this among its names of languages, then among their types
    assert info["codemirror_mode"] == info["mimetype"] == "text/x-common-lisp"


# --- cells as Python ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("(f)\n", "get_ipython().kernel.run_lispe('(f)\\n')\n"),
        ("%%python\nx = 1\n", "\nx = 1\n"),
        ("%%time\n(f)\n", "%%time\n(f)\n"),
        ("%pwd\n", "%pwd\n"),
        ("\n", "\n"),
        ("!ls\n\n(f)", "!ls\n\nget_ipython().kernel.run_lispe('\\n\\n(f)')\n"),
        ("?car", "get_ipython().kernel.show_help('car')\n"),
        ("car?\n", "get_ipython().kernel.show_help('car')\n"),
    ],
)
def test_cells_become_python(cell: str, python: str) -> None:
    assert "".join(as_python(cell.splitlines(keepends=True))) == python
