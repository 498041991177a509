"""The services behind editors, notebooks and the terminal, on texts being written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import ROOT

from lisptorch_compile.analyzer import Surroundings
from lisptorch_compile.diagnostics import Diagnostic, Severity
from lisptorch_compile.scope import Binding
from lisptorch_compile.tools.loading import source_file
from lisptorch_compile.tools.services import (
    Analysis,
    Diagnoser,
    Status,
    SymbolKind,
    analyzed,
    completions,
    definition,
    describe,
    hover,
    is_complete,
    python_of,
    references,
    rename_refusal,
    signature_help,
    similar_names,
    symbols,
)
from lisptorch_compile.tools.services.occurrences import occurrences

PROGRAM = """\
; Mean of the losses, nil for none.
(defun mean-loss (losses (scale 1))
   (setq total 0)
   (loop x losses (+= total x))
   (maplist (\\(y) (* y total scale)) losses)
)
(setq step 3)
(defmacro twice (x) (block (mean-loss x) x))
(class@ Shape (w (h 2))
   "A shape."
   (defun area (k) (* w h k step)))
(setq s (Shape 3))
(print (s (area 2)) (map 'mean-loss '((1 2))))
(twice (setq step (mean-loss step)))
(let ((a step) (b a)) (print (mean-loss (? scale a)) b))
(defpat fact ([integer_ (> n 0)]) (* n (fact (- n 1))))
(defpat fact (0) 1)
(data@ Form [Circle _ r] [Square _])
(defspace geometry (defun perimeter (r) (* 2 r)))
(setconst limit 10)
(pyimport numpy np)
"""


def marked(text: str) -> tuple[Analysis, int]:
    """Analyze a text in which ``‸`` marks the cursor."""
    offset = text.index("‸")
    return analyzed(text.replace("‸", "")), offset


def labels(text: str, *names: str) -> list[str]:
    analysis, offset = marked(text)
    return [item.label for item in completions(analysis, offset, names)]


def places(text: str) -> list[tuple[int, str]]:
    """Return line and text of all that means the same as the name under the cursor."""
    analysis, offset = marked(text)
    return [
        (analysis.source.position(span.start)[0], analysis.text[span.start : span.end])
        for span in references(analysis, offset)
    ]


# --- completion ---------------------------------------------------------------------------


def test_variables_in_scope_come_before_everything_else() -> None:
    text = "(setq second 1) (defun f (sea) (setq seal 2) (print se‸))"
    assert labels(text)[:4] == ["sea", "seal", "second", "segment"]


def test_names_of_other_functions_are_not_offered() -> None:
    assert "own" not in labels("(defun f (own) own) (defun g () ow‸)")


def test_a_line_that_is_being_written_sees_the_function_around_it() -> None:
    text = "(defun f (losses)\n   (setq total 0)\n   (print lo‸\n\n(defun g () 1)"
    assert labels(text)[0] == "losses"


def test_special_forms_are_offered_behind_a_bracket_only() -> None:
    assert "defun" in labels("(defu‸")
    assert "defun" not in labels("(print defu‸")


def test_all_spellings_of_a_builtin_are_offered_with_its_signature() -> None:
    analysis, offset = marked("(setq p (tensor_softm‸))")
    item, *_ = completions(analysis, offset)
    assert item.label == "tensor_softmax"
    assert item.signature == "(tensor_softmax tensor)"
    assert item.doc.startswith("Positive numbers that sum to 1")
    assert analysis.text[item.span.start : item.span.end] == "tensor_softm"


def test_hyphens_and_case_make_no_difference() -> None:
    assert "torch_softmax" in labels("(Torch-Soft‸")


def test_names_from_outside_are_offered() -> None:
    assert labels("(print model_‸", "model_a", "other")[0] == "model_a"


def test_definitions_of_every_kind_are_offered() -> None:
    for name in ("mean-loss", "step", "twice", "Shape", "fact", "Circle", "limit"):
        assert name in labels(f"{PROGRAM}({name[:3]}‸")


def test_methods_are_offered_in_a_call_of_the_instance() -> None:
    assert "area" in labels(f"{PROGRAM}(s (ar‸")


@pytest.mark.parametrize("text", ['(print "lo‸', "; lo‸", "(f) ;; lo‸", "(f `lo‸ `)"])
def test_nothing_is_offered_in_texts_and_comments(text: str) -> None:
    assert labels(text) == []


def test_something_is_offered_behind_a_comment() -> None:
    assert "print" in labels("(f) ; a comment\n(prin‸")


# --- what a name means --------------------------------------------------------------------


def described(text: str) -> tuple[str, ...]:
    analysis, offset = marked(text)
    found = hover(analysis, offset)
    assert found is not None
    return (*found.description.signatures, found.description.doc)


def test_a_function_is_shown_with_its_parameters_and_its_comment() -> None:
    assert described(f"{PROGRAM}(mean-‸loss 1)") == (
        "(mean-loss losses [scale])",
        "Mean of the losses, nil for none.",
    )


def test_a_docstring_comes_before_the_comment() -> None:
    text = '; comment\n(defun f (x) "Docstring." x)\n(‸f 1)'
    assert described(text) == ("(f x)", "Docstring.")


def test_a_comment_behind_code_is_no_documentation() -> None:
    assert described("(setq a 1) ; about a\n(defun f (x) x)\n(‸f 1)") == ("(f x)", "")


def test_a_class_is_shown_with_its_fields() -> None:
    assert described(f"{PROGRAM}(Sha‸pe 1)") == ("(Shape w [h])", "A shape.")


def test_a_macro_is_shown_with_its_pattern() -> None:
    assert described(f"{PROGRAM}(tw‸ice 1)") == ("(twice x)", "")


def test_a_variable_is_shown_where_it_is_first_set() -> None:
    assert described(f"{PROGRAM}(print st‸ep)") == ("(setq step 3)",)


def test_a_builtin_is_described_by_the_catalogue() -> None:
    found = describe("tensor_softmax")
    assert found is not None
    assert found.kind is SymbolKind.FUNCTION
    assert "torch_softmax" in found.synonyms
    assert "tensor.softmax(dim)" in found.python
    assert describe("torch_sofmax") is None
    assert similar_names("torch_sofmax")[0] == "torch_softmax"


def test_a_name_of_the_program_hides_the_builtin() -> None:
    assert described("(setq count 1) (print co‸unt)") == (
        "(setq count 1) (print count)",
    )


def test_texts_numbers_and_comments_mean_nothing() -> None:
    for text in ('(print "si‸ze")', "(print 1‸2)", "; si‸ze\n(f)"):
        assert hover(*marked(text)) is None


def test_the_argument_that_is_being_written_is_counted() -> None:
    for text, argument in (
        ("(if ‸", 0),
        ("(if a‸", 0),
        ("(if a ‸", 1),
        ("(if a (f 1)‸", 1),
        ("(if a (f 1) ‸", 2),
    ):
        found = signature_help(*marked(text))
        assert found is not None
        assert found.description.signatures == ("(if condition then [otherwise])",)
        assert found.argument == argument, text


def test_python_of_takes_unknown_names_for_variables() -> None:
    assert python_of("(setq area (* width width))") == "area = width * width"
    assert python_of("(if)") is None


# --- names and their places -----------------------------------------------------------------


def test_a_parameter_hides_the_variable_of_the_file() -> None:
    text = "(setq x 1)\n(defun f (x)\n   (* x 2))\n(print x‸ (f 1))"
    assert places(text) == [(1, "x"), (4, "x")]
    text = "(setq x 1)\n(defun f (x)\n   (* x‸ 2))\n(print x (f 1))"
    assert places(text) == [(2, "x"), (3, "x")]


def test_the_values_of_a_let_see_the_variables_before_them() -> None:
    text = "(setq a 1)\n(let ((a a)\n   (b a))\n   (print a‸ b))"
    assert places(text) == [(2, "a"), (3, "a"), (4, "a")]


def test_a_lambda_shares_the_variables_of_its_function() -> None:
    text = "(defun f (l)\n   (setq n 0)\n   (mapcar (\\(x)\n   (setq n‸ x)) l)\n   n)"
    assert places(text) == [(2, "n"), (4, "n"), (5, "n")]


def test_a_quoted_function_is_one_of_its_places() -> None:
    text = "(defun sq (x) (* x x))\n(mapcar 'sq '(1 sq))\n(sq‸ 2)"
    assert places(text) == [(1, "sq"), (2, "sq"), (3, "sq")]


def test_a_template_of_a_macro_is_one_of_its_places() -> None:
    text = "(defun g (x) x)\n(defmacro m (x)\n   (g x))\n(m 1)\n(g‸ 2)"
    assert places(text) == [(1, "g"), (3, "g"), (5, "g")]


def test_a_named_argument_is_a_place_of_the_parameter() -> None:
    text = "(defun f (width‸) (* 2 width))\n(f (? width 3))"
    assert places(text) == [(1, "width"), (1, "width"), (2, "width")]


def test_fields_and_methods_go_by_their_names() -> None:
    text = "(class@ P (x)\n   (defun far () (* x x)))\n(setq p (P 1))\n(p (far‸))"
    assert places(text) == [(2, "far"), (4, "far")]


def test_names_in_braces_of_a_text_are_places() -> None:
    text = '(setq n 1)\n(println (f_ "n is {n}, {(+ n 1)}"))\n(print n‸)'
    assert places(text) == [(1, "n"), (2, "n"), (2, "n"), (3, "n")]


def test_a_kleene_variable_has_no_sign() -> None:
    text = "(defpat f ([a* 0])\n   a‸)\n(defpat f (_) 1)"
    assert places(text) == [(1, "a"), (2, "a")]


def test_a_faulty_form_hides_nothing_of_the_others() -> None:
    text = "(defun f (x)\n   (g x)\n(if)\n(setq k (f 2)\n(print (f‸ 1))"
    assert places(text) == [(1, "f"), (4, "f"), (5, "f")]


def test_builtins_have_no_definition() -> None:
    assert definition(*marked("(pri‸nt 1)")) is None
    assert references(*marked("(pri‸nt 1)")) == ()


def test_a_definition_may_stand_in_a_loaded_file(tmp_path: Path) -> None:
    (tmp_path / "tools.lsp").write_text("; Doubles.\n(defun double (x) (* 2 x))\n")
    main = tmp_path / "main.lsp"
    main.write_text('(load "tools.lsp")\n(print (double 1))\n')
    file = source_file(main)
    analysis = analyzed(file.source.text, filename=str(main), find=file.find)
    offset = analysis.text.index("double")
    found = definition(analysis, offset)
    assert found is not None
    assert Path(found.source.filename).name == "tools.lsp"
    assert found.source.text[found.span.start :].startswith("double (x)")
    assert (
        rename_refusal(analysis, offset)
        == f"`double` is defined in {found.source.filename}"
    )
    shown = hover(analysis, offset)
    assert shown is not None and shown.description.doc == "Doubles."
    assert "double" in [i.label for i in completions(analysis, offset + 4)]


#: Variables that have the name of a form, names that stand in texts, and methods that
#: have the name of an instruction which the program calls, too.
NOT_RENAMED = ("data", "label", "called_by_name", "container_methods")


def test_programs_whose_names_are_all_replaced_mean_the_same() -> None:
    golden = sorted((ROOT / "tests" / "golden").glob("*/*.lsp"))
    for path in [p for p in golden if p.parent.name != "diagnostics"]:
        analysis = analyzed(path.read_text(encoding="utf-8"), filename=path.name)
        if has_errors(analysis) or path.stem in NOT_RENAMED:
            continue
        again = analyzed(all_renamed(analysis), filename=path.name)
        assert not has_errors(again), (path, again.diagnostics)
        assert grouped(again) == grouped(analysis), path


def has_errors(analysis: Analysis) -> bool:
    return any(d.severity is Severity.ERROR for d in analysis.diagnostics)


def all_renamed(analysis: Analysis) -> str:
    """Give each name of a program another one, if it may have one."""
    text = analysis.text
    numbers: dict[Binding, int] = {}
    for occurrence in reversed(occurrences(analysis)):
        start, end = occurrence.span.start, occurrence.span.end
        if rename_refusal(analysis, start) is None:
            number = numbers.setdefault(occurrence.binding, len(numbers))
            text = f"{text[:start]}renamed-{number}{text[end:]}"
    return text


def grouped(analysis: Analysis) -> list[int]:
    """Return, for each name in the text, which of them was the first with its meaning."""
    first: dict[Binding, int] = {}
    found = occurrences(analysis)
    return [first.setdefault(o.binding, index) for index, o in enumerate(found)]


# --- outline -----------------------------------------------------------------------------------


def test_the_outline_holds_every_definition_with_its_members() -> None:
    found = [
        (s.kind.value, s.name, [child.name for child in s.children])
        for s in symbols(analyzed(PROGRAM))
    ]
    assert found == [
        ("function", "mean-loss", []),
        ("variable", "step", []),
        ("macro", "twice", []),
        ("class", "Shape", ["w", "h", "area"]),
        ("variable", "s", []),
        ("function", "fact", []),
        ("function", "fact", []),
        ("data type", "Form", ["Circle", "Square"]),
        ("name space", "geometry", ["perimeter"]),
        ("constant", "limit", []),
        ("module", "np", []),
    ]


def test_the_name_of_a_definition_stands_in_its_form() -> None:
    for symbol in symbols(analyzed(PROGRAM)):
        assert symbol.span.start < symbol.name_span.start < symbol.name_span.end
        assert symbol.name_span.end < symbol.span.end
        assert PROGRAM[symbol.name_span.start : symbol.name_span.end] == symbol.name


# --- complete or not ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status", "indent"),
    [
        ("", Status.COMPLETE, ""),
        ("(+ 1 2)", Status.COMPLETE, ""),
        ("name", Status.COMPLETE, ""),
        ("(print 1) ; (comment", Status.COMPLETE, ""),
        ("(if)", Status.COMPLETE, ""),
        ("(defun f (x)", Status.INCOMPLETE, "   "),
        ("(defun f (x)\n   (setq x 1", Status.INCOMPLETE, "      "),
        ("(let ((a 1)", Status.INCOMPLETE, "      "),
        ("(setq l '(1 2", Status.INCOMPLETE, " " * 10),
        ('(print "abc', Status.INCOMPLETE, ""),
        ("(print `abc\n", Status.INCOMPLETE, ""),
        ("'", Status.INCOMPLETE, ""),
        ("(a (b (c]", Status.INCOMPLETE, "   "),
        ("{1:", Status.INCOMPLETE, " "),
        ("(+ 1 2))", Status.INVALID, ""),
        ("(print 1]", Status.INVALID, ""),
        ("{1 2 : 3}", Status.INVALID, ""),
        ("(defun f (x)\n(print x)", Status.INCOMPLETE, "   "),
    ],
)
def test_completeness(text: str, status: Status, indent: str) -> None:
    found = is_complete(text)
    assert (found.status, found.indent) == (status, indent)


# --- versions of a document -----------------------------------------------------------------------


def problems(analysis: Analysis) -> list[Diagnostic]:
    return list(analysis.diagnostics)


@pytest.mark.parametrize("written", ["(", ")", '"', "'", " x", "{", ";;", "\n", "(f)"])
def test_a_new_version_is_read_as_if_it_were_the_first(written: str) -> None:
    diagnoser = Diagnoser("main.lsp")
    for place in range(0, len(PROGRAM), 41):
        text = PROGRAM[:place] + written + PROGRAM[place:]
        found = diagnoser.update(text)
        anew = analyzed(text, filename="main.lsp")
        assert found.file.read == anew.file.read
        assert problems(found) == problems(anew)


def test_forms_that_stand_as_they_were_are_not_read_again() -> None:
    diagnoser = Diagnoser()
    before = diagnoser.update("(defun f (x) x)\n(f 1)\n(f 2)\n").file.read.forms
    after = diagnoser.update("(defun f (x) x)\n(f 12)\n(f 2)\n").file.read.forms
    assert after[0] is before[0]
    assert after[2].span.start == before[2].span.start + 1


def test_a_changed_loaded_file_is_read_again_when_told(tmp_path: Path) -> None:
    (tmp_path / "tools.lsp").write_text("(defun one (x) x)\n")
    main = tmp_path / "main.lsp"
    main.write_text('(load "tools.lsp")\n(one 1)\n(two 2)\n')
    file = source_file(main)
    diagnoser = Diagnoser(str(main), file.find)
    assert len(diagnoser.update(file.source.text).diagnostics) == 1
    (tmp_path / "tools.lsp").write_text("(defun one (x) x)\n(defun two (x) x)\n")
    diagnoser.forget()
    assert problems(diagnoser.update(file.source.text)) == []


# --- any text -------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="()[]{}'\"; \nabλ.:`$?+12\\", max_size=40))
def test_any_text_has_answers(text: str) -> None:
    analysis = analyzed(text)
    symbols(analysis)
    is_complete(text)
    for offset in range(0, len(text) + 1, 5):
        completions(analysis, offset)
        hover(analysis, offset)
        signature_help(analysis, offset)
        references(analysis, offset)


def test_a_prefix_of_a_program_has_answers_everywhere() -> None:
    for end in range(0, len(PROGRAM), 7):
        analysis = analyzed(PROGRAM[:end])
        completions(analysis, end)
        signature_help(analysis, end)
        occurrences(analysis)
        symbols(analysis)


def test_deep_nesting_has_answers() -> None:
    text = "(setq a " + "(+ 1 " * 3000 + "a" + ")" * 3001
    analysis = analyzed(text)
    assert len(references(analysis, 6)) == 2
    codes = {d.code for d in analyzed("(" * 30_000 + ")" * 30_000).diagnostics}
    assert codes == {"LT0901"}


def test_a_notebook_knows_the_variables_of_the_session() -> None:
    names = frozenset(["model"])
    within = Surroundings(names, frozenset(), names, None)
    assert analyzed("(print model)", within=within).diagnostics == ()
    assert analyzed("(print model)").diagnostics[0].code == "LT0301"
