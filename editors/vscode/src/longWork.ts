// Work that takes long gets a notification with a button that cancels it; what the status bar shows of it has none.

import * as vscode from "vscode";
import type { ProgressToken, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport } from "vscode-languageclient/node";

/** What ends sooner is left to the status bar. */
const LONG = 3_000;

interface Going {
  timer: NodeJS.Timeout;
  percentage: number;
  report: (message: string | undefined, percentage: number) => void;
  end: () => void;
}

export class LongWork {
  private readonly going = new Map<ProgressToken, Going>();

  constructor(private readonly cancel: (token: ProgressToken) => void) {}

  /** Takes in what the server says of some work. */
  heard(token: ProgressToken, value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void {
    const known = this.going.get(token);
    switch (value.kind) {
      case "begin": {
        const show = () => {
          this.show(token, value.title);
        };
        this.going.set(token, { timer: setTimeout(show, LONG), percentage: 0, report: () => undefined, end: () => undefined });
        break;
      }
      case "report":
        if (known !== undefined) {
          known.percentage = value.percentage ?? known.percentage;
          known.report(value.message, known.percentage);
        }
        break;
      case "end":
        this.end(token);
    }
  }

  /** The server is gone, and all its work with it. */
  clear(): void {
    for (const token of [...this.going.keys()]) {
      this.end(token);
    }
  }

  private end(token: ProgressToken): void {
    const known = this.going.get(token);
    this.going.delete(token);
    clearTimeout(known?.timer);
    known?.end();
  }

  private show(token: ProgressToken, title: string): void {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, (progress, cancelled) => {
      cancelled.onCancellationRequested(() => {
        this.cancel(token);
      });
      let shown = 0;
      return new Promise<void>((resolve) => {
        const known = this.going.get(token);
        if (known === undefined) {
          resolve();
          return;
        }
        known.end = resolve;
        known.report = (message, percentage) => {
          progress.report({ ...(message === undefined ? {} : { message }), increment: percentage - shown });
          shown = percentage;
        };
        known.report(undefined, known.percentage);
      });
    });
  }
}
