// The order of the basket: the person's own, which the server is told as a list of ids.

import type { Snippet } from "./protocol";

/** Snippets of one file that follow each other. */
export interface Group {
  uri: string;
  path: string;
  snippets: Snippet[];
}

/** The snippets in the order of the ids; those that are not named come last, as the server has them. */
export function ordered(snippets: readonly Snippet[], ids: readonly number[]): Snippet[] {
  const rank = new Map(ids.map((id, index) => [id, index]));
  return snippets
    .map((snippet, index) => ({ snippet, rank: rank.get(snippet.id) ?? ids.length + index }))
    .sort((left, right) => left.rank - right.rank)
    .map((it) => it.snippet);
}

/** Runs of one file. */
export function grouped(snippets: readonly Snippet[]): Group[] {
  const groups: Group[] = [];
  for (const snippet of snippets) {
    const last = groups.at(-1);
    if (last?.uri === snippet.uri) {
      last.snippets.push(snippet);
    } else {
      groups.push({ uri: snippet.uri, path: snippet.path, snippets: [snippet] });
    }
  }
  return groups;
}

/** The ids after some were taken out and put before another; without one they come last. */
export function moved(ids: readonly number[], taken: readonly number[], before?: number): number[] {
  const rest = ids.filter((id) => !taken.includes(id));
  // Dropped on itself: it stays where it is.
  if (before !== undefined && !rest.includes(before)) {
    return [...ids];
  }
  const at = before === undefined ? rest.length : rest.indexOf(before);
  return [...rest.slice(0, at), ...ids.filter((id) => taken.includes(id)), ...rest.slice(at)];
}

/** The ids after one changed places with its neighbour. */
export function stepped(ids: readonly number[], id: number, by: -1 | 1): number[] {
  const from = ids.indexOf(id);
  const to = from + by;
  const other = ids[to];
  if (from < 0 || other === undefined) {
    return [...ids];
  }
  return ids.map((it, index) => (index === from ? other : index === to ? id : it));
}
