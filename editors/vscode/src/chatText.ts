// What is typed into a chat, and what is written into it.

/** What was typed without the names of what is attached. */
export function question(prompt: string, references: readonly { range?: [start: number, end: number] }[]): string {
  const ranges = references.flatMap((it) => (it.range === undefined ? [] : [it.range])).sort((left, right) => right[0] - left[0]);
  return ranges.reduce((text, [start, end]) => text.slice(0, start) + text.slice(end).replace(/^ /, ""), prompt).trim();
}

/** A text in a fence that nothing in it closes. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}`;
}
