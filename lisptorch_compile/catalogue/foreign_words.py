"""Words that other languages have for what LispE says differently."""

from __future__ import annotations

from lisptorch_compile.records import record


@record
class ForeignWord:
    """``instead``: what LispE writes, one form or several to choose from.

    ``binds``: it gives names a meaning, so that what stands behind it is no call.
    """

    instead: tuple[str, ...]
    binds: bool = False


_SET = "(setq name value)"
_DEFINE = "(defun name (parameters) body…)"
_MACRO = "(defmacro name (parameters) form)"
_CLASS = "(class@ name (fields) methods…)"
_LOCAL = "(let ((name value)) body…)"
_FUNCTION = "(lambda (parameters) body)"
_EACH = "(loop name items body…)"
_AT = "(@ container key)"
_SET_AT = "(set@ container key value)"
_SAME = "(= first second)"
_PRINT = "(println value)"
_SWITCH = "(switch value (constant body…) (true body…))"
_MAYBE = "(maybe body… (lambda (error) body))"

#: What LispE writes → what programmers in Scheme, Common Lisp, Clojure and Python write.
_CALLED: dict[tuple[str, ...], str] = {
    ("(block body…)",): "begin progn do",
    ("(check test body…)", "(if test then otherwise)"): "when",
    ("(if (not test) (block body…))",): "unless",
    ("(if test then otherwise)",): "if-else",
    ("(cond (test body…) (true body…))",): "else elif else-if elsif otherwise",
    (_PRINT,): "display displayln printf echo puts print-line writeln prn",
    ("(println)",): "newline terpri",
    ("(size value)",): "length len string-length",
    ("(car items)",): "first",
    ("(cdr items)",): "rest",
    ("(&&& left right)",): "append",
    ("(+ left right)",): "concat string-append",
    ("(string value)",): "str number->string",
    ("(number text)",): "string->number",
    ("(upper text)",): "string-upcase uppercase",
    ("(lower text)",): "string-downcase lowercase",
    (_SAME,): "equal equal? eqv? eql eq? string=? string=",
    ("(!= first second)",): "<> not=",
    ("(and first second)",): "&&",
    ("(or first second)",): "||",
    ("(nullp value)",): "nil? none?",
    ("(% dividend divisor)",): "mod modulo remainder rem",
    ("(integer (/ dividend divisor))",): "div quotient",
    ("(** base exponent)",): "expt pow power",
    ("(+= name 1)",): "incf inc inc! ++",
    ("(-= name 1)",): "decf dec dec! --",
    ("(+ value 1)",): "1+ add1",
    ("(- value 1)",): "1- sub1",
    (_AT,): "aref elt list-ref vector-ref hash-ref gethash",
    (_SET_AT,): "vector-set! hash-set! puthash",
    ("(throw text)",): "raise error",
    ("(if (not test) (throw text))",): "assert",
    ("(return value)",): "return-from",
    ("(apply function arguments)",): "funcall",
    ("(maplist function items)",): "map-list mapv",
}

_BINDING: dict[tuple[str, ...], str] = {
    (_SET, _DEFINE): "define def",
    (_SET,): "set! setf var defvar defparameter",
    ("(setconst name value)",): "defconst defconstant",
    (_DEFINE,): "defn func",
    (_FUNCTION, _DEFINE): "fn fun function",
    (_LOCAL,): "let* letrec let-values",
    (_EACH,): "dolist foreach for-each doseq",
    (_MACRO,): "define-macro define-syntax",
    (_CLASS,): "defstruct defrecord defmethod class struct",
    (_SWITCH,): "case",
    (_SWITCH, "(defpat name (patterns) body…)"): "match",
    (_MAYBE,): "try",
    ("(pyimport module)", '(load "file.lsp")'): "import require",
}

_VALUES: dict[tuple[str, ...], str] = {
    ("true",): "True TRUE #t #true T t",
    ("nil",): "None False FALSE NIL NULL #f #false null undefined",
    ("'name",): "#",
}


def _words(table: dict[tuple[str, ...], str], *, binds: bool) -> dict[str, ForeignWord]:
    return {
        word: ForeignWord(instead, binds)
        for instead, words in table.items()
        for word in words.split()
    }


FOREIGN_WORDS: dict[str, ForeignWord] = {
    **_words(_CALLED, binds=False),
    **_words(_BINDING, binds=True),
    **_words(_VALUES, binds=False),
}


def in_lispe(word: str) -> str | None:
    """Return the hint for a word of another language, None for any other.

    >>> in_lispe("define")
    'in LispE, write (setq name value) or (defun name (parameters) body…)'
    """
    found = FOREIGN_WORDS.get(word)
    return f"in LispE, write {' or '.join(found.instead)}" if found else None
