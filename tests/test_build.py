"""``lisptorch build``: projects, and what is done again when something changes."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from programs import ROOT, run_python

from lisptorch_compile.annotations import as_annotation
from lisptorch_compile.cli import run_command_line
from lisptorch_compile.diagnostics import Source, Span, diagnose
from lisptorch_compile.tools.projects import work
from lisptorch_compile.tools.projects.record import content_hash


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(textwrap.dedent(text).strip("\n") + "\n", encoding="utf-8")
    return file


def project(text: str = "", **files: str) -> None:
    """Write a project of sources in ``src``, whose outputs go to ``out``."""
    described = text or 'sources = ["src"]\noutput = "out"'
    write("pyproject.toml", f"[tool.lisptorch]\n{textwrap.dedent(described)}")
    for name, source in files.items():
        write(f"src/{name}.lsp", source)


def build(*options: str) -> int:
    return run_command_line(["build", *options])


def contents(folder: str = "out") -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in Path(folder).rglob("*") if p.is_file()}


TWICE = "(defun twice (x) (* 2 x))"
USES_TWICE = '(load "tools.lsp")\n(println (twice 21))'


# --- what is built --------------------------------------------------------------------


def test_build_compiles_the_sources_into_the_output_folder(folder: Path) -> None:
    project(main=USES_TWICE, tools=TWICE)
    write("src/deep/my-part.lisp", "(println 'part)")
    assert build() == 0
    assert sorted(contents()) == [
        "out/deep/my_part.py",
        "out/deep/my_part.py.map",
        "out/main.py",
        "out/main.py.map",
        "out/tools.py",
        "out/tools.py.map",
    ]
    assert run_python("out/main.py").stdout == "42\n"


def test_outputs_stand_beside_the_sources_by_default(folder: Path) -> None:
    project('sources = ["src/*.lsp"]', a="(println 1)")
    assert build() == 0
    assert Path("src/a.py").exists()


def test_globs_and_excludes_choose_sources(folder: Path) -> None:
    project('sources = ["src/**/a*.lsp"]\nexclude = ["src/old"]', a="1", b="2")
    for place in ("src/old/a", "src/new/ab", "src/.hidden/a"):
        write(f"{place}.lsp", "3")
    assert build() == 0
    assert {str(p) for p in Path().rglob("*.py")} == {"src/a.py", "src/new/ab.py"}


def test_project_is_found_above_the_current_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(a="(println 1)")
    monkeypatch.chdir(folder / "src")
    assert build() == 0
    assert (folder / "out" / "a.py").exists()


def test_outputs_are_those_of_compile(folder: Path) -> None:
    project(main=USES_TWICE, tools=TWICE)
    assert build() == 0
    assert run_command_line(["compile", "src", "-o", "compiled"]) == 0
    assert list(contents("compiled").values()) == list(contents().values())


def test_options_of_the_compiler_are_settings(folder: Path) -> None:
    text = "(println (list 1 2 3) (list 4 5 6) (list 7 8 9) (list 10 11 12) 'x 'y 'z)"
    project('sources = ["src"]\nformat = false\nfast = true', a=text)
    assert build() == 0
    assert run_command_line(["compile", "src/a.lsp", "--no-format", "--fast"]) == 0
    assert build("--check") == 0


def test_numbers_of_lispe_are_a_setting(folder: Path) -> None:
    project('sources = ["src"]\nnumbers = "lispe"', a="(println (+ 10 2.5))")
    assert build() == 0
    assert run_python("src/a.py").stdout == "12\n"
    project('sources = ["src"]')
    assert build() == 0
    assert run_python("src/a.py").stdout == "12.5\n"


# --- what is refused ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('source = ["src"]', "knows no `source`: did you mean `sources`?"),
        ('colour = "red"', "knows no `colour`: sources, exclude, output"),
        ("format = 1", "`format` of [tool.lisptorch] is true or false, not 1"),
        ('numbers = "C"', '`numbers` of [tool.lisptorch] is "python" or "lispe"'),
        ('sources = "src"', "is a list of files, folders and globs, not 'src'"),
        ('sources = ["../src"]', "`sources`: ../src leads out of the project"),
        ('sources = ["/src"]', "/src leads out of the project"),
        (r"sources = ['C:\src']", r"C:\src leads out of the project"),
        (r"sources = ['..\src']", r"..\src leads out of the project"),
        ('sources = ["src"]\noutput = "../out"', "../out leads out of the project"),
        ('sources = ["lib"]', "lib is no folder, and no .lsp or .lisp file"),
        ('sources = ["lib.lsp"]', "there is no lib.lsp"),
        ('sources = ["src/*.lisp"]', "src/*.lisp holds no .lsp or .lisp"),
        ("sources = [", "pyproject.toml is not TOML"),
    ],
)
def test_wrong_settings_are_usage_errors(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    project(text, a="(println 1)")
    assert build() == 2
    assert message in capsys.readouterr().err


def test_settings_are_shown_with_where_they_come_from(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project('sources = ["src"]\nformat = false', a=TWICE)
    assert run_command_line(["config", "show"]) == 0
    shown = capsys.readouterr().out
    assert 'sources = ["src"]             # pyproject.toml\n' in shown
    assert "# output: beside each source  # default\n" in shown
    table = tomllib.loads(shown)["tool"]["lisptorch"]
    assert (table["format"], table["fast"]) == (False, False)
    assert run_command_line(["config", "show", str(folder), "--json"]) == 0
    settings = json.loads(capsys.readouterr().out)["settings"]
    assert settings["format"] == {
        "value": False,
        "from": str(folder / "pyproject.toml"),
    }
    assert settings["numbers"] == {"value": "python", "from": "default"}
    assert settings.keys() - {"output"} == table.keys()


def test_folder_without_a_project_is_a_usage_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("pyproject.toml", "[project]")
    assert build(".") == 2
    assert "has no table [tool.lisptorch]" in capsys.readouterr().err


def test_two_sources_of_one_output_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(**{"a-b": "1", "a_b": "2"})
    assert build() == 2
    wanted = "src/a-b.lsp and src/a_b.lsp would both become out/a_b.py"
    assert wanted in capsys.readouterr().err


def test_loaded_file_that_is_no_source_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project('sources = ["src"]\nexclude = ["src/tools.lsp"]', main=USES_TWICE)
    write("src/tools.lsp", TWICE)
    assert build() == 2
    assert "src/tools.lsp is loaded by" in capsys.readouterr().err


def test_links_that_lead_out_of_the_project_are_refused(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "a.lsp").write_text("(println 1)")
    project(b="(println 2)")
    Path("src/a.lsp").symlink_to(outside / "a.lsp")
    assert build() == 2
    Path("src/a.lsp").unlink()
    Path("out").symlink_to(outside)
    assert build() == 2
    assert os.listdir(outside) == ["a.lsp"]


def test_foreign_file_stops_the_build_before_anything_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(a="(println 1)", z="(println 2)")
    write("out/z.py", "mine = 1")
    assert build() == 3
    wanted = "out/z.py was not written by lisptorch: move it away, or choose another"
    assert wanted in capsys.readouterr().err
    assert contents() == {"out/z.py": b"mine = 1\n"}


# --- what is built again --------------------------------------------------------------


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The files of each program that is compiled, until the list is cleared."""
    seen: list[list[str]] = []
    compile_group = work._compile

    def watched(group: tuple[Path, ...], options: object) -> object:
        seen.append(sorted(path.stem for path in group))
        return compile_group(group, options)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "_compile", watched)
    return seen


def rebuilt(compilations: list[list[str]], *options: str) -> list[list[str]]:
    compilations.clear()
    assert build("-j1", *options) == 0
    return sorted(compilations)


def test_unchanged_project_is_not_compiled(
    folder: Path, compilations: list[list[str]]
) -> None:
    project(main=USES_TWICE, tools=TWICE, other="(println 1)")
    assert rebuilt(compilations) == [["main", "tools"], ["other"]]
    assert rebuilt(compilations) == []
    assert rebuilt(compilations, "--rebuild") == [["main", "tools"], ["other"]]


def test_unchanged_project_does_not_load_the_compiler(folder: Path) -> None:
    project(a="(println 1)")
    assert build() == 0
    process = run_python(
        "-c",
        "import sys\n"
        "from lisptorch_compile.cli import run_command_line\n"
        "assert run_command_line(['build']) == 0\n"
        "print(*sorted({m.partition('.')[0] for m in sys.modules}))\n"
        "print(*[m for m in sys.modules if m.startswith('lisptorch')])\n",
    )
    assert not {"lark", "black", "torch"} & set(process.stdout.split())
    assert "lisptorch_compile.pipeline" not in process.stdout


def test_changed_file_compiles_its_program_alone(
    folder: Path, compilations: list[list[str]]
) -> None:
    project(main=USES_TWICE, tools=TWICE, other="(println 1)")
    rebuilt(compilations)
    write("src/tools.lsp", "(defun twice (x) (+ x x))")
    assert rebuilt(compilations) == [["main", "tools"]]
    write("src/other.lsp", "(println 2)")
    assert rebuilt(compilations) == [["other"]]


def test_new_file_joins_the_program_that_it_loads(
    folder: Path, compilations: list[list[str]]
) -> None:
    project(main=USES_TWICE, tools=TWICE)
    rebuilt(compilations)
    write("src/new.lsp", '(load "tools.lsp")\n(println (twice "ab"))')
    assert rebuilt(compilations) == [["main", "new", "tools"]]
    incremental = contents()
    assert build("--rebuild") == 0
    assert contents() == incremental


def test_file_that_the_running_program_reads_must_stay(
    folder: Path, compilations: list[list[str]]
) -> None:
    project('sources = ["src/deep"]')
    write("src/above.lsp", "(setq above 1)")
    write("src/deep/main.lsp", '(load "../above.lsp")')
    assert rebuilt(compilations) == [["main"]]
    assert rebuilt(compilations) == []
    Path("src/above.lsp").unlink()
    assert build() == 1


def test_file_of_a_package_loads_its_neighbours_from_there(
    folder: Path, compilations: list[list[str]]
) -> None:
    project(main=USES_TWICE, tools=TWICE)
    rebuilt(compilations)
    write("src/__init__.py", "")
    assert rebuilt(compilations) == [["main", "tools"]]
    assert "from src import tools" in Path("out/main.py").read_text()


def test_removed_partner_compiles_the_rest(
    folder: Path, compilations: list[list[str]]
) -> None:
    project(main=USES_TWICE, tools=TWICE, also=USES_TWICE)
    rebuilt(compilations)
    Path("src/also.lsp").unlink()
    assert rebuilt(compilations) == [["main", "tools"]]


def test_changed_or_missing_output_is_made_again(folder: Path) -> None:
    project(a="(println 1)", b="(println 2)", c="(println 3)")
    assert build() == 0
    good = contents()
    Path("out/a.py").unlink()
    Path("out/b.py").write_bytes(good["out/b.py"] + b"x = 1\n")
    Path("out/c.py.map").write_text("{}")
    assert build() == 0
    assert contents() == good


def test_changed_settings_compile_everything(
    folder: Path, compilations: list[list[str]]
) -> None:
    project(a="(println 1)")
    rebuilt(compilations)
    project('sources = ["src"]\noutput = "out"\nfast = true')
    assert rebuilt(compilations) == [["a"]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"maker": null, "entries": 1}',
        '{"entries": {}}',
    ],
)
def test_record_that_is_damaged_is_as_none(folder: Path, text: str) -> None:
    project(a="(println 1)")
    assert build() == 0
    good = contents()
    Path(".lisptorch/build.json").write_text(text)
    Path("out/a.py").unlink()
    assert build() == 0
    assert contents() == good


@pytest.mark.parametrize("key", ["program", "searched", "warnings", "source", "map"])
@pytest.mark.parametrize("value", [None, 1, [1], {"a": 1}])
def test_entry_that_is_damaged_is_as_none(
    folder: Path, key: str, value: object
) -> None:
    project(a="(println 1)")
    assert build() == 0
    good = contents()
    record = Path(".lisptorch/build.json")
    data = json.loads(record.read_text())
    data["entries"]["src/a.lsp"][key] = value
    record.write_text(json.dumps(data))
    Path("src/a.lsp").write_text("(println 1) ; the same\n")
    assert build() == 0
    assert contents().keys() == good.keys()


# --- errors ---------------------------------------------------------------------------


def test_error_keeps_every_old_output(folder: Path) -> None:
    project(a="(println 1)", b="(println 2)")
    assert build() == 0
    good = contents()
    write("src/a.lsp", "(println 3)")
    write("src/b.lsp", "(println (nowhere 4))")
    assert build() == 1
    assert contents() == good


WARNS = '(defun f (x) (if (> x 1) 2) 3 4)\n(println (f 2) "a\u202eb")'


def test_warnings_are_shown_at_every_build(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(a=WARNS)
    assert build() == 0
    first = capsys.readouterr().err
    assert "warning[" in first
    assert build() == 0
    assert capsys.readouterr().err == first
    assert build("--warnings-as-errors") == 1
    assert capsys.readouterr().err == first


def test_warnings_as_errors_write_nothing(folder: Path) -> None:
    project('sources = ["src"]\nwarnings-as-errors = true', a=WARNS)
    assert build() == 1
    assert not Path("src/a.py").exists()


def test_json_has_one_object_a_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(a=WARNS)
    assert build("--json") == 0
    *problems, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert {p["file"] for p in problems} == {"src/a.lsp"}
    counts = {"errors": 0, "warnings": len(problems)}
    outputs = {"wrote": ["out/a.py"], "left over": [], "unchanged": 0}
    assert last == {"summary": counts | outputs}
    assert any(p["fixes"] for p in problems)
    assert build("--json") == 0  # what is remembered is told as it was
    again = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert again[:-1] == problems
    Path("src/a.lsp").write_text("(println (nowhere 1))")
    assert build("--json") == 1
    *problems, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert [p["code"] for p in problems] == ["LT0302"]
    assert last == {"summary": {"errors": 1, "warnings": 0}}


def test_github_annotations_name_file_and_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(a="\n(println (nowhere 1))")
    assert build("--format", "github") == 1
    line = capsys.readouterr().out.splitlines()[0]
    assert line.startswith(
        "::error file=src/a.lsp,line=1,col=11,endLine=1,endColumn=18"
    )
    assert "title=LT0302::unknown function `nowhere`" in line


def test_sarif_log_has_rules_and_places(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(a="(println (nowhere 1))", b=WARNS)
    assert build("--format", "sarif") == 1
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    error = run["results"][0]
    assert (error["ruleId"], error["level"]) == ("LT0302", "error")
    place = error["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "src/a.lsp"
    assert place["region"]["startColumn"] == 11
    for result in run["results"]:
        rules = run["tool"]["driver"]["rules"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_annotations_cannot_start_another_command() -> None:
    source = Source.of("x", "a,line=9::error::\n.lsp")
    found = diagnose("LT0302", Span(0, 1), name="\n::warning::stop%0A")
    text = as_annotation(found, source)
    assert "\n" not in text
    assert text.count("::") == 2 + text.rpartition("title=")[2].count("::") - 1


# --- --check and --prune --------------------------------------------------------------


def test_check_names_stale_outputs_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(a="(println 1)", b="(println 2)")
    assert build() == 0
    assert build("--check") == 0
    write("src/b.lsp", "(println 3)")
    good = contents()
    capsys.readouterr()
    assert build("--check") == 1
    assert capsys.readouterr().out == "stale: out/b.py\n"
    assert contents() == good


def test_check_takes_nobodys_word(folder: Path) -> None:
    project(a="(println 1)")
    assert build() == 0
    python = Path("out/a.py")
    python.write_bytes(python.read_bytes() + b"import os\n")
    record = Path(".lisptorch/build.json")
    data = json.loads(record.read_text())
    data["entries"]["src/a.lsp"]["python"] = content_hash(python)
    record.write_text(json.dumps(data))
    assert build("--check") == 1


def test_output_of_a_removed_source_is_reported_then_pruned(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(a="(println 1)", b="(println 2)")
    assert build() == 0
    Path("src/b.lsp").unlink()
    write("out/mine.py", "x = 1")
    write("out/mine.py.map", '{"source": "gone.lsp"}')
    capsys.readouterr()
    assert build() == 0
    assert "left over: out/b.py" in capsys.readouterr().out
    assert Path("out/b.py").exists()
    assert build("--check") == 1
    assert build("--prune") == 0
    assert sorted(os.listdir("out")) == ["a.py", "a.py.map", "mine.py", "mine.py.map"]


# --- the same bytes -------------------------------------------------------------------


def test_processes_order_and_folder_do_not_matter(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples" / "language", "src")
    monkeypatch.setattr(work, "_SMALL", 0)
    project(main=USES_TWICE, tools=TWICE)
    assert build("-j1") == 0
    expected = contents()
    shutil.rmtree("out")
    assert build("-j2") == 0
    assert contents() == expected
    shutil.rmtree("out")
    monkeypatch.chdir(folder / "src")
    assert build("-j2") == 0
    monkeypatch.chdir(folder)
    assert contents() == expected


# --- failures on the way --------------------------------------------------------------


def test_failure_while_writing_leaves_whole_files_and_no_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("a", "b", "c")
    project(**{name: f"(println '{name} 1)" for name in names})
    assert build() == 0
    old = contents()
    project(**{name: f"(println '{name} 2)" for name in names})
    assert build() == 0
    new = contents()
    for fails_at in range(1, 8):  # three files with their maps, and the record
        project(**{name: f"(println '{name} 1)" for name in names})
        assert build() == 0
        project(**{name: f"(println '{name} 2)" for name in names})
        with monkeypatch.context() as faulty:
            faulty.setattr(os, "replace", failing(os.replace, at=fails_at))
            assert build() == 3
        assert contents().keys() == old.keys()  # no temporary file
        assert all(data in (old[path], new[path]) for path, data in contents().items())
        assert build() == 0
        assert contents() == new
    assert "No space left" in capsys.readouterr().err


def failing(function: Callable[..., None], at: int) -> Callable[..., None]:
    """Return a function that fails at its ``at``-th call and from then on."""
    calls = count(1)

    def wrapper(*arguments: object) -> None:
        if next(calls) >= at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        function(*arguments)

    return wrapper


def test_killed_build_leaves_whole_files_and_the_next_one_mends(folder: Path) -> None:
    project(a="(println 'a 1)", b="(println 'b 1)")
    assert build() == 0
    old = contents()
    project(a="(println 'a 2)", b="(println 'b 2)")
    process = run_python(
        "-c",
        "import os, signal, sys\n"
        "from lisptorch_compile.cli import run_command_line\n"
        "calls, replace = [], os.replace\n"
        "def replace_twice(*paths):\n"
        "    calls.append(paths)\n"
        "    if len(calls) > 2: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    replace(*paths)\n"
        "os.replace = replace_twice\n"
        "run_command_line(['build', '-j1'])\n",
    )
    assert process.returncode == -signal.SIGKILL
    left = {k: v for k, v in contents().items() if not k.endswith(".tmp")}
    assert build("--rebuild") == 0
    new = {k: v for k, v in contents().items() if not k.endswith(".tmp")}
    changed = [path for path in old if left[path] != old[path]]
    assert changed == ["out/a.py", "out/a.py.map"]
    assert all(left[path] == new[path] for path in changed)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="asks Linux")
@pytest.mark.parametrize("everyone", [True, False], ids=["terminal", "kill"])
def test_interrupted_build_ends_at_once_and_the_next_one_is_complete(
    folder: Path, everyone: bool
) -> None:
    names = [f"m{number}" for number in range(12)]
    functions = [f"(defun f{n} (x) (list x {n} (+ x {n})))" for n in range(30)]
    long = "; and so on\n" * 500  # else one process is enough
    project(**dict.fromkeys(names, long + "\n".join(functions)))
    process = subprocess.Popen(
        [sys.executable, "-m", "lisptorch_compile", "build", "-j2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        process_group=0,
        restore_signals=True,
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while len(workers := children.read_text().split()) < 2:
        assert process.poll() is None
    (os.killpg if everyone else os.kill)(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output) == (130, "")
    assert errors.strip() == "interrupted"
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert contents() == {}
    assert build("-j1") == 0
    assert len(contents()) == 2 * len(names)


def test_number_of_a_killed_build_may_be_used_again(folder: Path) -> None:
    project(a="(println 1)")
    write(f"out/.a.py.{os.getpid()}.tmp", "half of ")
    assert build() == 0
    assert sorted(contents()) == ["out/a.py", "out/a.py.map"]


# --- any change -----------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_any_changes_build_what_a_fresh_build_would(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    project('sources = ["src"]\noutput = "out"')
    for _ in range(12):
        change_a_program(chance)
        assert build("-j1", "--prune") == 0
        incremental = contents()
        shutil.rmtree(".lisptorch")
        shutil.rmtree("out")
        assert build("-j1") == 0
        assert contents() == incremental


def change_a_program(chance: random.Random) -> None:
    """Write or remove some files in three folders; later ones load earlier ones."""
    names = ["a", "b", "also/g", "c", "deep/e", "deep/f", "d"]
    there = [name for name in names if chance.random() < 0.8] or ["a"]
    mark = Path("src/__init__.py")
    if chance.random() < 0.3:
        mark.unlink() if mark.exists() else write("src/__init__.py", "")
    for index, name in enumerate(names):
        source = Path(f"src/{name}.lsp")
        loads = [other for other in names[:index] if other in there]
        if name not in there:
            source.unlink(missing_ok=True)
        elif chance.random() < 0.5 or not loaded(source) <= set(there):
            up = "../" if "/" in name else ""
            chosen = [other for other in loads if chance.random() < 0.3]
            lines = [f'(load "{up}{other}.lsp")' for other in chosen]
            calls = [f"(f-{Path(other).stem} 1)" for other in chosen]
            own = f"f-{source.stem}"
            body = f"(defun {own} (x) (+ x {chance.randrange(3)} {' '.join(calls)}))"
            write(str(source), "\n".join([*lines, body]))


def loaded(source: Path) -> set[str]:
    """Return the names of the files that a source of the test loads."""
    text = source.read_text() if source.exists() else '(load "nowhere.lsp")'
    return set(re.findall(r'\(load "(?:\.\./)?(.*)\.lsp"\)', text))
