"""Programs on which Python and LispE pull apart print what LispE prints.

Each case was miscompiled once, or stands beside one that was. The golden cases show how
the Python reads; here only what it does counts.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from programs import run

import lisptorch_compile

#: What the facts of values must not leave out.
KINDS = {
    "a dotted pair takes new elements in front": (
        "(setq p (cons 1 2)) (push p 0) (println p)",
        "(0 1 . 2)\n",
    ),
    "a dotted pair inside quoted data": (
        "(setq q '(1 (2 . 3))) (setq r (@ q 1)) (push r 7) (println r)",
        "(7 2 . 3)\n",
    ),
    "sets made by a builtin given as a value are walked in order": (
        """
(setq l (map 'seti '((10 9 1 8 300)))) (loop s l (loop x s (print x '-)))
""",
        "1-8-9-10-300-",
    ),
    "a set inside quoted data is walked in order": (
        """
(setq h '(({10 9 1 8 300})))
(loop u h (loop s u (loop x s (print x '-))))
""",
        "1-8-9-10-300-",
    ),
    "a list that a fold passes on has another name": (
        """
(setq acc (list 1)) (foldl 'push acc '("b"))
(println (+ (last acc) 1))
""",
        "b1\n",
    ),
    "a dictionary that key@ gives back has another name": (
        """
(setq d {"k":1}) (setq e (key@ d "b" 2)) (set@ e "k" "x") (println (+ (@ d "k") 1))
""",
        "x1\n",
    ),
    "the elements of a list that take the place of others": (
        '(setq l (list 1 2)) (set@@ l 0 1 \'("r")) (println (+ (car l) 1))',
        "r1\n",
    ),
    "builtins as values change containers": (
        """
(setq l (list 1)) (setq add-to 'push) (add-to l "y") (println (+ (last l) 1))
""",
        "y1\n",
    ),
}

#: Keys that are numbers stay numbers, those of a plain dictionary are texts.
DICTIONARIES = {
    "a dictionary written with numbers takes numbers": (
        "(setq d {1:2 3:4}) (set@ d 5 6) (+= (@ d 1) 10) (println d (@ d 5))",
        "{1:12 3:4 5:6} 6\n",
    ),
    "a dictionary of integers converts what it is given": (
        """
(setq d (dictionaryi 1 2)) (set@ d "7" 1) (key@ d 8 5) (+= (@ d 9) 1)
(println d (key@ d "8") (keys@ d))
""",
        "{1:2 7:1 8:5 9:1} 5 (1 7 8 9)\n",
    ),
    "a parameter may be either": (
        "(defun put (d k) (set@ d k 1) d) (println (put {} 5) (put {1:2} 5))",
        '{"5":1} {1:2 5:1}\n',
    ),
    "a dictionary that keyi@ makes": (
        '(setq d (keyi@ 5 "a")) (set@ d 6 "b") (loop k d (print (+ k 1) ";"))',
        "6;7;",
    ),
}

#: Operands are evaluated from left to right, each once.
ORDER = {
    "the key of a dictionary before the value": (
        """
(defun next () (setg c (+ c 1)) c)
(setq c 5) (setq d {})
(set@ d c (next)) (set@ d (next) c) (println d)
""",
        '{"5":6 "7":7}\n',
    ),
    "the key of an entry before what is added": (
        """
(defun next () (setg c (+ c 1)) 10)
(setq c 5) (setq d {})
(+= (@ d c) (next)) (println d)
""",
        '{"5":10}\n',
    ),
    "the dictionary itself before the value": (
        """
(defun renew () (setg d {"new":1}) 7)
(setq d {"old":1}) (setq e d)
(set@ d "key" (renew)) (println d e)
""",
        '{"new":1} {"old":1 "key":7}\n',
    ),
}

#: Functions made in a round of a loop keep what belongs to that round.
CLOSURES = {
    "the function of a map has its own variable for each element": (
        """
(setq fs (map (\\(x) (\\(y) (+ x y))) '(1 2))) (println ((@ fs 0) 10) ((@ fs 1) 10))
""",
        "11 12\n",
    ),
    "the function of a map whose results nobody uses": (
        """
(setq fs (list)) (map (\\(x) (push fs (\\() x))) '(1 2))
(println ((@ fs 0)) ((@ fs 1)))
""",
        "1 2\n",
    ),
    "nested maps": (
        """
(setq rows (map (\\(x) (map (\\(y) (\\() (+ x y))) '(1 2))) '(10 20)))
(println ((@ (@ rows 0) 0)) ((@ (@ rows 1) 1)))
""",
        "11 22\n",
    ),
    "a lambda called in a loop, and a function with statements": (
        """
(setq fs (list))
(loop i '(1 2) (push fs ((\\(x) (\\() x)) i)))
(map (\\(x) (let ((y (* x 10))) (push fs (\\() y)))) '(1 2))
(println (map (\\(f) (f)) fs))
""",
        "(1 2 10 20)\n",
    ),
    "variables of loops are those of the function": (
        """
(setq fs (list)) (loop i '(1 2 3) (push fs (\\() i))) (println (map (\\(f) (f)) fs))
""",
        "(3 3 3)\n",
    ),
}

#: What a loop walks when its body changes that.
LOOPS = {
    "entries of a dictionary may go while it is walked": (
        """
(setq d {"a":1 "b":2}) (loop k d (if (= k "a") (pop d "b"))) (println d)
(loop k d (pop d k)) (println d)
""",
        '{"a":1}\n{}\n',
    ),
    "entries of a dictionary may come while it is walked": (
        """
(setq d {"a":1}) (loop k d (set@ d (+ k "x") 1) (+= (@ d "c") 1)) (println (size d))
""",
        "3\n",
    ),
    "a list that grows is walked to its end": (
        """
(setq l '(1 2)) (loop x l (if (< (size l) 5) (push l 9)) (print x " "))
""",
        "1 2 9 9 9 ",
    ),
    "a loop without end has a value when a break leaves it": (
        """
(defun f (n) (while true (setq n (+ n 1)) (if (> n 9) (return n)) (loop i '(1) (break))))
(defun g (n) (while true (setq n (+ n 1)) (if (> n 9) (break)) n))
(println (f 1) (g 1))
""",
        "10 nil\n",
    ),
}

#: Blocks that nest deeper than Python takes become functions of their own.
DEEP = {
    "variables that only the cut functions set": (
        """
(defun f (x) (check (> x -30) (setq v29 29)
(check (> x -29) (setq v28 28)
(check (> x -28) (setq v27 27)
(check (> x -27) (setq v26 26)
(check (> x -26) (setq v25 25)
(check (> x -25) (setq v24 24)
(check (> x -24) (setq v23 23)
(check (> x -23) (setq v22 22)
(check (> x -22) (setq v21 21)
(check (> x -21) (setq v20 20)
(check (> x -20) (setq v19 19)
(check (> x -19) (setq v18 18)
(check (> x -18) (setq v17 17)
(check (> x -17) (setq v16 16)
(check (> x -16) (setq v15 15)
(check (> x -15) (setq v14 14)
(check (> x -14) (setq v13 13)
(check (> x -13) (setq v12 12)
(check (> x -12) (setq v11 11)
(check (> x -11) (setq v10 10)
(check (> x -10) (setq v9 9)
(check (> x -9) (setq v8 8)
(check (> x -8) (setq v7 7)
(check (> x -7) (setq v6 6)
(check (> x -6) (setq v5 5)
(check (> x -5) (setq v4 4)
(check (> x -4) (setq v3 3)
(check (> x -3) (setq v2 2)
(check (> x -2) (setq v1 1)
(check (> x -1) (setq v0 0)
(setq z 5) (+ z x)))))))))))))))))))))))))))))))) (println (f 1))
""",
        "6\n",
    ),
    "the clauses of a long choice": (
        f"""
(defun name-of (x) (cond {" ".join(f'((= x {i}) "n{i}")' for i in range(300))}
   (true "none")))
(println (name-of 250) (name-of -1))
""",
        "n250 none\n",
    ),
    "quoted data that is deeply nested": (
        f"""
(setq tree '{"(" * 400}x{")" * 400})
(defun depth (l) (if (consp l) (+ 1 (depth (car l))) 0))
(println (depth (@ tree 0 0)))
""",
        "398\n",
    ),
}

#: Chains with more operands than Python takes in one expression, or as nested blocks.
LONG = {
    "a sum of very many": (
        f"(setq x 1) (println (+ {'x ' * 3000}))",
        "3000\n",
    ),
    "a sum whose operands change a variable": (
        f"(setq x 0) (println (+ {'(block (+= x 1) x) ' * 500} x))",
        "125750\n",
    ),
    "a product from the left": (
        f"(setq x 0.5) (println (/ 1 {'x ' * 1000}) (- 1 {'1 ' * 900}))",
        f"{2.0**1000:g} -899\n",
    ),
    "very many steps as long as they succeed": (
        f"""
(setq n 0)
(defun next () (+= n 1) n)
(println (and {"(block (next) (< n 300)) " * 500}) n)
(println (or {"(block (next) (> n 600)) " * 500}) n)
(if (and {"(block (next) (> n 0)) " * 200}) (println n))
(and {"(block (next) (< n 900)) " * 200} (println "not reached"))
(println n)
""",
        "nil 300\ntrue 601\n801\n900\n",
    ),
}


CASES = {**KINDS, **DICTIONARIES, **ORDER, **CLOSURES, **LOOPS, **DEEP, **LONG}


@pytest.mark.parametrize("title", CASES)
def test_prints_what_lispe_prints(
    title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source, expected = CASES[title]
    ran = run(source)
    assert capsys.readouterr().out == expected, ran.python


#: Programs of two files: the loaded one, the one that loads it, and the output.
TWO_FILES = {
    "a variable of the other file is assigned there": (
        """
(setq counter 1)
(defun bump () (+= counter 1) counter)
""",
        """
(println counter)
(setq counter 7)
(println counter (bump))
(+= counter 5)
(println counter (bump))
(defun local () (setq counter 100) counter)
(println (local) counter)
(defun outer () (setg counter 50) counter)
(println (outer) (bump))
(setq (counter other) '(3 4))
(println counter other (bump))
(setq counter (loop i '(1 2) i))
(println counter (maybe (setq counter (throw "no")) 'no) counter)
(defun inner () (map (\\(x) (setg counter x)) '(8 9)) (bump))
(println (inner))
""",
        "1\n7 8\n13 14\n100 14\n50 51\n3 4 4\n2 no 2\n10\n",
    ),
    "loops use the variable of the other file": (
        "(setq turn 5) (defun tell () turn)",
        """
(loop turn '(1 2) nil) (println turn (tell))
(loopcount 4 turn nil) (println turn (tell))
(lloop (turn y) '(7 8) '(1 2) nil) (println turn (tell))
""",
        "2 2\n3 3\n8 8\n",
    ),
    "functions of the other file have defaults, names and a rest": (
        """
(defun with-defaults (a (b 10) (my-c 3)) (list a b my-c))
(defun with-rest (a (() r)) (list a r))
""",
        """
(println (with-defaults 1) (with-defaults 1 (? b 5)) (with-defaults 1 (? my-c 6)))
(println (with-rest 1 2 3) (apply 'with-rest '(1 2)))
(setq fn with-defaults) (println (fn 9) (map 'with-rest '(1 2)))
""",
        "(1 10 3) (1 5 3) (1 10 6)\n(1 (2 3)) (1 (2))\n(9 10 3) ((1 ()) (2 ()))\n",
    ),
    "names may be those of the module": (
        "(setq counter 1) (defun bump () (+= counter 1) counter)",
        """
(setq part 5)
(defun f (part) (bump) part)
(println part (f 9) (map (\\(part) (+ part (bump))) '(1 2)))
""",
        "5 9 (4 6)\n",
    ),
    "a function loads the other file": (
        '(println "loaded") (setq v 1)',
        '(println "first") (defun init () (load "part.lsp") v) (println (init) v)',
        "first\nloaded\n1 1\n",
    ),
}


@pytest.mark.parametrize("title", TWO_FILES)
def test_two_files_print_what_lispe_prints(
    title: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "part", raising=False)
    part, main, expected = TWO_FILES[title]
    loads = "" if "(load " in main else '(load "part.lsp")\n'
    (tmp_path / "part.lsp").write_text(part, encoding="utf-8")
    (tmp_path / "main.lsp").write_text(loads + main, encoding="utf-8")
    lisptorch_compile.load(tmp_path / "main.lsp")
    assert capsys.readouterr().out == expected
