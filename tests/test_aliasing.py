"""What is put into a container is known under each of its names, and under no other."""

from __future__ import annotations

import pytest

from lisptorch_compile.pipeline import Options, compile_text


def _compiled(program: str) -> str:
    result = compile_text(program, filename="x.lsp", options=Options(format=False))
    assert result.python is not None, result.diagnostics
    return result.python


#: Programs in which a text gets into a list of numbers under another name: the sum of the
#: two elements must be the runtime's.
_SHARED = {
    "a second variable": "(setq b a) (push b {x})",
    "a parameter": "(defun fill (l) (push l {x})) (fill a)",
    "a parameter that is passed on": (
        "(defun fill (l) (push l {x})) (defun pass (l) (fill l)) (pass a)"
    ),
    "a result": "(defun same (l) l) (push (same a) {x})",
    "an element": "(setq m (list a)) (push (@ m 0) {x})",
    "an element of an element": "(setq m (list (list a))) (push (@ m 0 0) {x})",
    "a variable of a loop": "(loop l (list a) (push l {x}))",
    "two loops side by side": "(lloop (l n) (list a) (list 1) (push l {x}))",
    "a value of a dictionary": '(setq d {{}}) (set@ d "k" a) (push (@ d "k") {x})',
    "a value read by key@": '(setq d {{}}) (key@ d "k" a) (push (key@ d "k") {x})',
    "a branch": "(setq b (if (size a) a ())) (push b {x})",
    "the deciding operand": "(setq b (select nil a)) (push b {x})",
    "parts of a list": "(setq (b c) (list a 1)) (push b {x})",
    "a lambda": "(setq f (\\(l) (push l {x}))) (f a)",
    "a lambda that calls itself": (
        "((\\(l n) (if (> n 0) (self l (- n 1)) (push l {x}))) a 1)"
    ),
    "a map": "(map (\\(l) (push l {x})) (list a))",
    "a filter": "(loop l (filter (\\(l) true) (list a)) (push l {x}))",
    "a fold": "(foldl (\\(l n) (push l {x})) a '(1))",
    "a mapped function": "(defun fill (l) (push l {x})) (maplist 'fill (list a))",
    "an applied function": "(defun fill (l) (push l {x})) (apply 'fill (list a))",
    "a first element": "(push (car (list a)) {x})",
    "the rest of a list": "(push (@ (cdr (list 1 a)) 0) {x})",
    "a reversed list": "(push (@ (reverse (list a)) 0) {x})",
    "a list that was extended": "(setq m ()) (extend m (list a)) (push (@ m 0) {x})",
    "a default": "(defun fill ((l a)) (push l {x})) (fill)",
    "a rest": "(defun fill ((() l)) (push (@ l 0) {x})) (fill a)",
    "a handler": "(setq b (maybe (throw 1) a)) (push b {x})",
    "values of a dictionary": '(push (@ (values@ {{"k":a}}) 0) {x})',
    "another list that is extended": "(extend a (list {x}))",
    "a path": "(setq m (list a)) (set@ m 0 0 {x})",
    "a pair of an enumeration": "(loop e (enum (list a)) (push (cadr e) {x}))",
    "a tuple of two lists": "(push (@ (zip (list a) (list 1)) 0 0) {x})",
    "a piece of a list": "(push (@ (slice (list a 1) 1) 0 0) {x})",
    "a column": "(push (@ (transpose (list (list a) (list 1))) 0 0) {x})",
    "the greatest element": "(push (max (list a)) {x})",
    "the greater of two": "(push (max a a) {x})",
    "a union": "(push (@ (||| (list a) ()) 0) {x})",
    "the first of a list": "(push (@ (takenb 1 (list a)) 0) {x})",
    "a product of one": "(push (product (list a)) {x})",
    "an element of a heap": "(setq h (heap nil)) (insert h a) (push (car h) {x})",
    "a comparator": "(setq h (heap (\\(l m) (push l {x}) 0) a)) (insert h (list 1))",
    "a copy of the outer list": "(setq m (list a)) (push (@ (take 1 m) 0) {x})",
}


@pytest.mark.parametrize("change", _SHARED.values(), ids=list(_SHARED))
def test_what_comes_in_under_another_name_is_seen(change: str) -> None:
    head, tail = "(setq a (list 1 2)) (setq i 1) ", " (println (+ (@ a i) (@ a i)))"

    assert "a[i] + a[i]" in _compiled(head + change.format(x="3") + tail)
    assert "add(a[i], a[i])" in _compiled(head + change.format(x='"t"') + tail)


def test_a_builtin_that_is_a_value_may_put_anything_anywhere() -> None:
    program = "(setq a (list 1 2)) (setq f push) (f a 3) (println (+ (@ a 0) (@ a 1)))"
    assert "add(a[0], a[1])" in _compiled(program)


def test_other_lists_do_not_matter() -> None:
    program = """
        (setq numbers ()) (setq words ())
        (push numbers 1) (push words "one")
        (println (+ (@ numbers 0) (@ numbers 0)))
    """
    assert "numbers[0] + numbers[0]" in _compiled(program)


@pytest.mark.parametrize(
    "look",
    ["(flatten g)", "(enum g)", "(zip g g)", "(slice g 1)", "(transpose g)", "(rho g)"]
    + ["(max (@ g 0))", "(sum (@ g 0))", "(integers (@ g 0))", "(minmax (@ g 0))"]
    + ["(rfind (@ g 0) 1)", "(takenb 1 g)", "(loop e (enum g) (println (cadr e)))"],
)
def test_a_look_at_a_list_leaves_it_known(look: str) -> None:
    program = "(setq g (list (list 1 2) (list 3 4))) (println (+ (@ g 0 0) (@ g 1 1)))"
    assert "g[0][0] + g[1][1]" in _compiled(program + look)


def test_rows_that_rho_makes_are_lists() -> None:
    python = _compiled(
        '(setq g (rho 3 3 (list "."))) (set@ g 1 1 "#") (println (@ g 1 1))'
    )
    assert 'set_at(g[1], 1, "#")' in python
    assert "println(g[1][1])" in python


def test_what_a_heap_holds_is_known() -> None:
    program = """
        (setq queue (heap (\\(a b) (>=< (car a) (car b)))))
        (insert queue (list 3 4))
        (setq (distance place) (car queue))
        (println (+ distance place))
    """
    assert "distance + place" in _compiled(program)


def test_the_rows_of_a_grid_are_known() -> None:
    program = """
        (setq grid ())
        (loop y (iota0 3)
           (setq row ())
           (loop x (iota0 3) (push row (* x y)))
           (push grid row))
        (set@ grid 1 2 7)
        (+= (@ grid 0 0) 1)
        (println (+ (@ grid 1 2) (@ grid 0 0)))
    """
    python = _compiled(program)

    assert "set_at(grid[1], 2, 7)" in python
    assert "grid[0][0] += 1" in python
    assert "grid[1][2] + grid[0][0]" in python


@pytest.mark.parametrize(
    "made",
    ["(json_parse text)", "(zip text text)", "(maplist 'list text)"],
)
def test_nothing_is_known_of_what_is_not_understood(made: str) -> None:
    program = f"(defun f (text) (setq a {made}) (+ (@ a 0 0) (@ a 0 1))) (f 'x)"
    assert "add(" in _compiled(program)


def test_a_variable_is_no_nil_where_it_was_tested() -> None:
    program = """
        (setq known (dictionaryi))
        (defun look (n)
           (setq found (key@ known n))
           (if found (< found 3) (block (key@ known n n) nil)))
        (look 1)
    """
    assert "return found < 3" in _compiled(program)


#: The same by way of a class: its fields and methods have no place of their own.
_BY_CLASSES = {
    "a method": "(class@ Box () (defun fill (l) (push l {x}))) ((Box) (fill a))",
    "a field": "(class@ Box (l) (defun fill () (push l {x}))) ((Box a) (fill))",
    "a field from outside": "(class@ Box (l)) (setq b (Box a)) (push (@ b 'l) {x})",
    "a result": "(class@ Box (l) (defun give () l)) (push ((Box a) (give)) {x})",
    "an inherited method": (
        "(class@ Box (l) (defun fill () (push l {x})))"
        " (class@ Chest () (from@ Box)) ((Chest a) (fill))"
    ),
}


@pytest.mark.parametrize("change", _BY_CLASSES.values(), ids=list(_BY_CLASSES))
def test_what_an_instance_puts_into_a_list_is_seen(change: str) -> None:
    program = (
        "(setq a (list 1 2)) "
        + change.format(x='"t"')
        + " (println (+ (@ a 0) (@ a 1)))"
    )
    assert "add(a[0], a[1])" in _compiled(program)


def test_what_a_rule_puts_into_a_list_is_seen() -> None:
    program = """
        (defpat fill ([first $ rest] l) (push l "t") (fill rest l))
        (defpat fill ([] l) l)
        (setq a (list 1 2)) (setq i 1) (fill '(1) a) (println (+ (@ a i) (@ a i)))
    """
    result = compile_text(program, filename="x.lsp", options=Options(format=False))
    assert result.python is None or "add(a[i], a[i])" in result.python
