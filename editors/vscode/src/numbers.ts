// Numbers and receipts as a person reads them.

import { l10n } from "vscode";
import type { Estimated, Omitted, Receipt } from "./protocol";

/** A number with commas between thousands, as the server writes it. */
export function grouped(number: number): string {
  return Math.round(number)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1,243 -> about 598` */
export function sizes(estimate: Estimated): string {
  const before = estimate.exact ? grouped(estimate.before) : l10n.t("about {0}", grouped(estimate.before));
  return estimate.after < estimate.before
    ? l10n.t("{0} -> about {1}", before, grouped(estimate.after))
    : before;
}

/** How many atoms the receipts list as lost. */
export function lostAtoms(receipts: readonly Receipt[]): string[] {
  return receipts.flatMap((receipt) => Object.values(receipt.atoms).flatMap((atoms) => atoms.lost));
}

const sum = (receipts: readonly Receipt[], of: "before" | "after") =>
  receipts.reduce((total, receipt) => total + receipt.tokens[of], 0);

/** Whether anything was saved. */
export function isShorter(receipts: readonly Receipt[]): boolean {
  return sum(receipts, "after") < sum(receipts, "before");
}

/** How many lines of code were left out. */
function omittedLines(receipts: readonly Receipt[]): number {
  return receipts.reduce((total, { omitted }) => Object.values(omitted).reduce((lines, it) => lines + it.lines, total), 0);
}

/** `1,243 -> 598 tokens, 0 atoms lost`, then the lines of code that were left out; or why nothing changed. */
export function brief(receipts: readonly Receipt[]): string {
  const exact = receipts.every((receipt) => receipt.tokens.exact);
  const before = exact ? grouped(sum(receipts, "before")) : l10n.t("about {0}", grouped(sum(receipts, "before")));
  if (!isShorter(receipts)) {
    return l10n.t("{0} tokens, nothing could be shortened", before);
  }
  const lines = omittedLines(receipts);
  const [after, lost] = [grouped(sum(receipts, "after")), lostAtoms(receipts).length];
  return lines === 0
    ? l10n.t("{0} -> {1} tokens, {2} atoms lost", before, after, lost)
    : l10n.t("{0} -> {1} tokens, {2} atoms lost, lines left out: {3}", before, after, lost, grouped(lines));
}

/** A bar of ten cells with its numbers: `▰▰▰▱▱▱▱▱▱▱ 3,100 of 8,000 tokens`. */
export function bar(tokens: number, most: number): string {
  const filled = most > 0 ? Math.min(10, Math.ceil((tokens / most) * 10)) : 10;
  const cells = "▰".repeat(filled) + "▱".repeat(10 - filled);
  return tokens > most
    ? l10n.t("{0} {1} tokens, to be compressed to {2}", cells, grouped(tokens), grouped(most))
    : l10n.t("{0} {1} of {2} tokens", cells, grouped(tokens), grouped(most));
}

/** What the budget of the settings allows of so many tokens: `2000` or `"50%"`; none where nothing is set. */
export function allowed(budget: unknown, tokens: number): number | undefined {
  const text = typeof budget === "number" ? budget.toString() : typeof budget === "string" ? budget.trim() : "";
  const share = /^([0-9.]+)\s*%$/.exec(text)?.[1];
  const most = share === undefined ? Number.parseInt(text, 10) : Math.floor((tokens * Number.parseFloat(share)) / 100);
  return Number.isFinite(most) ? most : undefined;
}

/** A receipt as a page of Markdown. */
export function page(title: string, summary: string, receipt: Receipt): string {
  const lost = lostAtoms([receipt]);
  const omitted = Object.entries(receipt.omitted);
  const none = omitted.length === 0 ? l10n.t("Nothing that matters.") : l10n.t("No atom.");
  const lines = [
    `# ${l10n.t("Receipt: {0}", title)}`,
    "",
    summary,
    "",
    `| ${l10n.t("atoms")} | ${l10n.t("found")} | ${l10n.t("kept")} |`,
    "|---|---|---|",
    ...Object.entries(receipt.atoms).map(([name, atoms]) => `| ${name} | ${atoms.found} | ${atoms.kept} |`),
    "",
    `## ${l10n.t("Lost")}`,
    ...(lost.length === 0 ? [none] : lost.map((atom) => `- ${inline(atom)}`)),
    "",
    ...(omitted.length === 0 ? [] : [`## ${l10n.t("Left out")}`, ...omitted.map(leftOut), ""]),
    `## ${l10n.t("By what")}`,
    ...receipt.segments.map((segment) => {
      const kind = segment.language === undefined ? segment.kind : `${segment.kind} (${segment.language})`;
      const [before, after] = [grouped(segment.bytes_before), grouped(segment.bytes_after)];
      return `- ${l10n.t("{0}: {1}, {2} -> {3} bytes", kind, segment.engine, before, after)}`;
    }),
    ...(receipt.model === null ? [] : ["", l10n.t("Model: {0}", receipt.model.name)]),
    ...(receipt.notes.length === 0 ? [] : ["", `## ${l10n.t("Notes")}`, ...receipt.notes.map((note) => `- ${note}`)]),
  ];
  return `${lines.join("\n")}\n`;
}

/** What was left out, of one kind, as the program names it. */
function leftOut([kind, { count, lines }]: [string, Omitted]): string {
  return `- ${l10n.t("{0}: {1}, lines: {2}", kind, grouped(count), grouped(lines))}`;
}

/** A text as inline code on one line, whatever is in it. */
function inline(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const ticks = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${ticks}${pad}${text.replace(/\s+/g, " ")}${pad}${ticks}`;
}
