// What a command is for: the selection of the active editor, or all of it where nothing is selected.

import * as vscode from "vscode";
import { SELECTOR } from "./client";
import type { Place } from "./protocol";

export interface Target {
  document: vscode.TextDocument;
  range: vscode.Range;
  what: "selection" | "file";
  /** Where the server finds it; none where the server does not follow the document. */
  place: Place | undefined;
}

/** What is meant; none where no editor is active. */
export function target(editor = vscode.window.activeTextEditor): Target | undefined {
  if (editor === undefined) {
    return undefined;
  }
  const { document, selection } = editor;
  const isBlank = document.getText(selection).trim() === "";
  const range = isBlank ? new vscode.Range(0, 0, document.lineCount, 0) : selection;
  const followed = vscode.languages.match(SELECTOR as vscode.DocumentSelector, document) > 0;
  return {
    document,
    range,
    what: isBlank ? "file" : "selection",
    place: followed ? place(document, isBlank ? undefined : selection) : undefined,
  };
}

/** All of the document instead of its part. */
export function whole({ document, place: part }: Target): Target {
  const range = new vscode.Range(0, 0, document.lineCount, 0);
  return { document, range, what: "file", place: part === undefined ? undefined : place(document) };
}

/** A part of a document as it is now. */
export function place(document: vscode.TextDocument, range?: vscode.Range): Place {
  const whole = { uri: document.uri.toString(), version: document.version };
  return range === undefined ? whole : { ...whole, range: { start: range.start, end: range.end } };
}
