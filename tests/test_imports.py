"""What is loaded, and when: seen in ``sys.modules`` after the program has run."""

from __future__ import annotations

import json
from pathlib import Path

from programs import compiled, run_python

HEAVY = ("torch", "numpy", "lark", "black", "click", "rich")

SHOW = """
import json, sys
print()
print(json.dumps(sorted(sys.modules)))
"""


def loaded_after(program: str) -> set[str]:
    """Run Python code in a process of its own and return the modules it has loaded."""
    process = run_python("-c", program + SHOW)
    assert process.returncode == 0, process.stderr
    return set(json.loads(process.stdout.splitlines()[-1]))


def loaded_by_script(source: str) -> set[str]:
    python = compiled(source).python
    assert python is not None
    return loaded_after(python)


def compiler_modules(loaded: set[str]) -> set[str]:
    inside = {m for m in loaded if m.startswith("lisptorch_compile.")}
    return {m for m in inside if not m.startswith("lisptorch_compile.runtime")}


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = loaded_after("import lisptorch_compile")
    assert not loaded & set(HEAVY)
    assert not compiler_modules(loaded)


def test_compiling_loads_no_torch_and_no_runtime() -> None:
    loaded = loaded_after("""
import lisptorch_compile
python = lisptorch_compile.compile_source("(setq t (torch_ones (integers 2 3)))")
assert "torch.ones(2, 3)" in python
""")
    assert "lark" in loaded and "black" in loaded
    assert not loaded & {"torch", "numpy", "rich"}
    assert not {m for m in loaded if m.startswith("lisptorch_compile.runtime")}


def test_compiling_without_layout_loads_no_black() -> None:
    loaded = loaded_after(
        "import lisptorch_compile\n"
        "lisptorch_compile.compile_source('(println 1)', format=False)"
    )
    assert "black" not in loaded


def test_a_program_of_native_python_loads_nothing_of_ours() -> None:
    loaded = loaded_by_script('(println "hello" (+ 1 2))')
    assert not {m for m in loaded if m.startswith("lisptorch_compile")}


def test_a_program_without_tensors_loads_neither_torch_nor_the_compiler() -> None:
    source = """
    (defun squares (n) (maplist (\\(x) (* x x)) (iota n)))
    (setq words {"a":1})
    (+= (@ words "b") 2)
    (println (squares 4) words (sort '< (list 3 1 2)) (integers 1 2))
    (println (maybe (@ '(1) 9) "none") (json words) (upper "x"))
    """
    loaded = loaded_by_script(source)
    assert "lisptorch_compile.runtime" in loaded
    assert not loaded & set(HEAVY)
    assert not compiler_modules(loaded)


def test_a_program_with_tensors_loads_torch_but_not_the_compiler() -> None:
    loaded = loaded_by_script("(println (torch_shape (torch_ones (integers 2 3))))")
    assert "torch" in loaded
    assert not loaded & {"lark", "black", "click"}
    assert not compiler_modules(loaded)


def test_asking_for_the_version_loads_nothing_heavy() -> None:
    loaded = loaded_after(
        "import sys\n"
        "sys.argv = ['lisptorch', '--version']\n"
        "from lisptorch_compile.__main__ import main\n"
        "assert main() == 0"
    )
    assert not loaded & set(HEAVY)
    assert not compiler_modules(loaded) - {"lisptorch_compile.__main__"}


def test_checking_a_file_loads_neither_black_nor_rich(tmp_path: Path) -> None:
    source = tmp_path / "good.lsp"
    source.write_text("(println 1)")
    loaded = loaded_after(
        "from lisptorch_compile.cli import run_command_line\n"
        f"assert run_command_line(['check', {str(source)!r}]) == 0"
    )
    assert not loaded & {"torch", "black", "rich"}
