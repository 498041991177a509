"""Pictures that cells can show: lines of numbers, and matrices as heat maps."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from IPython.display import display

from lisptorch_compile.runtime.torch_presence import is_tensor
from lisptorch_compile.tools.notebook.tensors import scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_STYLE = {
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.titleweight": "bold",
    "axes.titlesize": "medium",
    "grid.alpha": 0.3,
    "font.size": 9.0,
    "lines.linewidth": 1.8,
}
#: Dots an inch on a screen; pictures have twice as many, for those that show them.
_DOTS = 100
#: Panels of a picture in one row.
_MOST_COLUMNS = 4


def plot(*values: Any) -> None:
    """Show numbers as lines over their positions: ``(plot losses "Training" "step")``.

    Args:
        values: lists of numbers or tensors of one dimension, a line each; or dictionaries
            that give names to such lists. Texts are the title and the names of the axes.

    Raises:
        ValueError: there are no numbers, or a value is no list of numbers.
    """
    texts = [value for value in values if isinstance(value, str)]
    lines = _lines([value for value in values if not isinstance(value, str)])
    with _style():
        figure = _figure(6.0, 3.0)
        axes = figure.add_subplot()
        for name, numbers in lines:
            axes.plot(numbers, label=name or None, marker="o" * (len(numbers) == 1))
        axes.margins(x=0.02)
        _name(axes, texts)
        if any(name for name, _ in lines):
            axes.legend(frameon=False)
        _show(figure, f"plot of {', '.join(_told(*line) for line in lines)}")


def heatmap(
    values: Any,
    title: str = "",
    rows: Sequence[Any] | None = None,
    columns: Sequence[Any] | None = None,
) -> None:
    """Show a matrix as a heat map, and a stack of matrices as one for each.

    ``(heatmap attention "Layer 0" tokens)``: tensors of attention, (H, T, S) or
    (1, H, T, S), get a panel for each head.

    Args:
        values: a tensor or lists of numbers, (rows, columns), or one or more of these.
        title: of the picture.
        rows: what to call the rows.
        columns: what to call the columns; those of ``rows`` unless given, if it fits.

    Raises:
        ValueError: the shape has no matrices, or the names do not fit it.
    """
    panels = _panels(values)
    height, width = panels.shape[-2:]
    if columns is None and rows is not None and height == width:
        columns = rows
    _check_names("rows", rows, height)
    _check_names("columns", columns, width)
    with _style():
        across = min(len(panels), _MOST_COLUMNS)
        down = -(-len(panels) // across)
        side = 3.6 if len(panels) == 1 else 2.2
        figure = _figure(side * across + 0.6, side * down * _ratio(height, width) + 0.4)
        _draw(figure, panels, down, across, (rows, columns))
        if title:
            figure.suptitle(str(title), fontweight="bold", fontsize="medium")
        _show(figure, f"heat map of {' × '.join(map(str, panels.shape))} values")


# --- lines ----------------------------------------------------------------------------------


def _lines(values: Sequence[Any]) -> list[tuple[str, list[float]]]:
    found = []
    for value in values:
        if isinstance(value, Mapping):
            found += [(str(name), _numbers(each)) for name, each in value.items()]
        else:
            found.append(("", _numbers(value)))
    if not any(numbers for _, numbers in found):
        raise ValueError("plot: there are no numbers to show")
    return found


def _numbers(values: Any) -> list[float]:
    if is_tensor(values) and values.ndim != 1:
        shape = " × ".join(map(str, values.shape)) or "()"
        raise ValueError(f"plot: a line has one dimension, this tensor is {shape}")
    try:
        return [float(value) for value in values]
    except (TypeError, ValueError) as error:
        raise ValueError(f"plot: not a list of numbers: {error}") from None


def _name(axes: Axes, texts: Sequence[str]) -> None:
    title, across, up, *_ = [*texts, "", "", ""]
    axes.set_title(title)
    axes.set_xlabel(across)
    axes.set_ylabel(up)


def _told(name: str, numbers: Sequence[float]) -> str:
    return f"{name} {len(numbers)} numbers, {numbers[0]:g} … {numbers[-1]:g}".strip()


# --- heat maps ------------------------------------------------------------------------------


def _panels(values: Any) -> Any:
    """Return matrices as an array (panels, rows, columns)."""
    import numpy

    if is_tensor(values):
        values = values.detach().float().cpu().numpy()
    array = numpy.asarray(values, dtype=float)
    if array.ndim == 4 and len(array) == 1:
        array = array[0]
    if array.ndim not in (2, 3) or not array.size:
        raise ValueError(
            f"heatmap: expected (rows, columns), or a stack of these, not {array.shape}"
        )
    return array.reshape(-1, *array.shape[-2:])


def _check_names(what: str, names: Sequence[Any] | None, count: int) -> None:
    if names is not None and len(names) != count:
        raise ValueError(f"heatmap: {len(names)} names for {count} {what}")


def _ratio(height: int, width: int) -> float:
    return min(2.0, max(0.4, height / width))


def _draw(
    figure: Figure,
    panels: Any,
    down: int,
    across: int,
    names: tuple[Sequence[Any] | None, Sequence[Any] | None],
) -> None:
    low, high, colours = scale(float(panels.min()), float(panels.max()))
    grid = figure.subplots(down, across, squeeze=False)
    for index, axes in enumerate(grid.flat):
        if index >= len(panels):
            axes.set_axis_off()
            continue
        image = axes.imshow(
            panels[index], vmin=low, vmax=high, cmap=colours, interpolation="nearest"
        )
        axes.grid(False)
        if len(panels) > 1:
            axes.set_title(str(index))
        _ticks(axes, names, first=index % across == 0)
    figure.colorbar(image, ax=grid, shrink=0.8, aspect=30)


def _ticks(
    axes: Axes,
    names: tuple[Sequence[Any] | None, Sequence[Any] | None],
    first: bool,
) -> None:
    rows, columns = names
    if columns is not None:
        axes.set_xticks(range(len(columns)), [str(n) for n in columns], rotation=90)
    if rows is not None:
        axes.set_yticks(range(len(rows)), [str(n) if first else "" for n in rows])


# --- matplotlib -----------------------------------------------------------------------------


def _style() -> AbstractContextManager[None]:
    try:
        from matplotlib import rc_context  # half a second: only for a picture
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "pictures need matplotlib: pip install 'lisptorch-compile[notebook]'",
            name=error.name,
        ) from None
    return rc_context(_STYLE)


def _figure(width: float, height: float) -> Figure:
    """Return a figure of our own: none that ``pyplot`` would show a second time."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained", facecolor="white")


def _show(figure: Figure, words: str) -> None:
    """Show a figure as a bitmap: JupyterLab draws no SVG of a notebook that it does not
    trust yet."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=2 * _DOTS, metadata={"Software": None})
    width, height = (round(inches * _DOTS) for inches in figure.get_size_inches())
    display(
        {"image/png": file.getvalue(), "text/plain": words},
        metadata={"image/png": {"width": width, "height": height}},
        raw=True,
    )
