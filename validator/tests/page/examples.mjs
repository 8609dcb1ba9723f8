// A run of four systems over texts that are made up, as the folder of a run has it. The same on every machine.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Text that would act if it were not escaped where it is written. */
export const HOSTILE = `</script><script>window.injected = 1</script><img src=x onerror="window.injected = 2"><!-- "'&lt;`;

const SYSTEMS = [
  { name: "balanced", keeps: 0.66, quality: 0.965, spread: 0.03, lost: 0 },
  { name: "extractive", keeps: 0.55, quality: 0.87, spread: 0.09, lost: 0.5 },
  { name: "stop words", keeps: 0.72, quality: 0.9, spread: 0.05, lost: 0.3 },
  { name: "truncate", keeps: 0.5, quality: 0.79, spread: 0.12, lost: 0.7 },
];

const SENTENCES = [
  "The gateway answered request 8f3a with status 504 after 30 s, although the timeout of the client was set to 45 s.",
  "It was not the database: its slowest query took 12 ms, and the pool had 18 free connections of 20 at that time.",
  "In the end it turned out that the variable UPSTREAM_TIMEOUT was read from /etc/gateway/env at the start only.",
  "As a consequence of this, the value that was changed on 2024-03-11 did not have any effect until the restart.",
  "Please note that version 2.4.1 reads the file again, so that no restart is needed after a change of the value.",
  "We recommend that you always check the output of `gatewayctl status --verbose` before you open a ticket with us.",
];

/** Numbers from 0 to 1 that are the same in each run. */
function* generator(seed) {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

export function writeRun(folder, texts) {
  mkdirSync(folder, { recursive: true });
  const numbers = generator(7);
  const next = () => numbers.next().value;
  const normal = () => (next() + next() + next() + next() - 2) / Math.sqrt(1 / 3);
  const lines = [];
  for (let text = 0; text < texts; text++) {
    const verbose = SENTENCES.map((_, at) => SENTENCES[(at + text) % SENTENCES.length]).slice(0, 3 + (text % 4)).join(" ");
    for (const system of SYSTEMS) {
      const words = verbose.split(" ");
      const kept = system.name === "truncate" ? words.slice(0, Math.ceil(words.length * system.keeps)) : words.filter(() => next() < system.keeps + 0.05);
      const quality = Math.min(1, Math.max(0, system.quality + system.spread * normal()));
      const hits = next() < system.lost ? 1 + Math.floor(next() * 4) : 0;
      const lost = ["504", "30 s", "UPSTREAM_TIMEOUT", "not"].slice(0, hits);
      const categories = ["number", "number", "variable", "negation"];
      const before = words.length + 9;
      const after = Math.max(1, Math.round(before * (system.keeps + 0.08 * normal())));
      lines.push(JSON.stringify({
        id: text === 0 ? `${HOSTILE} 0` : `incident ${text}`,
        document: text < 3 ? HOSTILE : `runbook ${Math.floor(text / 5)}`,
        system: system.name,
        domain: text % 4 === 0 ? "code" : "nl",
        question: "Why did the request fail?",
        verbose: text % 50 === 0 ? `${HOSTILE} ${verbose}` : verbose,
        compressed: text % 50 === 0 ? `${kept.join(" ")} ${HOSTILE}` : kept.join(" "),
        tokens: { before, after },
        measures: {
          ratio: after / before, cosine: quality, facts: Math.min(1, Math.max(0, quality - 0.04 + 0.05 * normal())),
          atoms_kept: 1 - hits / 12, compression_milliseconds: 4 + 30 * next(),
        },
        lost: lost.map((it, at) => ({ category: categories[at], text: it })),
        verdict: quality >= 0.72 ? { passed: true } : { passed: false, reasons: [`embedding ${quality.toFixed(2)} < 0.72`] },
      }));
    }
  }
  writeFileSync(join(folder, "examples.jsonl"), lines.join("\n") + "\n");
  writeFileSync(join(folder, "run.json"), JSON.stringify({
    tool: { name: "compression-validator", version: "0.1.0" },
    kind: "compressor",
    command: ["compressor", "incidents.jsonl", "--out", "run"],
    data: { name: "incidents.jsonl", sha256: createHash("sha256").update(String(texts)).digest("hex"), rows: texts },
    systems: SYSTEMS.map((system) => system.name),
    tokenizer: "o200k_base",
    model: { name: "compression-tagger", hash: createHash("sha256").update("model").digest("hex") },
    thresholds: { equivalence: 0.72, embedding: 0.6, facts: 0.55, judge: 0.75, pass_share: 0.9 },
    delta: 0.05,
  }));
}
