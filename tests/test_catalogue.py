"""The catalogue: its names, and its targets against what they call."""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from lisptorch_compile import catalogue
from lisptorch_compile.catalogue import imports, model
from lisptorch_compile.catalogue.model import Builtin, Parameter, parse_parameters


def _words(text: str) -> list[str]:
    return text.split()


INSTRUCTIONS = _words("""
    atomp consp cyclicp emptyp nullp numberp signp stringp zerop mark resetmark in
    atom? cons? cyclic? empty? null? number? sign? string? zero?
    and andvalue or xor not ¬ eq neq = != < <= > >= >=< ==
    + - * / % & | ^ &~ << >> ^^ ** ~ ! +* sign max min minmax sum ∑ product ∏
    += -= *= /= %= &= |= ^= &~= <<= >>= ^^= **=
    atom string stringbyte integer float number short real imaginary bytes type complex
    stringf list llist shorts integers floats numbers strings stringbytes heap set sets
    seti setn nconc nconcn cons consb car cdr cadr cddr caar cdar caddr cadddddr last at @
    nth set@ atshape @@@ setshape set@@@ extract @@ setrange set@@ push pushtrue pushfirst
    pushlast pop popfirst poplast insert extend swap sort unique flatten reverse rotate ⌽
    size tally ≢ find rfind findall count replaceall join zip zipwith slice cutlist shift
    takenb replicate range rangein irange irangein enum to_list ⊂ to_llist to_tensor ⊃
    mask@ clone &&& ||| ^^^ keys@ values@
    dictionary dictionaryi dictionaryn dictionarytree dictionarytreei dictionarytreen
    key@ keyi@ keyn@ setq setg setqv setqi setq= seth setconst label let ? setfast getfast
    if ife check ncheck cond switch select block loop lloop mloop loopcount dotimes while
    whilein for break return self this catch maybe throw elapse eval quote trace sleep wait
    defun defpat defpred defprol dethread class@ defclass defmacro deflib deflibpat data@
    defspace from@ withclass toclean lambda λ \\ link bodies atoms infix § • /\\
    apply over flip map filter take drop takewhile dropwhile foldl1 foldr1 scanl1 scanr1
    foldl foldr scanl scanr repeat cycle maplist ↑↑ ¨ mapcar filterlist droplist takelist
    filtercar dropcar takecar scanlist
    reduce ↗ // backreduce ⌿ -// scan ↘ \\\\ backscan ⍀ -\\\\ iota ⍳ iota0 ⍳0 rho ρ ⍴
    outer ° inner . transpose ⍉ rank@ ⍤ irank@ member ∈ concatenate , invert ⌹ solve
    determinant ludcmp lubksb
    matrix_stringbyte matrix_string matrix_short matrix_integer matrix_number matrix_float
    tensor_stringbyte tensor_string tensor_short tensor_integer tensor_number tensor_float
    print println printerr printerrln prettify input@ getchar pipe
    fread bread fwrite fappend bwrite bappend fopen fclose fsize fseek ftell fgetchars
    fputchars load loadcode use lock waiton trigger threadstore threadretrieve threadclear
    threadspace space
""")

LIBRARY = _words("""
    trim0 trim trimleft trimright lower upper lowerp upperp alphap digitp emojip
    punctuationp vowelp consonantp deaccentuate format replace convert_in_base left right
    middle ngrams getstruct segment segment_e split splite ord chr padding fill
    editdistance tokenizer tokenize get_tokenizer_rules set_tokenizer_rules json json_parse
    json_read json_write json_dictionary startwith endwith uuid atob btoa f_ sprintf
    chrbyte indent tokenizer_rules tokenize_rules tokenizer_main segmenter
    tokenizer_display get_tokenizer_operators set_tokenizer_operators lower? upper? alpha?
    digit? emoji? punctuation? vowel? consonant?
    fabs iabs acos acosh asin asinh atan atanh cbrt ∛ cos cosh cosine erf erfc exp exp2
    expm1 floor lgamma log log10 log1p log2 logb nearbyint rint round sin sinh sqrt √ tan
    tanh tgamma trunc radian degree gcd hcf
    random shuffle random_choice uniform_distribution bernoulli_distribution
    binomial_distribution negative_binomial_distribution geometric_distribution
    poisson_distribution weibull_distribution extreme_value_distribution
    normal_distribution lognormal_distribution cauchy_distribution fisher_distribution
    student_distribution exponential_distribution gamma_distribution
    chi_squared_distribution discrete_distribution piecewise_constant_distribution
    piecewise_linear_distribution
    command os_version setenv getenv fileinfo realpath ls isdirectory exit memory_size
    memory_full_size chrono date year month day hour minute second yearday weekday setdate
    file_open file_close file_eof file_read file_readline file_readlist file_getchar
    file_write file_writeln file_getstruct file_exists
    rgx prgx rgx_find rgx_findall rgx_find_i rgx_findall_i rgx_match rgx_replace rgx_split
    prgx_find prgx_findall prgx_find_i prgx_findall_i prgx_match prgx_replace prgx_split
    ontology ontology_create ontology_add ontology_remove ontology_find ontology_list
    ontology_intersect ontology_contain ontology_concept ontology_all ontology_absurd
    ontology_absurdp ontology_ontology
""")

OLD_NAMES = _words("""
    key keyi keyn keys values data input mask rank irank multiloop polyloop matrix tensor
    int16_t explode tokenize_lispe get containerkeys containervalues
""")


def functions() -> list[Builtin]:
    return [b for b in catalogue.BUILTINS if not b.form and b.unsupported is None]


def targets() -> Iterator[tuple[Builtin, tuple[Parameter, ...], str]]:
    for builtin in functions():
        for overload in builtin.overloads:
            if overload.target is not None:
                yield builtin, parse_parameters(overload.parameters), overload.target
        if builtin.value is not None:
            yield builtin, (), builtin.value


def test_no_name_is_declared_twice() -> None:
    counts = Counter(
        name
        for builtin in catalogue.BUILTINS
        for name in (builtin.name, *builtin.aliases)
    )
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("names", [INSTRUCTIONS, LIBRARY, OLD_NAMES])
def test_every_name_of_the_language_is_declared(names: list[str]) -> None:
    assert [name for name in names if catalogue.lookup(name) is None] == []


def test_lookup_finds_aliases_and_accessors_of_any_depth() -> None:
    assert catalogue.lookup("extract") is catalogue.lookup("@@")
    accessor = catalogue.lookup("cadddddr")
    assert accessor is not None
    assert accessor.name == "cadddddr"
    assert catalogue.lookup("no_such_name") is None


def test_what_is_not_supported_gives_a_reason() -> None:
    for builtin in catalogue.BUILTINS:
        if builtin.unsupported is not None:
            assert builtin.unsupported.strip(), builtin.name


def test_every_function_is_documented() -> None:
    assert [builtin.name for builtin in catalogue.BUILTINS if not builtin.doc] == []


def test_roles_are_known() -> None:
    for builtin in functions():
        for overload in builtin.overloads:
            for parameter in parse_parameters(overload.parameters):
                assert parameter.role in model.ROLES, (builtin.name, parameter)


def _free_names(target: str) -> set[str]:
    tree = ast.parse(target, mode="eval")
    bound = {
        node.arg if isinstance(node, ast.arg) else node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.arg)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    }
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names - bound


def test_targets_use_only_parameters_builtins_and_imports() -> None:
    unknown = [
        (builtin.name, name)
        for builtin, parameters, target in targets()
        for name in _free_names(target) - {p.name for p in parameters}
        if name not in imports.IMPORTS
        and not hasattr(builtins, name)
        and name != "__file__"
    ]
    assert unknown == []


def test_targets_of_the_language_use_every_parameter() -> None:
    ignored = {
        (builtin.name, parameter.name)
        for builtin, parameters, target in targets()
        for parameter in parameters
        if target != builtin.value and parameter.name not in _free_names(target)
    }
    # `raw` chooses between two kinds of LispE dictionary that are one here; a torch function
    # has overloads that leave out what they accept as nil.
    assert {
        entry
        for entry in ignored
        if entry[1] != "raw" and not entry[0].startswith("torch_")
    } == set()


# --- what the targets call -------------------------------------------------------------------

Called = tuple[str, ast.Call, Callable[..., Any], tuple[Parameter, ...]]


def _imported(name: str) -> Any:
    source = imports.IMPORTS[name]
    if name in imports.RUNTIME_MODULES:
        return importlib.import_module(f"{source.module}.{name}")
    module = importlib.import_module(source.module)
    return module if source.name is None else getattr(module, source.name)


def _resolve(node: ast.expr, parameters: tuple[Parameter, ...]) -> Any:
    """Return what a dotted name of a target is; None when it starts at a parameter."""
    match node:
        case ast.Name(name) if name in {p.name for p in parameters}:
            return None
        case ast.Name(name) if name in imports.IMPORTS:
            return _imported(name)
        case ast.Attribute(value, name):
            owner = _resolve(value, parameters)
            return None if owner is None else getattr(owner, name)
    return None


def _calls() -> Iterator[Called]:
    for builtin, parameters, target in targets():
        for node in ast.walk(ast.parse(target, mode="eval")):
            if isinstance(node, ast.Call):
                called = _resolve(node.func, parameters)
                if called is not None:
                    yield builtin.name, node, called, parameters


def _signature(called: Callable[..., Any]) -> inspect.Signature | None:
    """Return the signature; functions written in C may have none."""
    try:
        return inspect.signature(called)
    except ValueError:
        return None


def test_everything_that_targets_name_exists() -> None:
    for builtin, parameters, target in targets():
        for node in ast.walk(ast.parse(target, mode="eval")):
            if isinstance(node, ast.Attribute | ast.Name):
                try:
                    _resolve(node, parameters)
                except AttributeError as error:
                    pytest.fail(f"{builtin.name}: {target}: {error}")


def test_targets_take_the_declared_arguments() -> None:
    for name, call, called, _ in _calls():
        signature = _signature(called)
        if signature is None:
            continue
        positional: list[None] = []
        for argument in call.args:
            positional.extend([None] * (1 + isinstance(argument, ast.Starred)))
        keywords = {keyword.arg: None for keyword in call.keywords if keyword.arg}
        try:
            signature.bind(*positional, **keywords)
        except TypeError as error:
            pytest.fail(f"{name}: {ast.unparse(call)} does not fit: {error}")


def test_defaults_are_those_of_the_functions() -> None:
    """What is left out is dropped from the call, so both sides must mean the same."""
    for name, call, called, parameters in _calls():
        signature = _signature(called)
        if signature is None:
            continue
        defaults = {p.name: p.default for p in parameters if p.default is not None}
        for argument, formal in _matched(call, signature).items():
            if argument in defaults:
                assert _same_default(defaults[argument], formal), (
                    f"{name}: {argument} is {defaults[argument]}, but {formal} in the "
                    "function"
                )


def _matched(
    call: ast.Call, signature: inspect.Signature
) -> dict[str, inspect.Parameter]:
    """Return the formal parameter of each argument that stands for itself in ``call``."""
    formal = list(signature.parameters.values())
    matched = dict(zip(map(ast.unparse, call.args), formal, strict=False))
    for keyword in call.keywords:
        if keyword.arg is not None and keyword.arg in signature.parameters:
            matched[ast.unparse(keyword.value)] = signature.parameters[keyword.arg]
    return matched


def _same_default(declared: str, formal: inspect.Parameter) -> bool:
    if formal.kind is inspect.Parameter.VAR_POSITIONAL:
        return True  # a rest that is not given is empty
    if declared in ("UNSET", "()"):
        return repr(formal.default) == declared
    return bool(ast.literal_eval(declared) == formal.default)


#: The types of parameters on which targets call methods.
_TYPES = {"text": str, "texts": list, "array": list, "dict": dict, "set": set}


def test_methods_exist_on_the_types_of_their_parameters() -> None:
    torch = importlib.import_module("torch")
    types = {**_TYPES, "tensor": torch.Tensor, "module": torch.nn.Module}
    missing = []
    for builtin, parameters, target in targets():
        roles = {parameter.name: parameter.role for parameter in parameters}
        for node in ast.walk(ast.parse(target, mode="eval")):
            match node:
                case ast.Attribute(ast.Name(owner), method) if owner in roles:
                    kind = types.get(roles[owner])
                    if kind is not None and not hasattr(kind, method):
                        missing.append((builtin.name, target))
    assert missing == []


def test_a_wrong_target_is_noticed() -> None:
    """The tests above can fail: a name, a count and a method that do not exist."""
    call = ast.parse("lists.no_such_function(x)", mode="eval").body
    assert isinstance(call, ast.Call)
    with pytest.raises(AttributeError):
        _resolve(call.func, ())
    function = _resolve(ast.parse("lists.size", mode="eval").body, ())
    signature = _signature(function)
    assert signature is not None
    with pytest.raises(TypeError):
        signature.bind(None, None)
    formal = inspect.Parameter(
        "start", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=0
    )
    assert _same_default("0", formal)
    assert not _same_default("1", formal)


def test_importing_the_catalogue_loads_neither_torch_nor_the_runtime() -> None:
    script = (
        "import sys, lisptorch_compile.catalogue\n"
        "bad = [m for m in sys.modules if m.split('.')[0] in ('torch', 'lark', 'numpy')"
        " or m.startswith('lisptorch_compile.runtime')]\n"
        "print(bad)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
