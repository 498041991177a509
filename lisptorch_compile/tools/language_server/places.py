"""Offsets in code points, and the positions of the protocol."""

from __future__ import annotations

from lsprotocol import types
from pygls.workspace import PositionCodec, ServerTextPosition

from lisptorch_compile.diagnostics import Source, Span


def position_of(source: Source, offset: int, codec: PositionCodec) -> types.Position:
    """Return the position of an offset: the line from 0, the column in the client's units."""
    line, column = source.position(offset)
    start = source.line_starts[line - 1]
    units = codec.client_num_units(source.text[start : start + column - 1])
    return types.Position(line - 1, units)


def range_of(source: Source, span: Span, codec: PositionCodec) -> types.Range:
    """Return the range of a span."""
    return types.Range(
        position_of(source, span.start, codec), position_of(source, span.end, codec)
    )


def offset_of(source: Source, position: types.Position, codec: PositionCodec) -> int:
    """Return the offset of a position; one behind the text is its end."""
    if position.line >= len(source.line_starts):
        return len(source.text)
    line = source.line(position.line + 1)
    place = types.Position(0, position.character)
    found: ServerTextPosition = codec.position_from_client_units([f"{line}\n"], place)
    start = source.line_starts[position.line]
    return start + min(found.character, len(line))
