"""Programs of several files: names, facts, values and the order in which they run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from programs import run_python

import lisptorch_compile
from lisptorch_compile.cli import run_command_line
from lisptorch_compile.diagnostics import Source
from lisptorch_compile.pipeline import Compiled, compile_files
from lisptorch_compile.program_files import SourceFile
from lisptorch_compile.tools.outputs import is_fresh


def compiled(**texts: str) -> dict[str, Compiled]:
    """Compile files as one program, ``main="…"`` being ``main.lsp``."""

    def find(path: str) -> SourceFile | None:
        name = path.removesuffix(".lsp")
        if name not in texts:
            return None
        return SourceFile(Source.of(texts[name], path), name, find)

    files = [file for name in texts if (file := find(f"{name}.lsp")) is not None]
    found = compile_files(files)
    return {file.source.filename.removesuffix(".lsp"): file for file in found}


def python(**texts: str) -> dict[str, str]:
    """Return the Python of each file, without its first line."""
    results = {}
    for name, file in compiled(**texts).items():
        assert file.python is not None, file.diagnostics
        results[name] = file.python.partition("\n\n")[2]
    return results


def messages(**texts: str) -> list[str]:
    found = compiled(**texts).values()
    return [diagnostic.message for file in found for diagnostic in file.diagnostics]


# --- what one file knows of another -----------------------------------------------------


def test_facts_are_joined_over_all_files() -> None:
    tag = "(defun tag (a b) (+ a b))"
    assert "return f" in python(part=tag, main='(load "part.lsp") (tag "n" 1)')["part"]
    assert (
        "return a + b" in python(part=tag, main='(load "part.lsp") (tag 1 2)')["part"]
    )


def test_files_that_nothing_connects_know_nothing_of_each_other() -> None:
    alone = python(one="(defun f (a b) (+ a b)) (f 1 2)")
    beside = python(one="(defun f (a b) (+ a b)) (f 1 2)", two="(eval (list '+ 1))")
    assert beside["one"] == alone["one"]


def test_results_that_another_file_uses_are_returned() -> None:
    text = python(
        part="(setq n 0) (defun next () (+= n 1))",
        main='(load "part.lsp") (println (next))',
    )
    assert "return n" in text["part"]


def test_what_another_file_puts_into_a_list_counts() -> None:
    text = python(
        part="(setq all (list 1 2)) (defun twice () (maplist (\\(x) (+ x x)) all))",
        main='(load "part.lsp") (push all "x") (println (twice))',
    )
    assert "add(x, x)" in text["part"]


def test_names_in_another_file_are_those_that_python_has_there() -> None:
    text = python(
        part='(setq len 3) (defun f (x) (+ len (size "abc")))',
        main='(load "part.lsp") (println len (f 1))',
    )
    assert "len_ = 3" in text["part"]
    assert "part.len_" in text["main"]


def test_constants_of_another_file_cannot_be_set() -> None:
    found = messages(part="(setconst limit 3)", main='(load "part.lsp") (setq limit 4)')
    assert found == ["`limit` is a constant and cannot be set"]


def test_files_that_load_each_other_are_one_fault() -> None:
    found = messages(
        a='(load "b.lsp")', b='(setq x 1)\n(load "c.lsp")', c='\n (load "a.lsp")'
    )
    assert found == ["this file is loaded again, at c.lsp:2:2, by what it loads here"]


# --- running ------------------------------------------------------------------------------

#: Files, and what running the one called main prints.
PROGRAMS: dict[str, tuple[dict[str, str], str]] = {
    "loads of loads": (
        {
            "main": '(load "sub/tools.lsp") (println (twice 4) base-name (half 3))',
            "sub/tools": '(load "base.lsp") (defun twice (x) (* x factor))',
            "sub/base": "(setq factor 2) (setq base-name 'b) (defun half (x) (/ x 2))",
        },
        "8 b 1.5\n",
    ),
    "each file runs once, where it is loaded first": (
        {
            "main": '(println "m") (load "a.lsp") (load "b.lsp") (load "a.lsp")',
            "a": '(println "a")',
            "b": '(println "b") (load "a.lsp")',
        },
        "m\na\nb\n",
    ),
    "files are loaded in the order of the program": (
        {
            "main": '(load "z.lsp") (load "a.lsp") (println (+ first second))',
            "z": '(println "z") (setq first 1)',
            "a": '(println "a") (setq second 2)',
        },
        "z\na\n3\n",
    ),
    "the value of a file is that of its last form": (
        {
            "main": '(println (load "v.lsp")) (setq w (load "v.lsp")) (println w)',
            "v": '(println "v") (list 1 2)',
        },
        "v\n(1 2)\n(1 2)\n",
    ),
    "a loaded file calls functions of the program": (
        {
            "main": '(defun shout (x) (upper x)) (load "a.lsp") (println (greet "ann"))',
            "a": '(defun greet (name) (+ "hi " (shout name)))',
        },
        "hi ANN\n",
    ),
    "a variable belongs to the file that sets it first": (
        {
            "main": '(setq n 1) (load "a.lsp") (println n) (setq n 5) (println (get))',
            "a": "(println n) (setq n (+ n 1)) (defun get () n)",
        },
        "1\n2\n5\n",
    ),
    "a loaded file reads what is set after it is loaded": (
        {
            "main": '(load "a.lsp") (setq limit 5) (println (get) (set-limit 2) limit)',
            "a": "(defun get () limit) (defun set-limit (n) (setg limit n) limit)",
        },
        "5 2 2\n",
    ),
    "files know the others that the program loads": (
        {
            "main": """
(setq title "all")
(load "shapes.lsp") (load "lib/report.lsp") (load "extra.lsp")
(report (list (Square 2) (Disc 1))) (println area-calls)
""",
            "shapes": """
(setq area-calls 0)
(data@ Shape [Square _] [Disc _])
(defpat area ([Square x]) (setg area-calls (+ area-calls 1)) (* x x))
(defpat area ([Disc r]) (* 3 r r))
(defmacro twice (x) (+ x x))
(class@ Box (side) (defun volume () (* side side side)))
""",
            "lib/report": """
(setq box (Box 3)) (println (box (volume)) (twice 4))
(defun report (shapes) (loop s shapes (println s (area s) area-calls)) (println (late 1)))
""",
            "extra": '(setq area-calls (+ area-calls 10)) (defun late (n) (+ title " " n))',
        },
        "27 8\n(Square 2) 4 11\n(Disc 1) 3 11\nall 1\n11\n",
    ),
    "a variable that two files set is one": (
        {
            "main": '(load "a.lsp") (load "b.lsp") (println n (get) (load "c.lsp"))',
            "a": "(setq n 1) (defun get () n)",
            "b": "(println n) (setq n 2)",
            "c": "(setq n 3) (get)",
        },
        "1\n2 2 3\n",
    ),
    "macros of a loaded file": (
        {
            "main": '(load "m.lsp") (println (unless (> 1 2) "no"))',
            "m": "(defmacro unless (c body) (if (not c) body nil))",
        },
        "no\n",
    ),
    "pattern functions of a loaded file": (
        {
            "main": '(load "p.lsp") (println (total \'(1 2 3)) (kind "x"))',
            "p": """
(defpat total ([]) 0)
(defpat total ([x $ rest]) (+ x (total rest)))
(defpat kind ((string_ x)) 'text)
(defpat kind (x) 'other)
""",
        },
        "6 text\n",
    ),
    "classes of a loaded file": (
        {
            "main": """
(load "shapes.lsp")
(class@ square (side) (from@ shape) (defun area () (* side side)))
(setq s (square 3 "q"))
(println (s (describe)) (s (area)))
(setq plain (shape "p"))
(println (plain (describe)))
""",
            "shapes": """
(class@ shape (name) (defun area () 0) (defun describe () (+ name " " (area))))
""",
        },
        "q 9 9\np 0\n",
    ),
    "quoted functions that another file defines, or calls": (
        {
            "main": """
(load "stream.lsp")
(defun shout (w) (+ w "!"))
(setq s (Stream {"callback":'shout}))
(println (s (each '("a" "b"))) (s (own "c")))
""",
            "stream": """
(class@ Stream (options)
   (defun each (words) (maplist (\\(w) ((@ options "callback") w)) words))
   (defun own (w) (call {"callback":'shout} w)))
(defun call (options w) ((@ options "callback") w))
""",
        },
        '("a!" "b!") c!\n',
    ),
    "a file with the name of a module of Python": (
        {
            "main": '(load "random.lsp") (println (double 4))',
            "random": "(defun double (x) (* 2 x))",
        },
        "8\n",
    ),
    "threads have copies of the variables of every file": (
        {
            "main": """
(load "store.lsp")
(bump)
(dethread work (n)
   (bump)
   (keep n)
   (threadstore "seen" (list (current) (size kept))))
(work 1) (wait)
(work 2) (wait)
(println (threadretrieve "seen") (current) kept)
""",
            "store": """
(setq counter 10)
(setq kept ())
(defun bump () (setg counter (+ counter 1)))
(defun current () counter)
(defun keep (x) (push kept x))
""",
        },
        "((12 1) (12 1)) 11 ()\n",
    ),
    "patterns speak of functions and types of other files": (
        {
            "main": """
(load "a.lsp")
(defun even (n) (multiple n 2))
(defpat fizz ([integer_ (multiple x 3)]) "fizz")
(defpat fizz (x) x)
(defpat area ((Circle r)) (list (Circle r) r))
(defpat area ((Box w h)) (* w h))
(println (mapcar 'fizz '(1 2 3)) (mapcar 'parity '(1 2)))
(println (area (Circle 3)) (area (Box 2 3)))
""",
            "a": """
(defun multiple (v d) (= (% v d) 0))
(data@ Shape [Circle _] [Box _ _])
(defpat parity ((even x)) 'even)
(defpat parity (y) 'odd)
""",
        },
        '(1 2 "fizz") (odd even)\n((Circle 3) 3) 6\n',
    ),
    "records of another file are quoted, and are of its types": (
        {
            "main": """
(load "a.lsp")
(println '(Point 1 2) (= (Point 1 2) '(Point 1 2)) (type (Point 1 2)) Point)
(println (moved '(Point 1 2)) (first-of (list 'Point 5 6)))
""",
            "a": """
(data@ Point [Point _ _])
(defpat moved ([Point x y]) (Point (+ x 1) y))
(defpat first-of ([Point x y]) x)
""",
        },
        "(Point 1 2) true data_ Point\n(Point 2 2) 5\n",
    ),
    "a loaded file reads variables with the names of Python's functions": (
        {
            "main": '(load "a.lsp") (setq str "s") (println (get) (string 4) str)',
            "a": "(defun get () str)",
        },
        "s 4 s\n",
    ),
    "functions of another file have names of instructions": (
        {
            "main": """
(load "a.lsp")
(println (root 2) (label 3) (with 4) (map (quote root) (list 1 2)))
""",
            "a": "(defun root (x) (* 2 x)) (defun label (x) (+ x 1)) (defun with (x) (- 0 x))",
        },
        "4 4 -4 (2 4)\n",
    ),
    "a path that only the program knows": (
        {
            "main": '(setq name \'a) (println (load (+ (string name) ".lsp")) (f 3))',
            "a": "(defun f (x) (* x x)) (f 2)",
        },
        "4 9\n",
    ),
}


@pytest.mark.parametrize("title", list(PROGRAMS))
def test_program_of_several_files(
    title: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files, expected = PROGRAMS[title]
    for name, text in files.items():
        path = tmp_path / f"{name}.lsp"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        monkeypatch.delitem(sys.modules, name.replace("/", "."), raising=False)
        monkeypatch.delitem(sys.modules, name.partition("/")[0], raising=False)
    lisptorch_compile.load(tmp_path / "main.lsp")
    assert capsys.readouterr().out == expected


def test_a_file_outside_of_the_folder_is_read_by_the_running_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "common.lsp").write_text("(defun half (x) (/ x 2))", encoding="utf-8")
    main = tmp_path / "app" / "outside.lsp"
    main.write_text('(load "../common.lsp") (println (half 5))', encoding="utf-8")
    lisptorch_compile.load(main)
    assert capsys.readouterr().out == "2.5\n"
    assert run_command_line(["check", str(main)]) == 0


def test_compiled_files_import_each_other(tmp_path: Path) -> None:
    files = PROGRAMS["loads of loads"][0]
    for name, text in files.items():
        (tmp_path / f"{name}.lsp").parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.lsp").write_text(text, encoding="utf-8")
    sources = [str(tmp_path / f"{name}.lsp") for name in files]
    out = tmp_path / "out"
    assert run_command_line(["compile", *sources, "-o", str(out)]) == 0
    process = run_python(str(out / "main.py"))
    assert (process.stdout, process.stderr) == ("8 b 1.5\n", "")


def test_output_is_stale_when_another_file_of_the_program_changes(
    tmp_path: Path,
) -> None:
    part, main = tmp_path / "part.lsp", tmp_path / "main.lsp"
    part.write_text("(defun f () 1)", encoding="utf-8")
    main.write_text('(load "part.lsp") (println (+ (f) 1))', encoding="utf-8")
    assert run_command_line(["compile", str(part), str(main)]) == 0
    output = main.with_suffix(".py")
    assert is_fresh(output, main)
    part.write_text('(defun f () "one")', encoding="utf-8")
    assert not is_fresh(output, main)
