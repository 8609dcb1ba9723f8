// The basket as a tree: files and their ranges in the order in which they will be copied, with their tokens, and the total against
// the budget. What is in it is the server's; the order is the person's.

import * as vscode from "vscode";
import { type Group, grouped as byFile, moved, ordered, stepped } from "./basketOrder";
import { basketBudget } from "./config";
import { allowed, bar, grouped } from "./numbers";
import type { BasketState, Run, Snippet } from "./protocol";
import type { Server } from "./server";
import { place } from "./target";

const MIME = "application/vnd.code.tree.compressionlayer.basket";
const FILES = "text/uri-list";

/** Edits change tokens and states of snippets; they are asked for once typing rests. */
const REST = 500;

type Node = Group | Snippet;

const isGroup = (node: Node): node is Group => "snippets" in node;

export class Basket
  implements vscode.TreeDataProvider<Node>, vscode.TreeDragAndDropController<Node>, vscode.Disposable
{
  readonly dragMimeTypes = [MIME];
  readonly dropMimeTypes = [MIME, FILES];
  private readonly changes = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  private readonly view: vscode.TreeView<Node>;
  private readonly subscriptions: vscode.Disposable[];
  private snippets: Snippet[] = [];
  /** The person's own order; empty for the server's. */
  private order: number[] = [];
  private groups: Group[] = [];
  private timer: NodeJS.Timeout | undefined;
  private known = 0;

  constructor(
    private readonly server: Server,
    private readonly run: (params: Run) => Promise<unknown>,
  ) {
    this.view = vscode.window.createTreeView("compressionLayer.basket", {
      treeDataProvider: this,
      dragAndDropController: this,
      canSelectMany: true,
    });
    this.subscriptions = [
      this.view,
      this.changes,
      server.onDidChange(() => {
        const count = server.status?.snippets ?? 0;
        if (count !== this.known) {
          this.known = count;
          void this.refresh();
        }
      }),
      this.view.onDidChangeVisibility(() => void this.refresh()),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (this.snippets.some((it) => it.uri === event.document.uri.toString())) {
          clearTimeout(this.timer);
          this.timer = setTimeout(() => void this.refresh(), REST);
        }
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("compressionLayer.basket")) {
          this.draw();
        }
      }),
      ...this.commands(),
    ];
    this.draw();
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return isGroup(node) ? fileItem(node) : snippetItem(node);
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      return this.groups;
    }
    return isGroup(node) ? node.snippets : [];
  }

  getParent(node: Node): Node | undefined {
    return isGroup(node) ? undefined : this.groups.find((group) => group.snippets.includes(node));
  }

  handleDrag(nodes: readonly Node[], data: vscode.DataTransfer): void {
    data.set(MIME, new vscode.DataTransferItem(ids(nodes)));
  }

  async handleDrop(onto: Node | undefined, data: vscode.DataTransfer): Promise<void> {
    const dragged = data.get(MIME)?.value as number[] | undefined;
    if (dragged !== undefined) {
      const before = onto === undefined ? undefined : ids([onto])[0];
      this.reorder(moved(this.currentIds(), dragged, before));
      return;
    }
    const list = await data.get(FILES)?.asString();
    const files = (list ?? "").split(/\r?\n/).filter((line) => line !== "");
    try {
      for (const file of files) {
        // The server takes what is open.
        const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(file, true));
        await this.server.request("compressionLayer/basket/add", { document: place(document) });
      }
    } catch (error) {
      this.server.explain(error);
    }
    await this.refresh();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  private commands(): vscode.Disposable[] {
    const on = (name: string, work: (node?: Node, nodes?: Node[]) => Promise<void> | void) =>
      vscode.commands.registerCommand(`compressionLayer.editor.basket.${name}`, async (node?: Node, nodes?: Node[]) => {
        try {
          await work(node, nodes);
        } catch (error) {
          this.server.explain(error);
        }
      });
    return [
      on("copy", () => this.copy()),
      on("clear", async () => {
        this.take(await this.server.request("compressionLayer/basket/clear", {}));
      }),
      on("remove", async (node, nodes) => {
        for (const id of ids(this.meant(node, nodes))) {
          this.take(await this.server.request("compressionLayer/basket/remove", { id }));
        }
      }),
      on("moveUp", (node) => {
        this.step(node, -1);
      }),
      on("moveDown", (node) => {
        this.step(node, 1);
      }),
      on("reveal", async (node) => {
        if (node !== undefined && !isGroup(node)) {
          const range = new vscode.Range(node.firstLine - 1, 0, node.lastLine - 1, Number.MAX_SAFE_INTEGER);
          // The view keeps the keyboard, so that the snippet can be moved or removed with the next key.
          await vscode.window.showTextDocument(vscode.Uri.parse(node.uri, true), { selection: range, preserveFocus: true });
        }
      }),
      on("show", async () => {
        await vscode.commands.executeCommand("compressionLayer.basket.focus");
      }),
    ];
  }

  /** In the person's order, the ids go with the request; otherwise the server orders as the settings say. */
  private async copy(): Promise<void> {
    const own = this.order.length === 0 ? {} : { ids: this.currentIds() };
    await this.run({ act: "basketCopy", what: "basket", ...own });
  }

  private step(node: Node | undefined, by: -1 | 1): void {
    const [first] = this.meant(node);
    if (first !== undefined && !isGroup(first)) {
      this.reorder(stepped(this.currentIds(), first.id, by));
      void this.view.reveal(first, { select: true, focus: true });
    }
  }

  private reorder(order: number[]): void {
    this.order = order;
    this.draw();
  }

  /** A command from the keyboard is for what is selected in the view. */
  private meant(node?: Node, nodes?: readonly Node[]): readonly Node[] {
    if (nodes !== undefined && nodes.length > 0) {
      return nodes;
    }
    return node === undefined ? this.view.selection : [node];
  }

  private currentIds(): number[] {
    return ids(this.groups);
  }

  private async refresh(): Promise<void> {
    if (this.server.state !== "running") {
      this.take({ snippets: [], tokens: 0 });
      return;
    }
    try {
      this.take(await this.server.request("compressionLayer/basket/list", {}));
    } catch {
      // The server is on its way out or in; its next status brings this here again.
    }
  }

  private take(state: BasketState): void {
    this.snippets = state.snippets;
    this.known = state.snippets.length;
    if (this.known === 0) {
      this.order = [];
    }
    this.draw();
  }

  private draw(): void {
    this.groups = byFile(ordered(this.snippets, this.order));
    const tokens = this.snippets.reduce((sum, snippet) => sum + snippet.tokens, 0);
    const most = allowed(basketBudget(), tokens);
    if (this.snippets.length === 0) {
      // The welcome text is shown instead.
      this.view.message = "";
    } else {
      this.view.message = most === undefined ? vscode.l10n.t("{0} tokens, no budget", grouped(tokens)) : bar(tokens, most);
    }
    this.view.badge =
      this.snippets.length === 0
        ? undefined
        : { value: this.snippets.length, tooltip: vscode.l10n.t("{0} snippets in the basket", this.snippets.length) };
    void vscode.commands.executeCommand("setContext", "compressionLayer.hasSnippets", this.snippets.length > 0);
    this.changes.fire(undefined);
  }
}

/** The snippets of some nodes, each once. */
function ids(nodes: readonly Node[]): number[] {
  return [...new Set(nodes.flatMap((node) => (isGroup(node) ? node.snippets.map((it) => it.id) : [node.id])))];
}

function fileItem(group: Group): vscode.TreeItem {
  const uri = vscode.Uri.parse(group.uri, true);
  const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.Expanded);
  const tokens = group.snippets.reduce((sum, snippet) => sum + snippet.tokens, 0);
  const first = group.snippets[0];
  // The same file may be there twice, in an order of one's own.
  item.id = `file ${first?.id ?? 0}`;
  item.label = group.path.split(/[\\/]/).pop() ?? group.path;
  item.description = vscode.l10n.t("{0} tokens", grouped(tokens));
  item.iconPath = vscode.ThemeIcon.File;
  item.tooltip = group.path;
  item.contextValue = "file";
  return item;
}

function snippetItem(snippet: Snippet): vscode.TreeItem {
  const one = snippet.firstLine === snippet.lastLine;
  const lines = one
    ? vscode.l10n.t("line {0}", snippet.firstLine)
    : vscode.l10n.t("lines {0}-{1}", snippet.firstLine, snippet.lastLine);
  const item = new vscode.TreeItem(lines, vscode.TreeItemCollapsibleState.None);
  const tokens = vscode.l10n.t("{0} tokens", grouped(snippet.tokens));
  const state = stateName(snippet.state);
  item.id = `snippet ${snippet.id}`;
  item.description = state === "" ? tokens : `${tokens}, ${state}`;
  item.iconPath = new vscode.ThemeIcon(state === "" ? "list-selection" : "edit");
  item.tooltip = `${snippet.path}, ${lines}`;
  item.accessibilityInformation = { label: `${snippet.path}, ${lines}, ${item.description}` };
  item.contextValue = "snippet";
  item.command = {
    command: "compressionLayer.editor.basket.reveal",
    title: vscode.l10n.t("Show"),
    arguments: [snippet],
  };
  return item;
}

function stateName(state: string): string {
  switch (state) {
    case "fresh":
      return "";
    case "changed":
      return vscode.l10n.t("changed");
    case "deleted":
      return vscode.l10n.t("deleted");
    default:
      return state;
  }
}
