"""The analyzer: what forms become, whose names are meant, and what is reported."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from node_text import shown

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer import LoadedNames, analyze, exported_names, surveyed
from lisptorch_compile.analyzer.linking import ExportedName
from lisptorch_compile.analyzer.parameters import Signature, Slot
from lisptorch_compile.analyzer.program import FORMS
from lisptorch_compile.diagnostics import Diagnostic, Severity, Source, Span
from lisptorch_compile.expander import expand
from lisptorch_compile.nodes import BuiltinCall, Lambda, Program
from lisptorch_compile.reader import read
from lisptorch_compile.scope import Binding, BindingKind


def exported(name: str, signature: Signature | None = None) -> ExportedName:
    kind = BindingKind.GLOBAL if signature is None else BindingKind.FUNCTION
    binding = Binding(name, kind, Span(0, 0))
    return ExportedName(binding, "helpers", signature, constant=False)


HELPERS = LoadedNames(
    "helpers",
    (
        exported("shout", (Slot("text"), Slot("sign", optional=True))),
        exported("limit"),
    ),
)


def analyzed(text: str) -> tuple[Program, tuple[Diagnostic, ...]]:
    source = Source.of(text, "test.lsp")
    result = read(source)
    assert not result.diagnostics, result.diagnostics
    forms, faults = expand(result.forms)
    assert not faults, faults
    file = surveyed(forms, source)
    return analyze(file, result.comments, source, loads={"helpers.lsp": HELPERS})


def nodes(text: str) -> list[str]:
    """Return the nodes of a program without errors."""
    program, diagnostics = analyzed(text)
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    assert not errors, errors
    return [shown(node) for node in program.body]


def last(text: str) -> str:
    return nodes(text)[-1]


def problems(text: str) -> list[tuple[str, str, str | None]]:
    """Return message, blamed text and hint of everything that is reported."""
    _, diagnostics = analyzed(text)
    return [(d.message, text[d.span.start : d.span.end], d.hint) for d in diagnostics]


def codes(text: str) -> list[str]:
    return [diagnostic.code for diagnostic in analyzed(text)[1]]


# --- what forms become ---------------------------------------------------------------------

SHAPES = {
    # binding
    "(setq a 1)": "(assign a.global 1)",
    "(setqv a 1)": "(assign-value a.global 1)",
    "(label a 1)": "(assign-value a.global 1)",
    "(setg a 1)": "(assign a.global 1)",
    "(setq= a 1)": "(assign a.global 1)",
    "(setconst a 1)": "(constant a.global 1)",
    "(setq (a b) '(1 2))": "(destructure (a.global b.global) '(1 2))",
    "(setq a 1) (+= a 2 3)": "(update + a.global 2 3)",
    "(setq a 1) (**= a 2)": "(update ^^ a.global 2)",
    '(setq d {}) (+= (@ d "k" 0) 1)': "(update + (@ d.global 'k' 0) 1)",
    "(setq d {}) (-= (nth d 0) 1)": "(update - (@ d.global 0) 1)",
    "(let ((a 1) (b a)) b)": "(let ((a.local 1) (b.local a.local)) b.local)",
    # choices
    "(if 1 2)": "(if 1 2 nil)",
    "(if 1 2 3)": "(if 1 2 3)",
    "(ife 1 2 3 4)": "(if 1 2 (block 3 4))",
    "(check 1 2 3)": "(if 1 (block 2 3) nil)",
    "(check 1)": "(and-value 1)",
    "(ncheck 1 2 3)": "(if 1 3 2)",
    "(ncheck 1 2)": "(if 1 nil 2)",
    "(cond (1 2) (3 4 5))": "(if 1 2 (if 3 (block 4 5) nil))",
    "(cond (1 2) (true 3) (4 5))": "(if 1 2 3)",
    '(switch 7 ("a" 1) (2.50 2) (b 3) (true 4))': (
        "(switch 7 (a 1) (2.5 2) (b 3) (else 4))"
    ),
    "(select 1 2)": "(or-value 1 2)",
    "(select 1)": "1",
    "(andvalue 1 2)": "(and-value 1 2)",
    "(and 1 2)": "(and 1 2)",
    "(or 1 2 3)": "(or 1 2 3)",
    "(xor 1 2)": "(xor 1 2)",
    "(not 1)": "(not 1)",
    "(¬ 1)": "(not 1)",
    "(block 1 2)": "(block 1 2)",
    "(block)": "(block)",
    # loops
    "(while nil 1)": "(while nil 1)",
    "(loop i '(1) (break))": "(loop (i.global) ('(1)) (break))",
    "(lloop (a b) '(1) '(2) a)": "(lloop (a.global b.global) ('(1) '(2)) a.global)",
    "(mloop (a) '(1) a)": "(mloop (a.global) ('(1)) a.global)",
    "(multiloop (a) '(1) a)": "(mloop (a.global) ('(1)) a.global)",
    "(polyloop (a) '(1) a)": "(mloop (a.global) ('(1)) a.global)",
    "(loopcount 3 1)": "(repeat 3 - 1)",
    "(loopcount 3 i i)": "(repeat 3 i.global i.global)",
    "(loopcount 3 into i i)": "(repeat 3 i.global i.global)",
    "(dotimes 3 i i)": "(repeat 3 i.global i.global)",
    "(whilein x '(1 2) (< x 2) x)": (
        "(loop (x.global) ('(1 2)) while (< x.global 2) x.global)"
    ),
    "(for x '(1 2) (* x 2))": "(map (lambda (x) (* x.parameter 2)) '(1 2))",
    "(for x '(1 2) x (> x 1))": (
        "(map (lambda (x) x.parameter) "
        "(filter (lambda (x) (> x.parameter 1)) '(1 2)))"
    ),
    # errors
    "(maybe 1)": "(maybe? 1)",
    "(maybe (throw 1) 2)": "(maybe (throw 1) 2)",
    "(maybe (throw 1) (\\(e) e))": "(maybe (throw 1) (lambda (e) e.parameter))",
    "(catch 1 2)": "(catch 1 2)",
    # data
    "'a": "'a",
    "'5": "5",
    "'nil": "nil",
    "(quote (a b))": "'(a b)",
    "()": "'()",
    'b"ab"': "b'ab'",
    '(("k" 1) ("t" (+ 1 2)))': "(list-of (list-of 'k' 1) (list-of 't' (+ 1 2)))",
    "(1 2)": "(list-of 1 2)",
    '(setq v 1) {a:1 v:2 "b":v}': "(dict 'a':1 v.global:2 'b':v.global)",
    "{1:2 3:4}": "(number-dict 1:2 3:4)",
    "@{a:b}": "(dict 'a':'b)",
    "{1 2}": "(set-of 1 2)",
    "_pi": "(_pi)",
    "τ": "(_tau)",
    # the rest
    "(elapse 1 2)": "(elapse 1 2)",
    '(setq x 1) (f_ "a{x}b{+ x 1}%{")': "(text 'a' x.global 'b' (+ x.global 1) '{')",
    "(infix 10 + 2 * 3 ^^ 2 - 1)": "(- (+ 10 (* 2 (^^ 3 2))) 1)",
    "(• (1 + 2) * 3)": "(* (+ 1 2) 3)",
    '(infix ((1 + 2) * (size "ab")))': "(* (+ 1 2) (size 'ab'))",
    "(use 'lispe_torch)": "(use lispe_torch)",
    "(pyimport numpy np)": "(import numpy (np.global) )",
    "(pyimport numpy)": "(import numpy (numpy.global) )",
    '(pyimport "os.path" [join exists])': (
        "(import os.path (join.global exists.global) join exists)"
    ),
    '(load "helpers.lsp")': "(load helpers.lsp helpers)",
    '(load (+ _current "helpers.lsp"))': "(load helpers.lsp helpers)",
}


@pytest.mark.parametrize("text", SHAPES, ids=list(SHAPES))
def test_shape_of_form(text: str) -> None:
    assert last(text) == SHAPES[text]


def test_every_special_form_of_the_catalogue_has_a_handler() -> None:
    declared = {builtin.name for builtin in catalogue.BUILTINS if builtin.form}
    assert declared == set(FORMS)


# --- functions ------------------------------------------------------------------------------


def test_parameters_may_be_optional_computed_and_rest() -> None:
    text = "(defun f (a (b) (c (* a 2)) (() rest)) rest)"
    assert last(text) == ("(def f (a b=nil c=(* a.parameter 2) *rest) rest.parameter)")


def test_text_that_opens_a_longer_body_is_the_docstring() -> None:
    assert nodes('(defun f () "Says one." 1) (defun g () "one")') == [
        "(def f () 'Says one.' 1)",
        "(def g () 'one')",
    ]


def test_calls_in_tail_position_are_marked() -> None:
    text = """(defun f (n)
        (cond ((= n 0) (f 1)) ((= n 1) (block (f 2) (f 3))))
        (f 4)
        (check n (return (f 5)))
        (let ((m n)) (if m (f 6) (+ 1 (f 7)))))"""
    (shape,) = nodes(text)
    tails = [n for n in range(1, 8) if f"(tail-call f.function {n})" in shape]
    assert tails == [5, 6]


@pytest.mark.parametrize(
    "body",
    [
        "(maybe (f 1) 2)",
        "(catch (f 1))",
        "(loop x '(1) (return (f x)))",
        "(elapse (f 1))",
    ],
)
def test_no_tail_call_in_guarded_code(body: str) -> None:
    assert "tail-call" not in last(f"(defun f (n) {body})")


def test_self_calls_the_function_lambda_or_variable_around_it() -> None:
    assert (
        last("(defun f (n) (self n))")
        == "(def f (n) (tail-call f.function n.parameter))"
    )
    assert last("(setq g (\\(n) (self n)))") == (
        "(assign g.global (lambda:g (n) (tail-call g.global n.parameter)))"
    )
    assert last("(map (\\(n) (self n)) '(1))") == (
        "(map (lambda:recurse (n) (tail-call recurse.temporary n.parameter)) '(1))"
    )


def test_function_defined_in_another_is_lifted_out_of_it() -> None:
    assert nodes("(defun f () (defun g () 1) (g))") == [
        "(def g () 1)",
        "(def f () g.function (tail-call g.function))",
    ]


def test_each_of_many_nested_functions_is_analyzed_once_or_twice() -> None:
    depth = 60  # twice at every level would never end
    function = "(defun f{} (c) (if c (setq n 2)) (println n) "
    program, _ = analyzed(
        "(setq n 1) " + (function * depth).format(*range(depth)) + ")" * depth
    )
    assert len(program.body) == depth + 1


def test_named_arguments_go_to_functions_and_builtins() -> None:
    text = "(defun f (a (b 1)) a) (f 1 (? b 2))"
    assert last(text) == "(call f.function 1 (? b 2))"
    assert last("(torch_softmax 1 (? dim 0))") == "(torch_softmax 1 (? dim 0))"


def test_call_of_a_quoted_name_is_a_call() -> None:
    assert last('(\'size "ab")') == "(size 'ab')"


# --- functions as arguments --------------------------------------------------------------------

FUNCTION_ARGUMENTS = {
    "(maplist 'upper w)": "#upper",
    '(maplist \'(split _ " ") w)': "(lambda (item) (split item.temporary ' '))",
    "(filterlist '(< 10) w)": "(lambda (item) (< 10 item.temporary))",
    "(filterlist '(< _ 10) w)": "(lambda (item) (< item.temporary 10))",
    "(filterlist (< _ 10) w)": "(lambda (item) (< item.temporary 10))",
    "(maplist (- 10) w)": "(lambda (item) (- 10 item.temporary))",
    "(map '(- 1) w)": "(lambda (item) (- item.temporary 1))",
    "(map '(1 -) w)": "(lambda (item) (- 1 item.temporary))",
    "(filter '(10 <) w)": "(lambda (item) (< 10 item.temporary))",
    "(filter '(limit <) w)": "(lambda (item) (< limit.global item.temporary))",
    "(filter '(neq 0) w)": "(lambda (item) (neq item.temporary 0))",
    "(map '* w)": "(lambda (item) (* item.temporary item.temporary))",
    "(map '(lambda (x) x) w)": "(lambda (x) x.parameter)",
    "(maplist 'not w)": "(lambda (value) (not value.temporary))",
    "(maplist 'twice w)": "twice.function",
    "(maplist twice w)": "twice.function",
    "(maplist chosen w)": "chosen.global",
}


@pytest.mark.parametrize("text", FUNCTION_ARGUMENTS, ids=list(FUNCTION_ARGUMENTS))
def test_function_argument(text: str) -> None:
    setup = "(setq w '(1)) (setq limit 3) (setq chosen 'upper) (defun twice (x) x) "
    shape = last(setup + text)
    assert FUNCTION_ARGUMENTS[text] in shape


def test_element_of_a_template_is_named_after_the_list() -> None:
    text = '(setq lines \'("a b")) (maplist \'(split _ " ") lines)'
    assert "(lambda (line) (split line.temporary ' '))" in last(text)


def test_equality_in_array_forms_counts_element_by_element() -> None:
    assert last("(// '= '(1 1))") == "(reduce #== '(1 1))"


def test_array_products_take_their_operators_in_between() -> None:
    assert last("(° '(1 2) * '(3 4))") == last("(° * '(1 2) '(3 4))")
    assert last("(. '(1 2) + * '(3 4))") == last("(. + * '(1 2) '(3 4))")


def test_quoted_name_for_a_parameter_that_is_called_is_a_function() -> None:
    text = "(defun through (f l) (maplist f l)) (defun again (g l) (through g l)) "
    assert last(text + "(again 'upper '(\"a\"))") == (
        "(call again.function #upper '('a'))"
    )


def test_quoted_name_for_any_other_parameter_stays_an_atom() -> None:
    text = "(defun tagged (tag) (list tag)) (tagged 'size)"
    assert last(text) == "(call tagged.function 'size)"


def test_quoted_name_in_a_variable_that_is_called_is_a_function() -> None:
    assert nodes("(setq g 'sqrt) (g 2)") == [
        "(assign g.global #sqrt)",
        "(call g.global 2)",
    ]


# --- Python objects ------------------------------------------------------------------------------


def test_messages_to_a_module_are_calls_of_its_members() -> None:
    text = "(pyimport math) (math (floor 2.5))"
    assert last(text) == "(call math.global.floor 2.5)"


def test_unknown_method_of_a_variable_is_a_member_of_its_value() -> None:
    text = '(setq frame 1) (frame (describe) (plot_all (? kind "bar")))'
    assert last(text) == (
        "(block (call frame.global.describe) "
        "(call frame.global.plot_all (? kind 'bar')))"
    )


def test_names_with_dots_are_attributes_of_what_is_bound() -> None:
    text = "(pyimport numpy np) (np.linalg.norm np.pi (? ord 2))"
    expected = "(call np.global.linalg.norm np.global.pi (? ord 2))"
    assert last(text) == expected
    assert last("(setq x 1) (x.real.conjugate)") == "(call x.global.real.conjugate)"


def test_variable_with_a_dot_in_its_name_stays_one() -> None:
    assert last("(setq a.b 1) a.b") == "a.b.global"
    assert problems("(setq a 1) (setq a.b 1)") == [
        (
            "`a.b` is a variable of its own, not the attribute of `a`",
            "a.b",
            "to set the attribute, write (set@ a 'b value)",
        )
    ]


def test_unknown_module_before_a_dot_is_to_be_imported() -> None:
    ((_, _, hint),) = problems("(np.array 1)")
    assert hint == "import the module first: (pyimport np)"


def test_contexts_have_a_name_or_none() -> None:
    text = "(pyimport t) (with ((f (open 1)) (_ (t.a)) (t.b 2)) f)"
    assert last(text) == (
        "(with ((f.global (open 1)) (_ (call t.global.a)) "
        "(_ (call t.global.b 2))) f.global)"
    )


def test_method_named_almost_like_a_function_is_a_warning() -> None:
    text = "(defun square (x) (* x x)) (defun twice (f x) (f (squre x)))"
    assert problems(text) == [
        (
            "`squre` is no function: taken for a method of `f`",
            "squre",
            "did you mean `square`?",
        )
    ]


def test_variable_that_holds_a_function_has_no_methods() -> None:
    assert codes("(setq f (\\(x) x)) (f (zip_up 1))") == ["LT0302"]


# --- whose name it is (spec 3.1, design 5.2, 5.14) --------------------------------------------


def test_setq_in_a_function_makes_a_local() -> None:
    assert last("(setq x 1) (defun f () (setq x 2) x)") == (
        "(def f () own:x (assign x.local 2) x.local)"
    )


def test_setg_in_a_function_sets_the_global() -> None:
    assert nodes("(defun g () (setg x 5)) (g) x")[0::2] == [
        "(def g () (assign x.global 5))",
        "x.global",
    ]


def test_update_changes_the_variable_where_it_lives() -> None:
    text = "(setq n 0) (defun f () (+= n 1)) (defun g () (setq n 5) (+= n 1))"
    assert nodes(text)[1:] == [
        "(def f () (update + n.global 1))",
        "(def g () own:n (assign n.local 5) (update + n.local 1))",
    ]


def test_setq_where_it_lives_prefers_the_global_to_a_new_local() -> None:
    text = "(setq n 0) (defun f () (setq= n 1)) (defun g () (setq= m 1) m)"
    assert nodes(text)[1:] == [
        "(def f () (assign n.global 1))",
        "(def g () own:m (assign m.local 1) m.local)",
    ]


def test_lambda_writes_the_variable_that_its_function_mentions() -> None:
    assert last("(defun k () (mapcar (\\(z) (setq t z)) '(1)) t)") == (
        "(def k () own:t (mapcar (lambda (z) (assign t.local z.parameter)) '(1)) t.local)"
    )


def test_name_that_only_a_lambda_mentions_is_its_own() -> None:
    assert last("(defun k () (mapcar (\\(z) (setq t z) t) '(1)))") == (
        "(def k () (mapcar (lambda (z) own:t (assign t.local z.parameter) t.local) '(1)))"
    )


def test_lambda_at_the_top_level_writes_the_global() -> None:
    assert last("(setq t 0) (mapcar (\\(z) (setq t z)) '(1))") == (
        "(mapcar (lambda (z) (assign t.global z.parameter)) '(1))"
    )


def test_lambdas_that_hand_a_name_on_share_it() -> None:
    text = "(defun k (l) (map (\\(x) (setq seen x)) l) (map (\\(y) (+ y seen)) l))"
    assert last(text).startswith("(def k (l) own:seen ")


def test_let_is_visible_in_its_body_only() -> None:
    text = "(setq a 1) (let ((a 2)) (setq a 3)) (println a)"
    assert nodes(text)[1:] == [
        "(let ((a.local 2)) (assign a.local 3))",
        "(println a.global)",
    ]


def test_lambda_writes_the_variable_of_a_let_around_it() -> None:
    assert last("(let ((t 0)) (map (\\(x) (setq t x)) '(1)) t)") == (
        "(let ((t.local 0)) "
        "(map (lambda (x) (assign t.local x.parameter)) '(1)) t.local)"
    )


def test_lambda_reads_the_global_until_it_sets_a_name_of_its_own() -> None:
    text = "(setq n 1) (defun f () (map (\\(x) (println n) (setq n x)) '(1)))"
    assert "(println n.global) (assign n.local x.parameter)" in last(text)


def test_functions_do_not_see_the_locals_of_their_callers() -> None:
    text = "(defun f () (setq x 1) (g)) (defun g () x)"
    assert problems(text) == [
        (
            "unknown name `x`",
            "x",
            "`x` belongs to the function `f`; (setg x …) sets a variable of the file",
        )
    ]


def test_instruction_name_at_the_head_is_the_instruction() -> None:
    text = "(setq list '(1)) (list list 2)"
    assert last(text) == "(list list.global 2)"


def test_instruction_name_bound_to_a_function_is_that_function() -> None:
    assert last("(setq sum (\\(x) x)) (sum 1)") == "(call sum.global 1)"
    assert last("(defun key (x) x) (key 1)") == "(call key.function 1)"


# --- setq after a read of the global (design 9.7) -------------------------------------------------


def function_body(body: str, parameters: str = "c") -> str:
    """Return the body of a function of a file that has a variable ``n``."""
    shape = last(f"(setq n 10) (defun f ({parameters}) {body})")
    return shape.removeprefix(f"(def f ({parameters}) own:n ").removesuffix(")")


def test_name_is_the_global_until_it_is_set() -> None:
    assert function_body("(println n) (setq n 1) n") == (
        "(println n.global) (assign n.local 1) n.local"
    )


def test_path_without_setq_copies_the_global_where_it_joins() -> None:
    assert function_body("(if c (setq n 0)) (+ n 1)") == (
        "(if c.parameter (assign n.local 0) (block (assign n.local n.global) nil)) "
        "(+ n.local 1)"
    )


def test_no_copy_where_every_path_sets_the_name() -> None:
    assert function_body("(if c (setq n 0) (setq n 1)) n") == (
        "(if c.parameter (assign n.local 0) (assign n.local 1)) n.local"
    )


def test_no_copy_for_a_name_that_is_not_read_again() -> None:
    assert function_body("(println n) (if c (setq n 0))") == (
        "(println n.global) (if c.parameter (assign n.local 0) nil)"
    )


def test_path_that_leaves_the_function_needs_no_copy() -> None:
    assert function_body("(if c (setq n 0) (return n)) n") == (
        "(if c.parameter (assign n.local 0) (return n.global)) n.local"
    )


def test_loop_that_sets_the_name_copies_before_it() -> None:
    assert function_body("(loop i c (println n) (setq n i)) n").endswith(
        "(block (assign n.local n.global) (loop (i.local) (c.parameter) "
        "(println n.local) (assign n.local i.local))) n.local"
    )


def test_loop_variable_of_the_same_name_as_a_global_needs_no_copy() -> None:
    assert function_body("(loop n c (println n))") == (
        "(loop (n.local) (c.parameter) (println n.local))"
    )


def test_copy_after_a_call_keeps_its_value() -> None:
    assert (
        "(let ((result.temporary (call f.function 1))) (assign n.local n.global)"
        in (function_body("(println (if c (setq n 0) (f 1))) n"))
    )


def test_name_set_by_a_lambda_is_copied_at_the_start() -> None:
    assert function_body("(println n) (map (\\(x) (setq n x)) c) n").startswith(
        "(assign n.local n.global) (println n.local)"
    )


# --- other files -----------------------------------------------------------------------------------


def test_names_of_a_loaded_file_are_foreign() -> None:
    text = '(load "helpers.lsp") (shout limit)'
    assert last(text) == "(call shout.function limit.global)"
    program, _ = analyzed(text)
    assert set(program.foreign.values()) == {"helpers"}
    assert program.globals == ()


def test_calls_of_loaded_functions_are_checked() -> None:
    assert problems('(load "helpers.lsp") (shout)') == [
        (
            "`shout` takes 1 to 2 arguments, 0 given",
            "(shout)",
            "write (shout text [sign])",
        )
    ]


def test_exported_names_are_functions_and_variables() -> None:
    source = Source.of("(setq size_limit 3) (defun f (a (b 1)) a)", "lib.lsp")
    found = exported_names(surveyed(read(source).forms, source).survey, "lib")
    assert [(name.binding.name, name.signature) for name in found.names] == [
        ("f", (Slot("a"), Slot("b", optional=True))),
        ("size_limit", None),
    ]


# --- diagnostics ----------------------------------------------------------------------------------


def test_five_independent_faults_give_five_diagnostics() -> None:
    text = """(defun mean (values) (/ (sum values) (size values)))
(setq losses (list 1.0 2.0))
(println (mean losses 2))
(println (torch_sofmax losses))
(if (> 1 2))
(println lossess)
(deflib f (x))
"""
    assert problems(text) == [
        ("`mean` takes 1 argument, 2 given", "(mean losses 2)", "write (mean values)"),
        (
            "unknown function `torch_sofmax`",
            "torch_sofmax",
            "did you mean `torch_softmax`?",
        ),
        (
            "`if` needs a value for the true case",
            "(if (> 1 2))",
            "write (if (> 1 2) then [otherwise])",
        ),
        ("unknown name `lossess`", "lossess", "did you mean `losses`?"),
        (
            "`deflib` cannot be compiled: native functions cannot be defined",
            "deflib",
            None,
        ),
    ]


def test_unknown_names_fail_where_they_are_reached() -> None:
    program, _ = analyzed("(println zzz) (yyy 1)")
    assert [shown(node) for node in program.body] == [
        "(println (throw \"Error: unknown label: 'zzz'\"))",
        "(throw \"Error: unknown instruction: 'yyy'\")",
    ]


def test_wrong_number_of_arguments_points_at_the_definition() -> None:
    text = "(defun f (a) a) (f)"
    _, (diagnostic,) = analyzed(text)
    (note,) = diagnostic.notes
    assert note.message == "`f` is defined here"
    assert text[note.span.start : note.span.end] == "f"


def test_unknown_name_is_reported_once() -> None:
    assert codes("(println zzz zzz) (defun f () zzz)") == ["LT0301"]


def test_functions_of_name_spaces_are_hinted_at() -> None:
    text = "(defspace metric (defun unit () 1)) (unit)"
    hint = "it is in a name space: (space metric (unit …))"
    assert problems(text) == [("unknown function `unit`", "unit", hint)]
    text = "(defspace metric (defun unit () 1)) (space metrik (unit))"
    assert problems(text) == [
        ("unknown name space `metrik`", "metrik", "did you mean `metric`?")
    ]


def test_variables_of_the_file_in_threads_are_warned_of() -> None:
    text = "(setq n 0) (defun f () (setg n 1)) (dethread t () (f) n)"
    ((message, blamed, _),) = problems(text)
    assert message == "`n` is a variable of the file: each thread has a copy of its own"
    assert blamed in ("n", "(setg n 1)")


@pytest.mark.parametrize(
    "text",
    [
        "(setq n 3) (dethread t () n)",
        "(setconst n '(1 2)) (dethread t () n)",
        "(setq n 0) (+= n 1) (dethread t (n) n)",
        "(setq n 0) (defun f () (setg n 1)) (f)",
    ],
)
def test_variables_that_threads_need_no_copies_of(text: str) -> None:
    program, diagnostics = analyzed(text)
    assert not diagnostics and not program.thread_variables


def test_functions_of_unsupported_definitions_are_not_unknown() -> None:
    assert codes("(deflib work (x)) (work 3)") == ["LT0501"]


FAULTS = {
    "(if)": "`if` needs a condition",
    "(break 1)": "`break` takes no arguments, 1 given",
    "(break)": "`break` stands outside a loop",
    "(self 1)": "`self` stands outside a function",
    "(setq 3 4)": "`setq` needs a name or a list of names here, not `3`",
    "(setq if 4)": "`if` names an instruction and cannot be bound",
    "(setq nil 4)": "`nil` is a constant and cannot be set",
    "(setconst k 1) (setq k 2)": "`k` is a constant and cannot be set",
    "(let (a 1) a)": "`let` needs pairs (name value) here, not `a`",
    "(cond (1))": "a clause of `cond` is a list (condition body…)",
    "(lloop (a b) '(1))": "`lloop` needs 2 containers, one for each name",
    "(+= (car x) 1)": "`+=` needs a name or (@ container key …) here, not `(car x)`",
    "(nil 1)": "`nil` cannot be called",
    "(? a 1)": "`(? name value)` can only be an argument of a call",
    "(defun f (3) 1)": (
        "a parameter is a name, (name default), (name) or (() rest), not `3`"
    ),
    "(defun f ((a 1) b) b)": "a required parameter cannot follow an optional one",
    "(defun f (a a) a)": "`a` is bound twice here",
    "(defun f (a) a) (f 1 (? a 2))": "the parameter `a` of `f` is given twice",
    "(defun f (a) a) (f 1 (? b 2))": "`f` has no parameter `b`",
    "(size)": "`size` takes 1 argument, 0 given",
    "((\\(x) x))": "`lambda` takes 1 argument, 0 given",
    "(map 'uper '(1))": "unknown function `uper`",
    "(map 3 '(1))": "`3` is not a function",
    '(f_ "{a")': "the code between the braces of this text cannot be read",
    "(infix 1 +)": "the expression of `infix` is malformed at its end",
    "(println if)": "`if` is a special form and has no value of its own",
    "(defun f () (link 'a 'b))": "`link` stands inside another form",
    "(defun f () (defspace a (defun g () 1)))": "`defspace` stands inside another form",
    "(defspace thread (defun g () 1))": "`thread` names an instruction and cannot be bound",
    "(space metric (f))": "unknown name space `metric`",
    "(space 1 (f))": "`space` needs the name of a name space here, not `1`",
    "(lock)": "`lock` needs a name",
    "(seth 1 2)": "`seth` needs a name here, not `1`",
    "(dethread f (a) a) (f)": "`f` takes 1 argument, 0 given",
    "(wait 1)": "`wait` takes no arguments, 1 given",
    '(load "none.lsp")': "there is no file `none.lsp` to load",
    "(use 'lispe_curl)": "the library `lispe_curl` is not supported",
}


@pytest.mark.parametrize("text", FAULTS, ids=list(FAULTS))
def test_fault(text: str) -> None:
    assert problems(text)[0][0] == FAULTS[text]


DOUBTS = {
    "(setq list 1)": ["LT0601"],
    "(defun f (x) x) (defun f (y) y)": ["LT0602"],
    "(defun f (n) (+= n 1))": ["LT0603"],
}


@pytest.mark.parametrize("text", DOUBTS, ids=list(DOUBTS))
def test_doubtful_code_is_a_warning(text: str) -> None:
    _, diagnostics = analyzed(text)
    assert [d.code for d in diagnostics] == DOUBTS[text]
    assert {d.severity for d in diagnostics} == {Severity.WARNING}


def test_dots_in_a_list_are_left_out_with_a_warning() -> None:
    assert last("(integers 1 2 ...)") == "(integers 1 2)"
    assert codes("(integers 1 2 ...)") == ["LT0604"]


def test_last_definition_of_a_function_counts() -> None:
    assert nodes("(defun f (x) x) (defun f (y) y)") == [
        "f.function",
        "(def f (y) y.parameter)",
    ]


def test_faults_within_a_form_that_is_wrong_itself_are_found() -> None:
    assert codes("(if (zip_up 1))") == ["LT0201", "LT0302"]


# --- any program ------------------------------------------------------------------------------------

_HEADS = sorted(
    [name for b in catalogue.forms.BUILTINS for name in (b.name, *b.aliases)]
    + ["map", "maplist", "filter", "sort", "insert", "reduce", "outer", "inner", "heap"]
    + ["size", "+", "println", "integers", "apply", "f", "g", "a", "'f", "zz"]
)
_ATOMS = (
    ["a", "b", "f", "nil", "true", "_", "1", "2.5", '"t"', '"{a} {"', "'a", "'+", "+"]
    + ["(a b)", "((a 1))", "(() r)", "(a 1)", "(a)", "into", "()", "{a:1}", "{a b}"]
    + ["'(< 1)", "'(_ 1)", "'(lambda (x) x)", "(\\(x) (setq a x))", "...", "(? a 1)"]
)

FORMS_OF_ALL_KINDS = st.recursive(
    st.sampled_from(_ATOMS),
    lambda inner: st.builds(
        lambda head, arguments: f"({' '.join([head, *arguments])})",
        st.sampled_from(_HEADS),
        st.lists(inner, max_size=5),
    ),
    max_leaves=15,
)


@given(st.lists(FORMS_OF_ALL_KINDS, max_size=3))
@settings(max_examples=200, deadline=None)
def test_any_program_gives_a_tree_or_diagnostics(program: list[str]) -> None:
    source = Source.of("\n".join(program))
    forms, _ = expand(read(source).forms)
    tree, diagnostics = analyze(surveyed(forms, source), (), source)
    assert len(tree.body) >= len(forms)
    for diagnostic in diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(source.text)


# --- macros, depth ---------------------------------------------------------------------------------


def test_lambda_that_a_macro_puts_into_two_places_has_names_of_its_own() -> None:
    program, _ = analyzed("(defmacro both (f) (list f f)) (both (\\(x) x))")
    match program.body:
        case (BuiltinCall(_, (Lambda() as first, Lambda() as second)),):
            assert first.parameters[0].binding is not second.parameters[0].binding
        case _:
            pytest.fail(f"not two lambdas: {program.body}")


@pytest.mark.parametrize(
    "opening",
    ["(+ 1 ", "(if a ", "(let ((b a)) ", "(loop i a ", "(and a ", "(list (+ 1 2) "],
)
def test_deep_forms_are_analyzed(opening: str) -> None:
    depth = 2_000
    text = f"(setq a '(1)) (setq i 1) (defun f (a) {opening * depth}1{' 2)' * depth})"
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20 * depth)
    try:
        program, diagnostics = analyzed(text)
    finally:
        sys.setrecursionlimit(limit)
    assert not diagnostics
    assert len(program.body) == 3


def test_return_outside_a_function_is_reported_not_dropped() -> None:
    assert codes("(while true (return 1))") == ["LT0207"]
    assert codes("(maplist (\\(x) (return x)) '(1 2))") == []


def test_one_fault_of_a_binding_form_does_not_blame_its_body() -> None:
    assert codes("(defun f x (+ x 1))") == ["LT0215"]
    assert codes("(let (a) (+ a 1))") == ["LT0203"]


def test_misspelt_number_is_told_from_a_missing_name() -> None:
    (diagnostic,) = analyzed("(println 12ab)")[1]
    assert diagnostic.hint == "numbers are written as 12, -3.5, 1e-5 or 0xff"


def test_quoted_special_form_at_the_head_is_reported() -> None:
    assert codes("('setq x 1)") == ["LT0214"]
    assert codes("(println ('and 1 2) ('size '(1)))") == ["LT0214"]
