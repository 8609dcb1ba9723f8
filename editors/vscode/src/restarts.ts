// Whether a server that ended may be started again: not for ever.

/** So many times within this time; then something is wrong that starting again does not mend. */
const MOST = 4;
const WITHIN = 3 * 60 * 1000;

export class Restarts {
  private times: number[] = [];

  constructor(private readonly now: () => number) {}

  /** Takes note of an end, and says whether to start again. */
  allowed(): boolean {
    const now = this.now();
    this.times = [...this.times.filter((time) => now - time < WITHIN), now];
    return this.times.length <= MOST;
  }

  forget(): void {
    this.times = [];
  }
}
