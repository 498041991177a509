"""Tensors as HTML: small ones as their values, larger ones as heat maps and statistics."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from lisptorch_compile.tools.notebook.names import tensor_line

if TYPE_CHECKING:
    from torch import Tensor

#: A table of values has at most as many rows and columns.
_MOST_CELLS = 10
#: As many matrices of a larger tensor are drawn.
_MOST_MAPS = 12
#: Matrices that are so many times longer than wide are no pictures.
_NARROW = 16
#: The largest picture has this many values on a side; larger matrices are averaged.
_MOST_PIXELS = 128
#: Lengths of the longer side of a picture, in CSS pixels.
_SIDE, _SMALL_SIDE = 224, 96

_BLUE, _RED = "31, 119, 180", "214, 39, 40"  # of values above and below zero
_FONT = "font-family: var(--jp-code-font-family, monospace); font-size: 12px"


def tensor_html(tensor: Tensor) -> str:
    """Return how a notebook shows a tensor."""
    parts = [_header(tensor)]
    if _has_values(tensor):
        parts += _values(tensor.detach())
    return f'<div style="{_FONT}; line-height: 1.5">{"".join(parts)}</div>'


def _header(tensor: Tensor) -> str:
    notes = [] if tensor.device.type != "cpu" else ["cpu"]
    if not _is_plain(tensor):
        notes.append(str(tensor.layout).removeprefix("torch."))
    if tensor.requires_grad:
        notes.append("requires grad" if tensor.is_leaf else "has grad_fn")
    if tensor.is_leaf and tensor.grad is not None:
        notes.append("grad is set")
    return f"<div><b>{tensor_line(tensor)}</b> {_faint(' · '.join(notes))}</div>"


def _faint(text: str) -> str:
    return f'<span style="opacity: 0.65">{text}</span>'


def _is_plain(tensor: Tensor) -> bool:
    import torch

    return tensor.layout is torch.strided and not tensor.is_quantized


def _has_values(tensor: Tensor) -> bool:
    readable = _is_plain(tensor) and not tensor.is_meta and not tensor.is_complex()
    return readable and tensor.numel() > 0


def _values(tensor: Tensor) -> Iterable[str]:
    if tensor.ndim <= 2 and max(tensor.shape, default=1) <= _MOST_CELLS:
        yield _table(tensor)
        return
    maps = _maps(tensor)
    if maps:
        yield maps
    elif tensor.ndim <= 2:
        yield _table(tensor[:_MOST_CELLS, ...][..., :_MOST_CELLS], more=True)
    yield _statistics(tensor)


# --- values --------------------------------------------------------------------------------


def _table(tensor: Tensor, more: bool = False) -> str:
    """Return the values of a number, a vector or a matrix, deeper where they are larger.

    ``more``: there are values behind those that are shown.
    """
    rows: list[list[Any]] = tensor.reshape(
        -1, max(1, tensor.shape[-1:].numel())
    ).tolist()
    largest = max(
        (abs(v) for row in rows for v in row if abs(v) < float("inf")), default=0
    )
    end = _faint("…") if more else ""
    lines = [
        f"<tr>{''.join(_cell(v, largest) for v in row)}<td>{end}</td></tr>"
        for row in rows
    ]
    return f'<table style="{_FONT}; margin: 4px 0; border-collapse: collapse">{"".join(lines)}</table>'


def _cell(value: float, largest: float) -> str:
    depth = 0.6 * abs(value) / largest if largest and abs(value) <= largest else 0
    colour = _BLUE if value >= 0 else _RED
    shade = f"background: rgba({colour}, {depth:.2f})"
    return f'<td style="text-align: right; padding: 1px 8px; {shade}">{_number(value)}</td>'


def _number(value: float) -> str:
    shown = str(value) if isinstance(value, int) else f"{value:.4g}"
    return shown.replace("-", "−")


def _statistics(tensor: Tensor) -> str:
    """Return the least, the mean, the largest of the values, their spread, and what is odd."""
    real = tensor.double()
    finite = real[real.isfinite()]
    shown = []
    if finite.numel():
        shown = [
            f"min {_number(finite.min().item())}",
            f"mean {_number(finite.mean().item())}",
            f"max {_number(finite.max().item())}",
            f"std {_number(finite.std(correction=0).item())}",
        ]
    odd = {"nan": int(real.isnan().sum()), "inf": int(real.isinf().sum())}
    warnings = [
        f'<b style="color: rgb({_RED})">{count:,} {name}</b>'
        for name, count in odd.items()
        if count
    ]
    return f"<div>{' &nbsp; '.join([*map(_faint, shown), *warnings])}</div>"


# --- heat maps -----------------------------------------------------------------------------


def _maps(tensor: Tensor) -> str:
    """Return pictures of the matrices of a tensor, empty where there are too many, or none."""
    if tensor.ndim < 2 or max(tensor.shape[-2:]) > _NARROW * min(tensor.shape[-2:]):
        return ""
    matrices = tensor.reshape(-1, *tensor.shape[-2:])
    if len(matrices) > _MOST_MAPS:
        return ""
    side = _SIDE if len(matrices) == 1 else _SMALL_SIDE
    pictures = _pictures(matrices, side)
    row = "display: flex; flex-wrap: wrap; gap: 6px; margin: 4px 0"
    return f'<div style="{row}">{"".join(pictures)}</div>' if pictures else ""


def _pictures(matrices: Tensor, side: int) -> Sequence[str]:
    """Return a picture of each matrix, all in one scale."""
    import torch

    try:
        from matplotlib.image import imsave
    except ModuleNotFoundError:  # the statistics are shown all the same
        return ()
    rows, columns = matrices.shape[-2:]
    values = torch.nan_to_num(matrices.float(), posinf=0.0, neginf=0.0)
    values = torch.nn.functional.adaptive_avg_pool2d(
        values[None], (min(rows, _MOST_PIXELS), min(columns, _MOST_PIXELS))
    )[0].cpu()
    low, high, colours = scale(float(values.min()), float(values.max()))
    height, width = [max(4, side * n // max(rows, columns)) for n in (rows, columns)]
    shown = []
    for picture in values:
        file = io.BytesIO()
        imsave(file, picture.numpy(), vmin=low, vmax=high, cmap=colours, format="png")
        data = base64.b64encode(file.getvalue()).decode()
        shown.append(
            f'<img width="{width}" height="{height}" style="image-rendering: pixelated" '
            f'src="data:image/png;base64,{data}">'
        )
    return shown


def scale(low: float, high: float) -> tuple[float, float, str]:
    """Return the limits and the colour map that show values best: zero is white if inside."""
    if low < 0 < high:
        most = max(-low, high)
        return -most, most, "RdBu"
    return low, max(high, low + 1e-12), "viridis"
