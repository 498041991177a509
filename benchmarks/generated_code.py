"""Generated functions against hand-written Python and PyTorch."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from benchmarks.pairing import Ratio, paired
from benchmarks.programs import handwritten
from lisptorch_compile.pipeline import Options, compile_text

_PROGRAMS = Path(__file__).parent / "programs"


def ratios() -> Iterator[Ratio]:
    """Yield one ratio a kernel; those without a limit have operands of unknown kind."""
    kernels = compiled("kernels")
    yield paired(
        "fib 24", lambda: kernels.fib(24), lambda: handwritten.fib(24), limit=1.05
    )
    yield paired(
        "summing loop of 10^7, while",
        lambda: kernels.sum_to(10**7),
        lambda: handwritten.sum_to(10**7),
        limit=1.05,
        rounds=5,
    )
    yield paired(
        "summing loop of 10^7, for",
        lambda: kernels.sum_loop(10**7),
        lambda: handwritten.sum_loop(10**7),
        limit=1.05,
        rounds=5,
    )
    numbers = list(range(10**6))
    yield paired(
        "map of filter over 10^6",
        lambda: kernels.squares(numbers),
        lambda: handwritten.squares(numbers),
        limit=1.15,
    )
    yield paired(
        "README training step × 200", _repeated_step(), _handwritten_step(), limit=1.05
    )
    yield from _pattern_functions()
    yield from _unknown_operands(kernels)


def _pattern_functions() -> Iterator[Ratio]:
    patterns = compiled("patterns")
    yield paired(
        "pattern function fib 20",
        lambda: patterns.fib(20),
        lambda: handwritten.fib(20),
        limit=1.3,
    )
    items, plain = patterns.List(range(400)), list(range(400))
    yield paired(
        "pattern function, length of 400 elements",
        lambda: patterns.length_of(items),
        lambda: handwritten.length_of(plain),
        limit=1.3,
    )
    formula, plain_formula = patterns.expression(9), handwritten.expression(9)
    yield paired(
        "pattern function, expression of 1500 operators",
        lambda: patterns.worth(formula),
        lambda: handwritten.worth(plain_formula),
        limit=1.3,
    )
    yield from _records(patterns)


def _records(patterns: ModuleType) -> Iterator[Ratio]:
    term, plain_term = patterns.term(16), handwritten.term(16)
    yield paired(
        "pattern function, term of 1300 records",
        lambda: patterns.result(term),
        lambda: handwritten.result(plain_term),
        limit=1.3,
    )


def _unknown_operands(kernels: ModuleType) -> Iterator[Ratio]:
    unknown_fib, unknown_sum = kernels.by_value[1], kernels.by_value[2]
    yield paired(
        "fib 24, called through a value",
        lambda: unknown_fib(24),
        lambda: handwritten.fib(24),
    )
    numbers = list(range(10**6))
    yield paired(
        "sum of 10^6 integers, unknown operands",
        lambda: unknown_sum(numbers, 0),
        lambda: handwritten.sum_items(numbers, 0),
    )
    unknown_squares = kernels.by_value[3]
    yield paired(
        "map of filter over 10^6, unknown operands",
        lambda: unknown_squares(numbers),
        lambda: handwritten.squares(numbers),
    )
    yield paired(
        "README training step × 200, unknown operands",
        _repeated_any_step(),
        _handwritten_step(),
    )
    first, second = kernels.List(numbers), kernels.List(numbers)
    yield paired(
        "a * 2 + b on lists of 10^6",
        lambda: kernels.combined(first, second),
        lambda: handwritten.combined(first, second),
    )
    lists = [kernels.List([1, 2, 3])] * 10**5
    yield paired(
        "sum of 10^5 lists, unknown operands",
        lambda: unknown_sum(lists, kernels.List([0, 0, 0])),
        lambda: _sum_rows(lists),
    )


def _sum_rows(rows: list[list[int]]) -> list[int]:
    total = [0, 0, 0]
    for row in rows:
        total = [a + b for a, b in zip(total, row, strict=True)]
    return total


def _repeated_step() -> Callable[[], None]:
    step = compiled("training").step

    def run() -> None:
        for _ in range(200):
            step()

    return run


def _repeated_any_step() -> Callable[[], None]:
    module = compiled("training")
    step = module.by_value[0]
    given = (module.model, module.tensor_data, module.targets, module.optimizer)

    def run() -> None:
        for _ in range(200):
            step(*given)

    return run


def _handwritten_step() -> Callable[[], None]:
    import torch
    from torch.nn import functional as F

    from lisptorch_compile.runtime import layers

    model = layers.MLP(4, 64, 2)
    data = torch.tensor([1.0, 2.0, 3.0, 4.0])
    targets = torch.tensor([0.5, 1.5])
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)

    def step() -> None:
        optimizer.zero_grad()
        output = model(data)
        loss = F.mse_loss(output, targets)
        loss.backward()
        optimizer.step()

    def run() -> None:
        for _ in range(200):
            step()

    return run


def compiled(name: str) -> ModuleType:
    """Return the module that a program of ``programs`` compiles to."""
    path = _PROGRAMS / f"{name}.lsp"
    result = compile_text(
        path.read_text(encoding="utf-8"),
        filename=path.name,
        options=Options(format=False),
    )
    assert result.python is not None, result.diagnostics
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / f"{name}.py"
        written.write_text(result.python, encoding="utf-8")
        spec = importlib.util.spec_from_file_location(name, written)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module
