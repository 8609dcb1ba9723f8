"""The whole session of an editor, over stdio, by a client that nobody here wrote: pytest-lsp.

The client checks each message against the specification and against what the client said it can do; each such warning
is an error here. Edits are applied by the client's own model of a document, which is compared with the server's.
`main.rs` runs this file; COMPRESSION_LAYER_PROGRAM names the program.
"""

import asyncio
import os
import pathlib
import uuid

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.workspace import PositionCodec, TextDocument
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities, make_test_lsp_client

DEMO = pathlib.Path(__file__).parents[2] / "demo"
EDITORS = ["neovim", "visual-studio-code"]
DEADLINE = 60
CONTENT_MODIFIED = -32801
REQUEST_CANCELLED = -32800
TOKEN = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"


def factory() -> LanguageClient:
    client = make_test_lsp_client()
    # The library takes every action that has a command for a bare command.
    either = lambda it, _: client.protocol._converter.structure(it, types.Command if is_command(it) else types.CodeAction)
    client.protocol._converter.register_structure_hook(types.Command | types.CodeAction, either)
    client.copied, client.inputs, client.statuses, client.registered, client.refused_edits = [], [], [], [], []
    client.documents = {}
    client.partial = {}
    client.news = asyncio.Condition()

    async def tell():
        async with client.news:
            client.news.notify_all()

    @client.feature("compressionLayer/copy")
    async def copy(params):
        client.copied.append(params)
        await tell()

    @client.feature("compressionLayer/input")
    def ask(params):
        return client.inputs.pop(0)

    @client.feature("compressionLayer/statusChanged")
    async def status(params):
        client.statuses.append(params)
        await tell()

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams):
        client.registered.extend(params.registrations)

    @client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
    async def refresh(params):
        await tell()

    @client.feature(types.WORKSPACE_APPLY_EDIT)
    async def apply(params: types.ApplyWorkspaceEditParams):
        apply_edit(client, params.edit)
        await tell()
        return types.ApplyWorkspaceEditResult(applied=True)

    for method in [types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, types.WINDOW_SHOW_MESSAGE, types.PROGRESS]:
        original = client.protocol.fm.features.pop(method)

        @client.feature(method)
        async def heard(params, original=original, method=method):
            value = getattr(params, "value", None)
            if method == types.PROGRESS and not (isinstance(value, dict) and "kind" in value):
                client.partial.setdefault(params.token, []).append(field(value, "text"))
            else:
                original(params)
            await tell()

    return client


def is_command(value):
    return isinstance(value.get("command"), str)


def field(value, name):
    return value[name] if isinstance(value, dict) else getattr(value, name)


async def until(client, what):
    """Waits for what a message brings."""
    async with asyncio.timeout(DEADLINE):
        async with client.news:
            await client.news.wait_for(what)


def request(client, method, params=None, id=None):
    return asyncio.wait_for(client.protocol.send_request_async(method, params, id), DEADLINE)


async def refused(answer) -> JsonRpcException:
    with pytest.raises(JsonRpcException) as refusal:
        await answer
    return refusal.value


def open_document(client, uri, language, text):
    document = TextDocument(uri, text, 1, language, position_codec=PositionCodec(encoding=client.encoding))
    client.documents[uri] = document
    item = types.TextDocumentItem(uri=uri, language_id=language, version=1, text=text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    return document


def change(client, document, range, text):
    """Types something: the client's document and the server's change alike."""
    event = types.TextDocumentContentChangePartial(range=range, text=text)
    document.apply_change(event)
    document.version += 1
    identifier = types.VersionedTextDocumentIdentifier(uri=document.uri, version=document.version)
    client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [event]))


def apply_edit(client, edit: types.WorkspaceEdit):
    edits = dict(edit.changes or {})
    for change_ in edit.document_changes or []:
        if isinstance(change_, types.TextDocumentEdit):
            document = client.documents[change_.text_document.uri]
            assert change_.text_document.version == (document.version if document else None)
            edits[change_.text_document.uri] = change_.edits
        else:
            assert isinstance(change_, types.CreateFile)
            client.documents[change_.uri] = None
    for uri, of_document in edits.items():
        if client.documents.get(uri) is None:
            open_document(client, uri, "markdown", "".join(it.new_text for it in of_document))
            continue
        key = lambda it: (it.range.start.line, it.range.start.character)
        for it in sorted(of_document, key=key, reverse=True):
            change(client, client.documents[uri], it.range, it.new_text)


async def same_text(client, document):
    seen = await request(client, "compressionLayer/viewText", {"uri": document.uri})
    assert (seen.text, seen.version) == (document.source, document.version)


def lines(first, last):
    return types.Range(types.Position(first, 0), types.Position(last, 0))


CURSOR = types.Range(types.Position(0, 0), types.Position(0, 0))


async def actions(client, document, range, only=None):
    context = types.CodeActionContext(diagnostics=client.diagnostics.get(document.uri, []), only=only)
    identifier = types.TextDocumentIdentifier(document.uri)
    return await client.text_document_code_action_async(types.CodeActionParams(identifier, range, context)) or []


def titled(offered, beginning):
    found = [it for it in offered if it.title.startswith(beginning)]
    assert found, f"no `{beginning}` in {[it.title for it in offered]}"
    return found[0]


def meant(offered, act, what="selection", ask=None, masked=False):
    """The first action that does this; a client that has its own buttons chooses so, too."""
    for it in offered:
        of_it = plain(it.data or it.command.arguments[0])
        if (of_it["act"], of_it["what"], of_it.get("ask"), of_it.get("masked", False)) == (act, what, ask, masked):
            return it
    raise AssertionError(f"no {act} of {what} in {[it.title for it in offered]}")


async def run(client, action):
    command = action.command
    params = types.ExecuteCommandParams(command.command, command.arguments)
    return await asyncio.wait_for(client.workspace_execute_command_async(params), DEADLINE)


async def begin(client, editor, ours=True, options=None, folder=None, encodings=None, **settings):
    capabilities = client_capabilities(editor)
    if ours:
        methods = {"copy": True, "input": True, "status": True}
        capabilities.experimental = {"compressionLayer": methods}
    if encodings:
        capabilities.general.position_encodings = encodings
    client.set_configuration(settings, section="compressionLayer")
    folders = [types.WorkspaceFolder(uri=folder.as_uri(), name="project")] if folder else None
    answer = await client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities, workspace_folders=folders, initialization_options=options
        )
    )
    client.encoding = types.PositionEncodingKind(answer.capabilities.position_encoding)
    return answer


environment = dict(os.environ)
CONFIG = ClientServerConfig([environment["COMPRESSION_LAYER_PROGRAM"], "lsp"], factory, environment)


@pytest_lsp.fixture(config=CONFIG)
async def client(lsp_client: LanguageClient):
    yield
    if lsp_client._server.returncode is None and not getattr(lsp_client, "left", False):
        await lsp_client.shutdown_session()
        assert lsp_client._server.returncode == 0


@pytest.mark.parametrize("editor", EDITORS)
async def test_a_selection_a_symbol_and_a_file_are_compressed(client: LanguageClient, editor):
    answer = await begin(client, editor)
    assert answer.server_info.name == "compression-layer"
    assert answer.capabilities.code_action_provider.resolve_provider
    assert answer.capabilities.position_encoding in ("utf-8", "utf-16")

    text = (DEMO / "incident.md").read_text()
    document = open_document(client, "file:///project/incident.md", "markdown", text)
    offered = await actions(client, document, lines(0, 18))
    action = titled(offered, "Compress selection (balanced): ")
    assert action.kind == "refactor.compress.replace" and action.edit is None and action.command is None
    resolved = await client.code_action_resolve_async(action)
    apply_edit(client, resolved.edit)
    assert len(document.source) < len(text) and document.source.endswith(text[-1000:])
    for atom in ["2026-0417", "6.4 %", "`eu-central-1`", "504", "11,300", "4.18.2", "`PRICING_POOL_MAX`"]:
        assert atom in document.source
    await same_text(client, document)

    # What was resolved of an older text is refused.
    assert (await refused(client.code_action_resolve_async(action))).code == CONTENT_MODIFIED

    whole = titled(await actions(client, document, CURSOR, ["source.compress"]), "Compress file (")
    before = len(document.source)
    apply_edit(client, (await client.code_action_resolve_async(whole)).edit)
    assert len(document.source) < before
    await same_text(client, document)

    code = open_document(client, "untitled:bucket.py", "python", (DEMO / "token_bucket.py").read_text())
    inside = next(number for number, line in enumerate(code.lines) if "def " in line)
    cursor = types.Range(types.Position(inside, 10), types.Position(inside, 10))
    symbol = titled(await actions(client, code, cursor), "Compress `")
    apply_edit(client, (await client.code_action_resolve_async(symbol)).edit)
    await same_text(client, code)


@pytest.mark.parametrize("editor", EDITORS)
async def test_a_client_that_knows_none_of_our_methods_is_served_whole(client: LanguageClient, editor, tmp_path):
    await begin(client, editor, ours=False, folder=tmp_path)
    text = (DEMO / "incident.md").read_text()
    path = tmp_path / "incident.md"
    path.write_text(text)
    document = open_document(client, path.as_uri(), "markdown", text)
    offered = await actions(client, document, lines(0, 18))
    for act in ["copy", "copyForChat", "preview"]:
        action = meant(offered, act)
        assert action.command.command == "compressionLayer.run"
        await run(client, action)
        await until(client, lambda: client.shown_documents)
        shown = pathlib.Path(types_path(client.shown_documents.pop().uri))
        assert "2026-0417" in shown.read_text() and shown.stat().st_mode & 0o077 == 0
    await run(client, meant(offered, "open"))
    beside = client.documents[(tmp_path / "incident.compressed.md").as_uri()]
    assert "2026-0417" in beside.source and len(beside.source) < len(text)
    assert document.source == path.read_text() == text


def types_path(uri):
    from pygls.uris import to_fs_path

    return to_fs_path(uri)


async def test_every_command_and_every_request_of_ours_is_served(client: LanguageClient):
    answer = await begin(client, "visual-studio-code")
    text = (DEMO / "incident.md").read_text()
    document = open_document(client, "file:///project/incident.md", "markdown", text)
    place = {"uri": document.uri, "range": {"start": {"line": 4, "character": 0}, "end": {"line": 9, "character": 0}}}
    short = await request(client, "compressionLayer/compress", {"text": text, "level": "balanced"})
    assert short.receipt.tokens.after < short.receipt.tokens.before and short.handle and short.summary
    assert (await request(client, "compressionLayer/expand", {"handle": short.handle})).text == text
    counted = await request(client, "compressionLayer/count", {"text": short.text})
    assert counted.exact and counted.tokens == short.receipt.tokens.after

    arguments = {
        "compress": {"document": place, "budget": {"ratio": 0.6}, "form": "chat"},
        "count": {"document": place, "tokenizer": "claude"},
        "expand": {"handle": short.handle},
        "estimate": {"document": place},
        "blockAt": {"uri": document.uri, "position": {"line": 2, "character": 3}},
        "basket.add": {"document": place},
        "basket.remove": {"id": 1},
        "basket.compress": {"query": "how long was the outage?"},
        "viewText": {"uri": document.uri},
        "run": {"act": "copyForChat", "what": "file", "document": {"uri": document.uri}},
    }
    order = ["basket.add", "basket.list", "basket.compress", "basket.remove", "basket.clear"]
    commands = [it.removeprefix("compressionLayer.") for it in answer.capabilities.execute_command_provider.commands]
    rank = lambda it: order.index(it) if it in order else len(order)
    # So that there is a block to tell of.
    action = meant(await actions(client, document, lines(2, 6)), "replace")
    apply_edit(client, (await client.code_action_resolve_async(action)).edit)
    for name in sorted(commands, key=rank):
        argument = arguments.get(name)
        params = types.ExecuteCommandParams(f"compressionLayer.{name}", [argument] if argument else None)
        by_command = await asyncio.wait_for(client.workspace_execute_command_async(params), DEADLINE)
        assert by_command is not None, name
        if name not in ("basket.add", "basket.remove", "run"):
            by_request = await request(client, "compressionLayer/" + name.replace(".", "/"), argument)
            if name in ("count", "expand", "viewText", "basket.list", "basket.clear", "models.list"):
                assert plain(by_request) == plain(by_command), name
    assert client.copied[-1].text.startswith("incident.md:1-") or "```" in client.copied[-1].text
    unknown = types.ExecuteCommandParams("compressionLayer.nothing", [])
    assert "compressionLayer.compress" in (await refused(client.workspace_execute_command_async(unknown))).message
    assert (await refused(request(client, "compressionLayer/nothing", {}))).code == -32601


def plain(value):
    """Named tuples and dictionaries as one."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {key: plain(it) for key, it in value.items()}
    return [plain(it) for it in value] if isinstance(value, (list, tuple)) else value


async def test_the_basket_gathers_from_several_files_and_follows_edits(client: LanguageClient):
    await begin(client, "visual-studio-code")
    text = (DEMO / "incident.md").read_text()
    first = open_document(client, "file:///project/a.md", "markdown", text)
    second = open_document(client, "file:///project/b.md", "markdown", text)
    for document in (first, second):
        await run(client, meant(await actions(client, document, lines(8, 16)), "basketAdd"))
    change(client, first, CURSOR, "A new first line.\n")
    listed = await request(client, "compressionLayer/basket/list")
    assert [(it.path, it.firstLine, it.state) for it in listed.snippets] == [
        (listed.snippets[0].path, 10, "fresh"),
        (listed.snippets[1].path, 9, "fresh"),
    ]
    whole = await request(client, "compressionLayer/basket/compress", {})
    # What occurs twice is carried once.
    assert whole.text.count("`PRICING_POOL_MAX`") == 1 and "b.md" in whole.text

    client.partial["parts"] = []
    client.progress_reports["parts"] = []
    streamed = await request(client, "compressionLayer/basket/compress", {"partialResultToken": "parts"})
    assert streamed.text == ""
    await until(client, lambda: "".join(client.partial["parts"]) == whole.text)

    copied = meant(await actions(client, first, CURSOR), "basketCopy", "basket")
    assert "2 snippets" in copied.title
    await run(client, copied)
    assert client.copied[-1].text == whole.text
    assert (await request(client, "compressionLayer/basket/clear")).snippets == []


async def test_long_work_shows_progress_and_is_cancelled_both_ways(client: LanguageClient):
    await begin(client, "visual-studio-code")
    incident = (DEMO / "incident.md").read_text()
    text = "\n".join(incident.replace("2026", str(2100 + number)) for number in range(150))
    document = open_document(client, "file:///project/long.md", "markdown", text)

    client.progress_reports["mine"] = []
    work = {"document": {"uri": document.uri}, "workDoneToken": "mine"}
    id = str(uuid.uuid4())
    answer = asyncio.ensure_future(request(client, "compressionLayer/compress", work, id))
    has = lambda token, kind: any(it.kind == kind for it in client.progress_reports[token])
    await until(client, lambda: has("mine", "report"))
    client.cancel_request(types.CancelParams(id))
    assert (await refused(answer)).code == REQUEST_CANCELLED
    await until(client, lambda: has("mine", "end"))

    known = set(client.progress_reports)
    action = meant(await actions(client, document, CURSOR), "copy", "file")
    answer = asyncio.ensure_future(run(client, action))
    mine = lambda: [it for it in client.progress_reports if it not in known and client.progress_reports[it]]
    await until(client, mine)
    token = mine()[0]
    assert client.progress_reports[token][0].title == "Compressing the file"
    client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
    assert (await refused(answer)).code == REQUEST_CANCELLED
    await until(client, lambda: has(token, "end"))
    # It serves on.
    assert (await request(client, "compressionLayer/status")).queue == 0
    assert client.statuses


async def test_hover_shows_the_receipt_of_what_was_compressed(client: LanguageClient):
    await begin(client, "visual-studio-code")
    document = open_document(client, "file:///project/n.md", "markdown", (DEMO / "incident.md").read_text())
    place = types.HoverParams(types.TextDocumentIdentifier(document.uri), types.Position(2, 3))
    assert await client.text_document_hover_async(place) is None
    action = meant(await actions(client, document, lines(2, 6)), "replace")
    apply_edit(client, (await client.code_action_resolve_async(action)).edit)
    hover = await client.text_document_hover_async(place)
    assert hover.contents.kind == "markdown" and "o200k_base" in hover.contents.value
    assert hover.range.start == types.Position(2, 0)


async def test_settings_come_by_configuration_and_bad_ones_are_named_once(client: LanguageClient):
    await begin(client, "visual-studio-code", level="safe")
    code = open_document(client, "file:///project/b.py", "python", (DEMO / "token_bucket.py").read_text())
    lens = types.CodeLensParams(types.TextDocumentIdentifier(code.uri))
    assert not await client.text_document_code_lens_async(lens)

    client.set_configuration({"level": "balanced", "codeLens": True, "basket": {"order": 7}}, section="compressionLayer")
    settings = types.DidChangeConfigurationParams(settings=None)
    client.workspace_did_change_configuration(settings)
    await until(client, lambda: any("basket.order" in it.message for it in client.messages))
    offered = await actions(client, code, CURSOR, ["source"])
    titled(offered, "Compress file (balanced): ")
    lenses = await client.text_document_code_lens_async(lens)
    assert any("tokens" in it.command.title for it in lenses)
    told = len(client.messages)
    client.workspace_did_change_configuration(settings)
    await request(client, "compressionLayer/status")
    assert len(client.messages) == told
    methods = {it.method for it in client.registered}
    assert types.WORKSPACE_DID_CHANGE_CONFIGURATION in methods


async def test_secrets_are_named_when_copied_and_masked_on_request(client: LanguageClient):
    await begin(client, "visual-studio-code")
    text = (DEMO / "incident.md").read_text() + f"\nexport GITHUB_TOKEN={TOKEN}\n"
    document = open_document(client, "file:///project/s.md", "markdown", text)
    offered = await actions(client, document, CURSOR)
    await run(client, meant(offered, "copy", "file"))
    await until(client, lambda: client.diagnostics.get(document.uri))
    (found,) = client.diagnostics[document.uri]
    assert document.text_in_client_range(found.range) == TOKEN
    assert TOKEN not in found.message and found.severity == types.DiagnosticSeverity.Warning
    assert TOKEN in client.copied[-1].text

    await run(client, meant(offered, "copy", "file", masked=True))
    assert TOKEN not in client.copied[-1].text

    mask = meant(await actions(client, document, CURSOR), "mask", "file")
    assert mask.kind == "quickfix.compress.mask" and list(mask.diagnostics) == [found]
    apply_edit(client, (await client.code_action_resolve_async(mask)).edit)
    assert TOKEN not in document.source
    await until(client, lambda: not client.diagnostics[document.uri])
    await same_text(client, document)


async def test_a_question_is_asked_for_and_a_decline_is_no_error(client: LanguageClient):
    await begin(client, "neovim")
    document = open_document(client, "file:///project/q.md", "markdown", (DEMO / "incident.md").read_text())
    offered = await actions(client, document, lines(0, 40))
    client.inputs = [None]
    assert await run(client, meant(offered, "replace", ask="query")) is None
    client.inputs = ["50%"]
    before = len(document.source)
    await run(client, meant(offered, "replace", ask="budget"))
    assert len(document.source) < before
    await same_text(client, document)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_positions_are_counted_as_agreed(client: LanguageClient, encoding):
    answer = await begin(client, "neovim", encodings=[encoding])
    assert answer.capabilities.position_encoding == encoding
    document = open_document(client, "untitled:Untitled-1", "markdown", "größe 😀 naïve\n😀😀 z\r\nend")
    for column in range(3):
        wide = document.position_codec.client_num_units("größe 😀"[: 5 + column])
        at = types.Position(0, wide)
        change(client, document, types.Range(at, at), "é😀")
    change(client, document, types.Range(types.Position(0, 2), types.Position(1, 1 if encoding == "utf-32" else 4)), "ü\n")
    await same_text(client, document)


async def test_text_cells_of_a_notebook_are_compressed(client: LanguageClient):
    await begin(client, "visual-studio-code")
    text = (DEMO / "incident.md").read_text()
    cell = types.NotebookCell(kind=types.NotebookCellKind.Markup, document="vscode-notebook-cell:/n.ipynb#a")
    notebook = types.NotebookDocument("file:///n.ipynb", "jupyter-notebook", 1, [cell])
    item = types.TextDocumentItem(uri=cell.document, language_id="markdown", version=1, text=text)
    client.notebook_document_did_open(types.DidOpenNotebookDocumentParams(notebook, [item]))
    document = TextDocument(cell.document, text, 1)
    titled(await actions(client, document, lines(0, 18)), "Compress selection (balanced)")
    await same_text(client, document)


async def test_after_shutdown_nothing_is_served_and_leaving_without_it_is_noticed(client: LanguageClient):
    await begin(client, "neovim")
    client.left = True
    await client.shutdown_async(None)
    assert (await refused(request(client, "compressionLayer/status"))).code == -32600
    client.exit(None)
    async with asyncio.timeout(2):
        assert await client._server.wait() == 0


async def test_leaving_without_shutdown_is_an_error(client: LanguageClient):
    await begin(client, "neovim")
    client.left = True
    client.exit(None)
    async with asyncio.timeout(2):
        assert await client._server.wait() == 1
