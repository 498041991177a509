"""The language server, asked by a real client over the standard streams."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from lsprotocol import types
from programs import ROOT, run_python
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient

TOOLS = """\
; The area of a rectangle.
(defun area (width height)
   (* width height))
"""
MAIN = """\
(load "tools.lsp")
(setq name "𝄞 é")
(defun double (x) (* 2 (area x 1)))
(println (double 4) name (torch_softmax (torch_ones (integers 2 3)) 1))
"""


class Editor:
    """An editor with a folder open; ``problems`` has what it was told of each file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = LanguageClient("editor", "1")
        self.problems: dict[str, list[types.PublishDiagnosticsParams]] = {}
        self.told = asyncio.Condition()

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        async def note(params: types.PublishDiagnosticsParams) -> None:
            async with self.told:
                name = params.uri.rpartition("/")[2]
                self.problems.setdefault(name, []).append(params)
                self.told.notify_all()

    async def start(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = (sys.executable, "-m", "lisptorch_compile", "lsp")
        await self.client.start_io(*command, env=environment)
        folder = types.WorkspaceFolder(self.folder.as_uri(), "project")
        answer = await self.client.initialize_async(
            types.InitializeParams(
                types.ClientCapabilities(), workspace_folders=[folder]
            )
        )
        assert answer.server_info is not None
        assert answer.server_info.name == "lisptorch"
        self.client.initialized(types.InitializedParams())

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def document(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    async def open(self, name: str, text: str) -> list[types.Diagnostic]:
        item = types.TextDocumentItem(self.uri(name), "lispe", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await self.problems_of(name, 1)

    async def write(
        self, name: str, version: int, place: types.Range, text: str
    ) -> None:
        change = types.TextDocumentContentChangePartial(place, text)
        document = types.VersionedTextDocumentIdentifier(version, self.uri(name))
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(document, [change])
        )

    async def problems_of(self, name: str, version: int) -> list[types.Diagnostic]:
        async with self.told:
            while True:
                for told in self.problems.get(name, ()):
                    if told.version == version:
                        return list(told.diagnostics)
                await asyncio.wait_for(self.told.wait(), 30)


Scenario = Callable[[Editor], Awaitable[None]]


@pytest.fixture
def play(tmp_path: Path) -> Callable[[Scenario], None]:
    """Play a scenario in an editor whose folder holds two files."""
    (tmp_path / "tools.lsp").write_text(TOOLS, encoding="utf-8")
    (tmp_path / "main.lsp").write_text(MAIN, encoding="utf-8")

    def played(scenario: Scenario) -> None:
        async def session() -> None:
            editor = Editor(tmp_path)
            await editor.start()
            try:
                await scenario(editor)
            finally:
                await editor.stop()

        asyncio.run(session())

    return played


def at(line: int, column: int) -> types.Position:
    return types.Position(line, column)


def between(line: int, start: int, end: int) -> types.Range:
    return types.Range(at(line, start), at(line, end))


def test_mistakes_are_shown_as_they_are_written(
    play: Callable[[Scenario], None],
) -> None:
    async def scenario(editor: Editor) -> None:
        assert await editor.open("main.lsp", MAIN) == []
        # `(area` behind two characters that UTF-16 counts as three
        await editor.write("main.lsp", 2, between(1, 18, 18), " (aera 1 2)")
        await editor.write("main.lsp", 3, between(1, 0, 0), "(")
        (fault,) = await editor.problems_of("main.lsp", 3)
        assert fault.code == "LT0103" and "do not balance" in fault.message
        await editor.write("main.lsp", 4, between(1, 0, 1), "")
        found = await editor.problems_of("main.lsp", 4)
        unknown = next(each for each in found if each.code == "LT0302")
        assert unknown.severity is types.DiagnosticSeverity.Error
        assert unknown.message.endswith("help: did you mean `area`?")
        assert unknown.range == between(1, 20, 24)
        assert unknown.source == "lisptorch"

    play(scenario)


def test_mistakes_are_mended_by_quick_fixes(
    play: Callable[[Scenario], None],
) -> None:
    async def scenario(editor: Editor) -> None:
        async def offered(place: types.Range) -> list[tuple[str, list[types.TextEdit]]]:
            actions = await editor.client.text_document_code_action_async(
                types.CodeActionParams(
                    editor.document("main.lsp"), place, types.CodeActionContext([])
                )
            )
            found = []
            for action in actions or ():
                assert isinstance(action, types.CodeAction)
                assert action.kind == types.CodeActionKind.QuickFix
                assert action.edit is not None and action.edit.changes is not None
                (edits,) = action.edit.changes.values()
                found.append((action.title, list(edits)))
            return found

        await editor.open("main.lsp", '(println "😀" (sqrtt 2))\n(setq a 1)\n')
        edit = types.TextEdit(between(0, 15, 20), "sqrt")
        assert await offered(between(0, 17, 17)) == [("replace it by `sqrt`", [edit])]
        assert await offered(between(1, 3, 3)) == []
        await editor.write("main.lsp", 2, between(1, 9, 10), "")
        edit = types.TextEdit(between(1, 9, 9), ")")
        assert await offered(between(1, 9, 9)) == [("add `)` in line 2", [edit])]

    play(scenario)


def test_change_of_a_loaded_file_is_seen_before_it_is_saved(
    play: Callable[[Scenario], None],
) -> None:
    async def scenario(editor: Editor) -> None:
        assert await editor.open("tools.lsp", TOOLS) == []
        assert await editor.open("main.lsp", MAIN) == []
        editor.problems.clear()
        await editor.write("tools.lsp", 2, between(1, 7, 11), "surface")
        (unknown,) = await editor.problems_of("main.lsp", 1)
        assert "`area`" in unknown.message
        assert await editor.problems_of("tools.lsp", 2) == []

    play(scenario)


def test_names_are_explained_completed_and_found(
    play: Callable[[Scenario], None],
) -> None:
    async def scenario(editor: Editor) -> None:
        await editor.open("main.lsp", MAIN)
        client, main = editor.client, editor.document("main.lsp")

        async def hover(line: int, column: int) -> str:
            found = await client.text_document_hover_async(
                types.HoverParams(main, at(line, column))
            )
            assert found is not None
            assert isinstance(found.contents, types.MarkupContent)
            return found.contents.value

        own = await hover(2, 25)
        assert "(area width height)" in own and "The area of a rectangle." in own
        builtin = await hover(3, 27)
        assert "(torch_softmax " in builtin and ".softmax(1)" in builtin

        completed = await client.text_document_completion_async(
            types.CompletionParams(main, at(3, 12))
        )
        assert isinstance(completed, types.CompletionList)
        labels = [item.label for item in completed.items]
        assert labels[0] == "double" and "area" not in labels
        edit = completed.items[0].text_edit
        assert isinstance(edit, types.TextEdit) and edit.range == between(3, 10, 12)

        helped = await client.text_document_signature_help_async(
            types.SignatureHelpParams(main, at(2, 31))
        )
        assert helped is not None and helped.active_parameter == 1
        assert helped.signatures[0].label == "(area width height)"
        names = [part.label for part in helped.signatures[0].parameters or ()]
        assert names == ["width", "height"]

        defined = await client.text_document_definition_async(
            types.DefinitionParams(main, at(2, 25))
        )
        assert defined == types.Location(editor.uri("tools.lsp"), between(1, 7, 11))

        outline = await client.text_document_document_symbol_async(
            types.DocumentSymbolParams(main)
        )
        assert [each.name for each in outline or ()] == ["name", "double"]

    play(scenario)


def test_name_is_renamed_in_all_files_of_the_program(
    play: Callable[[Scenario], None],
) -> None:
    async def scenario(editor: Editor) -> None:
        await editor.open("tools.lsp", TOOLS)  # main.lsp stays closed
        client, tools = editor.client, editor.document("tools.lsp")
        found = await client.text_document_references_async(
            types.ReferenceParams(
                types.ReferenceContext(include_declaration=True), tools, at(1, 8)
            )
        )
        expected = {"tools.lsp": between(1, 7, 11), "main.lsp": between(2, 24, 28)}
        places = {editor.uri(name): place for name, place in expected.items()}
        assert {each.uri: each.range for each in found or ()} == places

        ready = await client.text_document_prepare_rename_async(
            types.PrepareRenameParams(tools, at(1, 8))
        )
        assert ready == between(1, 7, 11)
        edit = await client.text_document_rename_async(
            types.RenameParams(tools, at(1, 8), "surface")
        )
        assert edit is not None
        assert {uri: list(edits) for uri, edits in (edit.changes or {}).items()} == {
            uri: [types.TextEdit(place, "surface")] for uri, place in places.items()
        }
        for name, reason in (
            ("println", "`println` is a function of LispE"),
            ("double", "there is a `double` already in"),
            ("a b", "`a b` is no name in LispE"),
        ):
            with pytest.raises(JsonRpcException, match=reason):
                await client.text_document_rename_async(
                    types.RenameParams(tools, at(1, 8), name)
                )
        local = await client.text_document_rename_async(
            types.RenameParams(tools, at(2, 6), "w")
        )
        assert local is not None and local.changes is not None
        edits = local.changes[editor.uri("tools.lsp")]
        assert [each.range for each in edits] == [
            between(1, 13, 18),
            between(2, 6, 11),
        ]

    play(scenario)


def test_document_is_laid_out(play: Callable[[Scenario], None]) -> None:
    async def scenario(editor: Editor) -> None:
        await editor.open("ugly.lsp", "(setq a 1)\n(println  a)\n")
        client = editor.client
        options = types.FormattingOptions(tab_size=3, insert_spaces=True)
        edits = await client.text_document_formatting_async(
            types.DocumentFormattingParams(editor.document("ugly.lsp"), options)
        )
        assert list(edits or ()) == [types.TextEdit(between(1, 9, 10), "")]
        await editor.open("broken.lsp", "(setq a")
        edits = await client.text_document_formatting_async(
            types.DocumentFormattingParams(editor.document("broken.lsp"), options)
        )
        assert list(edits or ()) == []

    play(scenario)


def test_missing_extra_is_named() -> None:
    program = (
        "import sys; sys.modules['pygls'] = None; sys.modules['pygls.exceptions'] = None\n"
        "from lisptorch_compile.cli import run_command_line\n"
        "sys.exit(run_command_line(['lsp']))"
    )
    ran = run_python("-c", program)
    assert ran.returncode == 3
    assert 'pip install "lisptorch-compile[lsp]"' in ran.stderr
