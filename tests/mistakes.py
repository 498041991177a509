"""Mistakes as people make them, planted into programs that are right.

Each kind of mistake takes a program and chooses a place; what comes back says where the
fault is, so that a test can ask whether the compiler says so, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.parameters import accepts, signatures_of
from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.forms import DictForm, Form, ListForm, SetForm, Symbol
from lisptorch_compile.lexemes import CLOSER_OF, CLOSERS, OPENERS, Lexeme
from lisptorch_compile.nodes import BuiltinCall, Node, Variable
from lisptorch_compile.pipeline import analyze_text
from lisptorch_compile.reader import read
from lisptorch_compile.syntax import scanner
from lisptorch_compile.walk import children


@dataclass(frozen=True)
class Program:
    """A program that is right, with the places where one can go wrong."""

    name: str
    text: str
    source: Source
    lexemes: tuple[Lexeme, ...]
    calls: tuple[ListForm, ...]  # of instructions, as they are evaluated
    names: tuple[Span, ...]  # where a variable or a function of the program is read

    @classmethod
    def of(cls, name: str, text: str) -> Program:
        analyzed = analyze_text(text, filename=name)[-1]
        source = analyzed.file.source
        forms = {form.span: form for form in _lists(read(source).forms)}
        nodes = [node for top in analyzed.program.body for node in _nodes(top)]
        calls = [
            forms[node.span]
            for node in nodes
            if isinstance(node, BuiltinCall) and node.span in forms
        ]
        names = {
            node.span
            for node in nodes
            if isinstance(node, Variable)
            and text[node.span.start : node.span.end] == node.binding.name
            and node.span != node.binding.span
        }
        by_place = sorted(names, key=lambda span: span.start)
        lexemes = tuple(scanner().scan(source).lexemes)
        return cls(name, text, source, lexemes, tuple(calls), tuple(by_place))

    def line(self, offset: int) -> int:
        return self.source.position(offset)[0]

    def replaced(self, span: Span, text: str) -> str:
        return self.text[: span.start] + text + self.text[span.end :]


@dataclass(frozen=True)
class Mistake:
    """A program with one fault. ``lines``: where a diagnostic may stand, none needs one
    where there are none; ``meant``: the name that was misspelt."""

    kind: str
    program: str
    text: str
    lines: frozenset[int] = frozenset()
    meant: str | None = None


Planter = Callable[[Program, Random], Mistake | None]


def _lists(forms: tuple[Form, ...]) -> Iterator[ListForm]:
    for form in forms:
        if isinstance(form, ListForm):
            yield form
            yield from _lists(form.items)
        elif isinstance(form, DictForm):
            yield from _lists(tuple([each for entry in form.entries for each in entry]))
        elif isinstance(form, SetForm):
            yield from _lists(form.items)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in children(node):
        yield from _nodes(child)


# --- brackets and texts -----------------------------------------------------------------


def _pairs(program: Program) -> list[tuple[Lexeme, Lexeme]]:
    """Return each bracket with the one that closes it."""
    pairs: list[tuple[Lexeme, Lexeme]] = []
    stack: list[Lexeme] = []
    for lexeme in program.lexemes:
        if lexeme.type in OPENERS:
            stack.append(lexeme)
        elif lexeme.type in CLOSERS and stack:
            if CLOSER_OF[stack[-1].type] != lexeme.type:
                return []  # a super-bracket closes many
            pairs.append((stack.pop(), lexeme))
    return pairs


def _bracket(
    program: Program, random: Random, kind: str, *, opening: bool, instead: str
) -> Mistake | None:
    pairs = _pairs(program)
    if not pairs:
        return None
    opener, closer = random.choice(pairs)
    place = opener if opening else closer
    text = program.replaced(Span(place.start_pos, place.end_pos), instead)
    # Either end of the pair is a good place to show.
    lines = {program.line(opener.start_pos), program.line(closer.start_pos)}
    return Mistake(kind, program.name, text, frozenset(lines))


def missing_closing_bracket(program: Program, random: Random) -> Mistake | None:
    kind = "missing closing bracket"
    return _bracket(program, random, kind, opening=False, instead="")


def missing_opening_bracket(program: Program, random: Random) -> Mistake | None:
    kind = "missing opening bracket"
    return _bracket(program, random, kind, opening=True, instead="")


def closing_bracket_too_many(program: Program, random: Random) -> Mistake | None:
    kind = "closing bracket too many"
    return _bracket(program, random, kind, opening=False, instead="))")


def opening_bracket_too_many(program: Program, random: Random) -> Mistake | None:
    kind = "opening bracket too many"
    return _bracket(program, random, kind, opening=True, instead="((")


def wrong_closing_bracket(program: Program, random: Random) -> Mistake | None:
    kind = "wrong closing bracket"
    return _bracket(program, random, kind, opening=False, instead="}")


def unclosed_text(program: Program, random: Random) -> Mistake | None:
    texts = [x for x in program.lexemes if x.type == "STRING" and x.text[0] == '"']
    if not texts:
        return None
    chosen = random.choice(texts)
    where = random.choice([chosen.start_pos, chosen.end_pos - 1])
    text = program.replaced(Span(where, where + 1), "")
    lines = {program.line(chosen.start_pos), program.line(chosen.end_pos - 1)}
    return Mistake("text without end", program.name, text, frozenset(lines))


# --- names ------------------------------------------------------------------------------


def _misspelt(name: str, random: Random) -> str:
    """Return the name with a letter left out, doubled, changed or exchanged."""
    index = random.randrange(1, len(name))
    left, letter, right = name[:index], name[index], name[index + 1 :]
    return random.choice(
        [
            left + right,
            left + letter + letter + right,
            left + random.choice("abcdefghijklmnopqrstuvwxyz") + right,
            left[:-1] + letter + left[-1] + right,
        ]
    )


def _misspell(
    program: Program, random: Random, kind: str, spans: list[Span]
) -> Mistake | None:
    spans = [s for s in spans if s.end - s.start >= 4]
    if not spans:
        return None
    span = random.choice(spans)
    name = program.text[span.start : span.end]
    wrong = _misspelt(name, random)
    if wrong in program.text or catalogue.lookup(wrong) is not None:
        return None
    text = program.replaced(span, wrong)
    lines = frozenset((program.line(span.start),))
    return Mistake(kind, program.name, text, lines, meant=name)


def misspelt_instruction(program: Program, random: Random) -> Mistake | None:
    heads = [form.items[0].span for form in program.calls]
    return _misspell(program, random, "misspelt instruction", heads)


def misspelt_name(program: Program, random: Random) -> Mistake | None:
    return _misspell(program, random, "misspelt name", list(program.names))


def _look_alike(program: Program, random: Random) -> Mistake | None:
    """A Cyrillic letter in the place of the Latin one."""
    spans = [form.items[0].span for form in program.calls] + list(program.names)
    spans = [s for s in spans if set(program.text[s.start : s.end]) & set("aeocp")]
    spans = [s for s in spans if s.end - s.start >= 4]
    if not spans:
        return None
    span = random.choice(spans)
    name = program.text[span.start : span.end]
    letter = random.choice([c for c in name if c in "aeocp"])
    wrong = name.replace(letter, "аеоср"["aeocp".index(letter)], 1)
    lines = frozenset((program.line(span.start),))
    text = program.replaced(span, wrong)
    return Mistake("look-alike letter", program.name, text, lines, meant=name)


# --- arguments --------------------------------------------------------------------------


def _fits(form: ListForm, count: int) -> bool:
    """Tell whether an instruction takes so many arguments."""
    head = form.items[0]
    builtin = catalogue.lookup(head.name) if isinstance(head, Symbol) else None
    if builtin is None or builtin.form:
        return True
    return any(accepts(each, count, ()) for each in signatures_of(builtin))


def missing_argument(program: Program, random: Random) -> Mistake | None:
    forms = [f for f in program.calls if not _fits(f, len(f.items) - 2)]
    forms = [form for form in forms if len(form.items) > 1]
    if not forms:
        return None
    form = random.choice(forms)
    text = program.replaced(form.items[-1].span, "")
    return Mistake("argument missing", program.name, text, _lines(program, form))


def argument_too_many(program: Program, random: Random) -> Mistake | None:
    forms = [f for f in program.calls if not _fits(f, len(f.items))]
    if not forms:
        return None
    form = random.choice(forms)
    text = program.replaced(Span(form.span.end - 1, form.span.end - 1), " 7")
    return Mistake("argument too many", program.name, text, _lines(program, form))


def arguments_exchanged(program: Program, random: Random) -> Mistake | None:
    forms = [form for form in program.calls if len(form.items) > 2]
    if not forms:
        return None
    form = random.choice(forms)
    first, second = form.items[1].span, form.items[2].span
    texts = [program.text[span.start : span.end] for span in (first, second)]
    text = program.replaced(second, texts[0])
    text = text[: first.start] + texts[1] + text[first.end :]
    return Mistake("arguments exchanged", program.name, text)


def argument_of_another_kind(program: Program, random: Random) -> Mistake | None:
    forms = [form for form in program.calls if len(form.items) > 1]
    if not forms:
        return None
    form = random.choice(forms)
    other = random.choice(['"text"', "12", "2.5", "nil", "'(1 2)", '{"k":1}', "'atom"])
    text = program.replaced(random.choice(form.items[1:]).span, other)
    return Mistake("argument of another kind", program.name, text)


def _lines(program: Program, form: ListForm) -> frozenset[int]:
    first, last = program.line(form.span.start), program.line(form.span.end - 1)
    return frozenset(range(first, last + 1))


# --- characters -------------------------------------------------------------------------

_ODD_CHARACTERS = {
    "smart quote": ('"', "“"),
    "wide bracket": ("(", "（"),
    "NUL": (" ", "\0"),
    "zero-width blank": (" ", "\u200b"),
    "en dash": ("-", "–"),
    "backtick": ("'", "`"),
}


def odd_character(program: Program, random: Random) -> Mistake | None:
    kind, (usual, odd) = random.choice(sorted(_ODD_CHARACTERS.items()))
    places = [
        lexeme.start_pos + lexeme.text.index(usual)
        for lexeme in program.lexemes
        if usual in lexeme.text and lexeme.type != "LONG_STRING"
    ]
    if usual == " ":
        places = [x.start_pos - 1 for x in program.lexemes if x.type == "SYMBOL"]
        places = [p for p in places if p >= 0 and program.text[p] == " "]
    if not places:
        return None
    place = random.choice(places)
    text = program.replaced(Span(place, place + 1), odd)
    return Mistake(kind, program.name, text, frozenset((program.line(place),)))


# --- habits from other languages --------------------------------------------------------

FOREIGN_NAMES = {
    "setq": ("set!", "setf", "def", "define", "var", "defvar"),
    "defun": ("define", "def", "defn", "fn", "function", "func"),
    "if": ("when", "unless", "?"),
    "println": ("display", "print-line", "displayln", "printf", "echo"),
    "nil": ("None", "null", "#f", "False", "undefined"),
    "true": ("True", "#t", "TRUE", "T"),
    "lambda": ("fn", "fun", "function"),
    "let": ("let*", "letrec"),
    "size": ("length", "len"),
    "block": ("begin", "progn", "do"),
    "loop": ("foreach", "for-each", "dolist"),
    "maplist": ("map-list", "mapv"),
    "!=": ("/=", "<>"),
}


def foreign_word(program: Program, random: Random) -> Mistake | None:
    words = [
        lexeme
        for lexeme in program.lexemes
        if lexeme.type == "SYMBOL" and lexeme.text in FOREIGN_NAMES
    ]
    if not words:
        return None
    word = random.choice(words)
    instead = random.choice(FOREIGN_NAMES[word.text])
    text = program.replaced(Span(word.start_pos, word.end_pos), instead)
    line = program.line(word.start_pos)
    return Mistake("foreign word", program.name, text, frozenset((line,)))


PLANTERS: tuple[Planter, ...] = (
    missing_closing_bracket,
    missing_opening_bracket,
    closing_bracket_too_many,
    opening_bracket_too_many,
    wrong_closing_bracket,
    unclosed_text,
    misspelt_instruction,
    misspelt_name,
    _look_alike,
    missing_argument,
    argument_too_many,
    arguments_exchanged,
    argument_of_another_kind,
    odd_character,
    foreign_word,
)


def planted(programs: list[Program], count: int, seed: int) -> Iterator[Mistake]:
    """Yield ``count`` mistakes, each kind as often as the others."""
    random = Random(seed)
    made = 0
    while made < count:
        planter = PLANTERS[made % len(PLANTERS)]
        mistake = planter(random.choice(programs), random)
        if mistake is not None:
            made += 1
            yield mistake
