"""Every spelling of every torch function is compiled, run, and gives what the table says."""

from __future__ import annotations

from pathlib import Path

import pytest
from programs import ROOT
from torch_api import Case, Function, execute, expressions, functions, write_files
from torch_table import PAGE, page

from lisptorch_compile import catalogue
from lisptorch_compile.catalogue.model import parse_parameters

FUNCTIONS = functions()
SPELLINGS = [(f, name) for f in FUNCTIONS for name in f.names]
CASES = [(f, case) for f in FUNCTIONS for case in f.cases]
OTHER_CASES = [(f, case) for f in FUNCTIONS for case in f.cases[1:]]

_LIST = ROOT / "tests" / "data" / "torch_registered.txt"
REGISTERED = _LIST.read_text(encoding="utf-8").splitlines()[1:]

#: Names that only guides of LispE's library mention, and that a diagnostic refuses.
GUIDES = {
    f"torch_{stem}"
    for stem in (
        *("memory_usage", "peak_memory", "standard_attention", "set_autocast"),
        *("set_checkpoint", "memory_map", "enable_fusion", "adaptive_precision"),
        *("optimize_memory_pools", "enable_autotuning"),
        # declared in LispE's source, never registered
        *("jit_model_forward_single_layer", "jit_model_apply_lora_temporarily"),
        *("jit_model_backup_weights", "jit_model_restore_weights"),
    )
}

_LIBRARIES = ("torch_", "tensor_", "tiktoken_", "tokenizer_encode", "tokenizer_decode")
#: Instructions of the language that begin like those of the libraries.
_LANGUAGE = {
    f"tensor_{kind}"
    for kind in ("string", "stringbyte", "short", "integer", "number", "float")
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the models that the programs read."""
    folder = tmp_path_factory.mktemp("torch_api")
    write_files(folder)
    return folder


@pytest.fixture
def beside(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run beside the models, in a folder of one's own."""
    for path in files.iterdir():
        (tmp_path / path.name).symlink_to(path)
    monkeypatch.chdir(tmp_path)


def _label(value: object) -> str:
    match value:
        case Function(names=(first, *_)):
            return first
        case Case(call=call):
            return call
        case _:
            return str(value)


def declared() -> set[str]:
    """Return the names of the torch libraries in the catalogue."""
    names = {n for b in catalogue.BUILTINS for n in (b.name, *b.aliases)}
    return {n for n in names if n.startswith(_LIBRARIES)} - _LANGUAGE


def test_table_and_catalogue_have_the_same_names() -> None:
    assert declared() == {name for _, name in SPELLINGS} | GUIDES


@pytest.mark.parametrize("line", REGISTERED, ids=lambda line: line.partition(" ")[0])
def test_parameters_have_the_names_of_lispes_library(line: str) -> None:
    """So that ``(? name value)`` of a program means the same argument."""
    name, *parameters = line.replace("[", "").replace("]", "").split()
    builtin = catalogue.lookup(name)
    assert builtin is not None
    ways = [parse_parameters(overload.parameters) for overload in builtin.overloads]
    assert parameters in [[p.name for p in way][: len(parameters)] for way in ways]


def test_names_of_a_row_are_those_of_one_declaration() -> None:
    for function in FUNCTIONS:
        builtins = {id(catalogue.lookup(name)) for name in function.names}
        assert len(builtins) == 1, function.names


def test_only_names_of_guides_are_refused() -> None:
    for name in declared():
        builtin = catalogue.lookup(name)
        assert builtin is not None
        assert (builtin.unsupported is not None) == (name in GUIDES), name


def test_tensor_functions_have_three_spellings() -> None:
    """All but the constructor, and `torch_linear`, which is a layer."""
    tensors = [f for f in FUNCTIONS if f.area.startswith("Tensors")]
    odd = {"torch_tensor", "tensor_linear", "torch_tensor_at"}
    for function in tensors:
        name = function.names[0]
        if name in odd or not function.cases[0].call.startswith("(FN ("):
            continue
        stem = name.removeprefix("torch_")
        expected = {name, f"tensor_{stem}", f"torch_tensor_{stem}"}
        assert expected <= set(function.names), name


@pytest.mark.parametrize(("function", "name"), SPELLINGS, ids=_label)
@pytest.mark.usefixtures("beside")
def test_spelling_runs_and_gives_the_result(
    function: Function, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    case = function.cases[0]
    execute(case.program(name))
    assert capsys.readouterr().out.rstrip("\n") == case.prints


@pytest.mark.parametrize(("function", "case"), OTHER_CASES, ids=_label)
@pytest.mark.usefixtures("beside")
def test_call_gives_the_result(
    function: Function, case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    execute(case.program(function.names[0]))
    assert capsys.readouterr().out.rstrip("\n") == case.prints


@pytest.mark.parametrize(("function", "case"), CASES, ids=_label)
def test_call_becomes_the_python(function: Function, case: Case) -> None:
    assert case.python in expressions(case.program(function.names[0]))


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.names[0])
def test_every_spelling_becomes_the_same_python(function: Function) -> None:
    case = function.cases[0]
    first, *others = [expressions(case.program(name)) for name in function.names]
    for other in others:
        assert other == first


def test_the_page_is_what_the_catalogue_and_the_table_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make coverage`"


def test_the_page_shows_every_spelling() -> None:
    shown = page()
    assert [name for _, name in SPELLINGS if f"`{name}`" not in shown] == []
