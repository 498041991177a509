"""Lists and dictionaries that serve as records: what stands where, and what changes that."""

from __future__ import annotations

import pytest
from programs import run

#: What makes one record, and how its element is asked for, beside the Python of that.
PLAIN = {
    "an element of a list": ('(list 3 "x")', "(+ (@ p 1) 1)", "{p[1]}1"),
    "the first element": ('(list 3 "x")', "(+ (car p) 1)", "p[0] + 1"),
    "an element by letters": ('(list 3 "x")', "(+ (cadr p) 1)", "{p[1]}1"),
    "the last element": ("(list 3 4)", "(+ 1 (last p))", "1 + p[-1]"),
    "a list in a list": ('(list "a" (list 1 2))', "(+ 1 (caadr p))", "1 + p[1][0]"),
    "an element of quoted data": ('\'(3 "x")', "(+ 1 (car p))", "1 + p[0]"),
    "an entry of a dictionary": (
        '{"n":3 "t":"x"}',
        '(+ 1 (@ p "n"))',
        '1 + p["n"]',
    ),
}


@pytest.mark.parametrize("title", PLAIN)
def test_what_stands_in_a_record_is_known(title: str) -> None:
    record, asked, python = PLAIN[title]
    assert python in run(f"(setq p {record}) (println {asked})").python


def test_a_heap_knows_what_it_compares() -> None:
    ran = run("""
        (setq queue (heap (\\(a b) (>=< (car a) (car b)))))
        (insert queue (list 3 "c")) (insert queue (list 1 "a"))
        (setq (cost name) (car queue))
        (println (+ cost 1) (+ name "!"))
        """)
    assert "compare(a[0], b[0])" in ran.python
    assert "print(cost + 1" in ran.python


#: What happens to ``p``, which is (1 "x") or {"n":1 "t":"x"}, and what is printed then.
CHANGES = {
    "another kind at the position": ('(set@ p 0 "y") (println (+ (car p) 1))', "y1\n"),
    "another kind at some position": (
        '(setq i 0) (set@ p i "y") (println (+ (@ p 0) 1))',
        "y1\n",
    ),
    "another kind at a position from the end": (
        '(set@ p -2 "y") (println (+ (@ p 0) 1))',
        "y1\n",
    ),
    "another kind by another name": (
        '(setq q p) (set@ q 0 "y") (println (+ (car p) 1))',
        "y1\n",
    ),
    "another kind in a function": (
        '(defun change (l) (set@ l 0 "y")) (change p) (println (+ (car p) 1))',
        "y1\n",
    ),
    "an update": ('(+= (@ p 1) "y") (println (cadr p))', "xy\n"),
    "elements in front": ('(pushfirst p "y") (println (+ (car p) 1))', "y1\n"),
    "elements in between": ('(insert p "y" 0) (println (+ (car p) 1))', "y1\n"),
    "fewer elements": ("(popfirst p) (println (+ (car p) 1))", "x1\n"),
    "no elements": ("(pop p) (pop p) (println (nullp (car p)))", "true\n"),
    "exchanged elements": ("(swap p 0 1) (println (+ (car p) 1))", "x1\n"),
    "the other way round": ("(setq q (reverse p)) (println (+ (car q) 1))", "x1\n"),
    "a rest of it": ("(setq p (cdr p)) (println (+ (car p) 1))", "x1\n"),
    "a longer rest": ("(setq q (cddr p)) (println (nullp (car q)))", "true\n"),
    "some of its elements": (
        "(setq q (filter 'stringp p)) (println (+ (car q) 1))",
        "x1\n",
    ),
    "a rest that a pattern binds": (
        "(defpat f ([a $ b]) (+ (car b) 1)) (println (f p))",
        "x1\n",
    ),
    "a changed copy": (
        '(setq q (clone p)) (set@ q 0 "y") (println (+ (car q) 1))',
        "y1\n",
    ),
    "an empty list of the same name": (
        "(setq p ()) (println (nullp (car p)) (nullp (last p)))",
        "true true\n",
    ),
    "a shorter list of the same name": (
        "(setq p (list 1)) (println (maybe (cadr p) (\\(e) 'none)))",
        "none\n",
    ),
    "a builtin that is a value": (
        '(setq f \'set@) (f p 0 "y") (println (+ (car p) 1))',
        "y1\n",
    ),
    "an evaluated change": (
        '(eval "(set@ p 0 \\"y\\")") (println (+ (car p) 1))',
        "y1\n",
    ),
}
ENTRIES = {
    "another kind at the key": ('(set@ d "n" "y") (println (+ (@ d "n") 1))', "y1\n"),
    "another kind at some key": (
        '(setq k "n") (set@ d k "y") (println (+ (@ d "n") 1))',
        "y1\n",
    ),
    "another kind at an atom": ('(set@ d \'n "y") (println (+ (@ d "n") 1))', "y1\n"),
    "another kind by key@": ('(key@ d "n" "y") (println (+ (@ d "n") 1))', "y1\n"),
    "a dictionary without the key": (
        '(setq d {"t":"x"}) (println (maybe (@ d "n") (\\(e) \'none)))',
        "none\n",
    ),
    "no such entry any more": (
        '(pop d "n") (println (maybe (@ d "n") (\\(e) \'none)))',
        "none\n",
    ),
}


@pytest.mark.parametrize("title", CHANGES)
def test_changes_of_a_list_are_seen(
    title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change, expected = CHANGES[title]
    ran = run(f'(setq p (list 1 "x")) {change}')
    assert capsys.readouterr().out == expected, ran.python


@pytest.mark.parametrize("title", ENTRIES)
def test_changes_of_a_dictionary_are_seen(
    title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change, expected = ENTRIES[title]
    ran = run(f'(setq d {{"n":1 "t":"x"}}) {change}')
    assert capsys.readouterr().out == expected, ran.python


def test_a_variable_is_not_nil_behind_its_test() -> None:
    ran = run("""
        (setq best {})
        (defun better (k n)
           (setq old (key@ best k))
           (if (or (nullp old) (< n old)) (set@ best k n)))
        (better "a" 2) (better "a" 1) (println best)
        """)
    assert "if old is None or n < old:" in ran.python
