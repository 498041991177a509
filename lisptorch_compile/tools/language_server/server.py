"""The language server, on pygls: ``lisptorch lsp`` starts it on the standard streams."""

from __future__ import annotations

import asyncio
import gc
from functools import cached_property

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path
from pygls.workspace import PositionCodec

from lisptorch_compile import __version__
from lisptorch_compile.api import CompileError
from lisptorch_compile.diagnostics import Diagnostic, Source, Span
from lisptorch_compile.tools.documentation import page_of_code
from lisptorch_compile.tools.formatting import format_text
from lisptorch_compile.tools.language_server.content import (
    COMPLETION_KINDS,
    SYMBOL_KINDS,
    as_markup,
    changed_part,
    message_of,
    severity_of,
)
from lisptorch_compile.tools.language_server.documents import Documents
from lisptorch_compile.tools.language_server.places import offset_of, range_of
from lisptorch_compile.tools.services import (
    Analysis,
    DefinedSymbol,
    completions,
    definition,
    hover,
    name_refusal,
    references,
    rename_refusal,
    signature_help,
    symbols,
)

#: How long to wait for further changes before looking for mistakes, in seconds: those that
#: came while the last ones were looked for, or that a completion makes, come at once.
PAUSE = 0.005

#: A pause in which to look for garbage, in seconds: between two keys it would be felt.
REST = 1.0


class LispServer(LanguageServer):
    """A server for LispE."""

    def __init__(self) -> None:
        super().__init__("lisptorch", __version__)
        self._tidying: asyncio.TimerHandle | None = None

    @cached_property
    def documents(self) -> Documents:
        """The texts of the editor; once it has said hello."""
        return Documents(self.workspace)

    @property
    def codec(self) -> PositionCodec:
        """How the client counts columns."""
        return self.workspace.position_codec

    def at(self, uri: str, position: types.Position) -> tuple[Analysis, int]:
        """Return the analysis of a document, and the offset of a position in it."""
        analysis = self.documents.analysis(uri)
        return analysis, offset_of(analysis.source, position, self.codec)

    def range(self, source: Source, span: Span) -> types.Range:
        """Return a span as the client counts."""
        return range_of(source, span, self.codec)

    def tidy_at_rest(self) -> None:
        """Collect garbage as soon as nothing is asked for a while."""
        if self._tidying is not None:
            self._tidying.cancel()
        self._tidying = asyncio.get_running_loop().call_later(REST, gc.collect)

    def publish(self, uri: str) -> None:
        """Tell the client what is wrong with a document."""
        document = self.workspace.get_text_document(uri)
        analysis = self.documents.analysis(uri)
        found = [self.diagnostic(uri, d, analysis.source) for d in analysis.diagnostics]
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, found, document.version)
        )

    def diagnostic(
        self, uri: str, found: Diagnostic, source: Source
    ) -> types.Diagnostic:
        """Return a diagnostic of a document as the client knows it."""
        page = page_of_code(found.code)
        related = [
            types.DiagnosticRelatedInformation(
                types.Location(uri, self.range(source, note.span)), note.message
            )
            for note in found.notes
        ]
        return types.Diagnostic(
            self.range(source, found.span),
            message_of(found),
            severity=severity_of(found),
            code=found.code,
            code_description=None if page is None else types.CodeDescription(page),
            source="lisptorch",
            related_information=related,
        )


def made_server() -> LispServer:
    """Return a server that answers all that this module knows.

    From now on this process collects garbage only where the server does.
    """
    gc.disable()
    server = LispServer()
    for feature, answer, options in _FEATURES:
        server.feature(feature, options)(answer)
    return server


# --- documents ------------------------------------------------------------------------


def _opened(server: LispServer, params: types.DidOpenTextDocumentParams) -> None:
    _publish_all(server, params.text_document.uri)


async def _changed(
    server: LispServer, params: types.DidChangeTextDocumentParams
) -> None:
    """Look for mistakes as soon as nothing else is typed."""
    uri, version = params.text_document.uri, params.text_document.version
    await asyncio.sleep(PAUSE)
    document = server.workspace.text_documents.get(uri)
    if document is not None and document.version == version:
        _publish_all(server, uri)


def _publish_all(server: LispServer, uri: str) -> None:
    others = server.documents.changed(uri)
    server.publish(uri)
    for other in others:
        server.publish(other)
    server.tidy_at_rest()


def _closed(server: LispServer, params: types.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    server.documents.close(uri)
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


# --- questions ------------------------------------------------------------------------


def _hover(server: LispServer, params: types.HoverParams) -> types.Hover | None:
    uri = params.text_document.uri
    analysis, offset = server.at(uri, params.position)
    found = hover(analysis, offset)
    if found is None:
        return None
    python = server.documents.document(uri).python_at(analysis, found.span.start)
    content = as_markup(found.description, python)
    return types.Hover(content, server.range(analysis.source, found.span))


def _complete(
    server: LispServer, params: types.CompletionParams
) -> types.CompletionList:
    analysis, offset = server.at(params.text_document.uri, params.position)
    items = [
        types.CompletionItem(
            item.label,
            kind=COMPLETION_KINDS[item.kind],
            detail=item.signature or None,
            documentation=item.doc or None,
            sort_text=f"{number:05}",  # ours: the nearest first
            text_edit=types.TextEdit(
                server.range(analysis.source, item.span), item.label
            ),
        )
        for number, item in enumerate(completions(analysis, offset))
    ]
    return types.CompletionList(is_incomplete=False, items=items)


def _signature(
    server: LispServer, params: types.SignatureHelpParams
) -> types.SignatureHelp | None:
    analysis, offset = server.at(params.text_document.uri, params.position)
    found = signature_help(analysis, offset)
    if found is None:
        return None
    signatures = [
        types.SignatureInformation(
            signature,
            documentation=found.description.doc or None,
            parameters=[
                types.ParameterInformation(part)
                for part in signature.strip("()").split()[1:]
            ],
        )
        for signature in found.description.signatures
    ]
    return types.SignatureHelp(signatures, 0, found.argument)


def _definition(
    server: LispServer, params: types.DefinitionParams
) -> types.Location | None:
    uri = params.text_document.uri
    analysis, offset = server.at(uri, params.position)
    found = definition(analysis, offset)
    if found is None:
        return None
    if found.source.filename != analysis.source.filename:
        uri = from_fs_path(found.source.filename) or uri
    return types.Location(uri, server.range(found.source, found.span))


def _references(
    server: LispServer, params: types.ReferenceParams
) -> list[types.Location]:
    _, offset = server.at(params.text_document.uri, params.position)
    return [
        types.Location(uri, server.range(source, span))
        for uri, source, spans in server.documents.uses(
            params.text_document.uri, offset
        )
        for span in spans
    ]


def _highlight(
    server: LispServer, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight]:
    analysis, offset = server.at(params.text_document.uri, params.position)
    found = references(analysis, offset)
    return [types.DocumentHighlight(server.range(analysis.source, s)) for s in found]


def _symbols(
    server: LispServer, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol]:
    analysis = server.documents.analysis(params.text_document.uri)

    def made(symbol: DefinedSymbol) -> types.DocumentSymbol:
        return types.DocumentSymbol(
            symbol.name,
            SYMBOL_KINDS[symbol.kind],
            server.range(analysis.source, symbol.span),
            server.range(analysis.source, symbol.name_span),
            children=[made(child) for child in symbol.children],
        )

    return [made(symbol) for symbol in symbols(analysis)]


# --- changes --------------------------------------------------------------------------


def _prepare_rename(
    server: LispServer, params: types.PrepareRenameParams
) -> types.Range:
    analysis, offset = server.at(params.text_document.uri, params.position)
    _refuse(rename_refusal(analysis, offset))
    around = [s for s in references(analysis, offset) if s.start <= offset <= s.end]
    return server.range(analysis.source, around[0])


def _rename(server: LispServer, params: types.RenameParams) -> types.WorkspaceEdit:
    uri, name = params.text_document.uri, params.new_name
    analysis, offset = server.at(uri, params.position)
    _refuse(rename_refusal(analysis, offset))
    changes: dict[str, list[types.TextEdit]] = {}
    for place, source, spans in server.documents.uses(uri, offset):
        _refuse(name_refusal(server.documents.analysis(place), name))
        ranges = [server.range(source, span) for span in spans]
        changes[place] = [types.TextEdit(each, name) for each in ranges]
    return types.WorkspaceEdit(changes)


def _refuse(reason: str | None) -> None:
    if reason is not None:
        raise JsonRpcException(reason, code=types.LSPErrorCodes.RequestFailed)


def _format(
    server: LispServer, params: types.DocumentFormattingParams
) -> list[types.TextEdit]:
    analysis = server.documents.analysis(params.text_document.uri)
    try:
        result = format_text(analysis.text, analysis.source.filename)
    except CompileError:
        return []  # its diagnostics say why
    start, end, text = changed_part(analysis.source, result)
    if start == end and not text:
        return []
    return [types.TextEdit(server.range(analysis.source, Span(start, end)), text)]


def _fixes(
    server: LispServer, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """Offer what mends the mistakes at the cursor."""
    uri = params.text_document.uri
    analysis, start = server.at(uri, params.range.start)
    _, end = server.at(uri, params.range.end)

    def touches(span: Span) -> bool:
        return span.start <= end and start <= span.end

    return [
        types.CodeAction(
            fix.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[server.diagnostic(uri, found, analysis.source)],
            is_preferred=len(found.fixes) == 1,
            edit=types.WorkspaceEdit(
                {
                    uri: [
                        types.TextEdit(
                            server.range(analysis.source, fix.span), fix.text
                        )
                    ]
                }
            ),
        )
        for found in analysis.diagnostics
        for fix in found.fixes
        if touches(found.span) or touches(fix.span)
    ]


_FEATURES = (
    (types.TEXT_DOCUMENT_DID_OPEN, _opened, None),
    (types.TEXT_DOCUMENT_DID_CHANGE, _changed, None),
    (types.TEXT_DOCUMENT_DID_CLOSE, _closed, None),
    (types.TEXT_DOCUMENT_HOVER, _hover, None),
    (
        types.TEXT_DOCUMENT_COMPLETION,
        _complete,
        types.CompletionOptions(trigger_characters=["("]),
    ),
    (
        types.TEXT_DOCUMENT_SIGNATURE_HELP,
        _signature,
        types.SignatureHelpOptions(trigger_characters=[" "]),
    ),
    (types.TEXT_DOCUMENT_DEFINITION, _definition, None),
    (types.TEXT_DOCUMENT_REFERENCES, _references, None),
    (types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, _highlight, None),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _symbols, None),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, _prepare_rename, None),
    (types.TEXT_DOCUMENT_RENAME, _rename, types.RenameOptions(prepare_provider=True)),
    (types.TEXT_DOCUMENT_FORMATTING, _format, None),
    (
        types.TEXT_DOCUMENT_CODE_ACTION,
        _fixes,
        types.CodeActionOptions([types.CodeActionKind.QuickFix]),
    ),
)
