import { distance, type Individual } from './individual.ts';

const MOST = 10;
/** After so many schedules there is room for one more. */
const GROWTH = 6;
/** Two that differ in a smaller share than this are one. */
const ALIKE = 0.02;

/** Schedules that are good and differ: `least` at first, more as time goes by. */
export class Population {
  readonly #members: Individual[] = [];
  readonly #random: () => number;
  readonly #least: number;
  #seen = 0;

  constructor(least: number, random: () => number) {
    this.#least = least;
    this.#random = random;
  }

  get #hasRoom(): boolean {
    return this.#members.length < Math.min(MOST, this.#least + Math.floor(this.#seen / GROWTH));
  }

  /** Two different members; null while there is room for a new one. */
  parents(): readonly [Individual, Individual] | null {
    if (this.#hasRoom) return null;
    const { length } = this.#members;
    const first = Math.floor(this.#random() * length);
    const second = (first + 1 + Math.floor(this.#random() * (length - 1))) % length;
    return [this.#members[first], this.#members[second]];
  }

  /** Takes the place of its like where there is one, else of the worst, and only if it is no worse. */
  add(individual: Individual): void {
    const members = this.#members;
    this.#seen += 1;
    let out = members.findIndex((member) => distance(member, individual) < ALIKE);
    if (out < 0 && this.#hasRoom) {
      members.push(individual);
      return;
    }
    if (out < 0) {
      out = 0;
      for (let k = 1; k < members.length; k += 1) if (members[k].makespan > members[out].makespan) out = k;
    }
    if (individual.makespan <= members[out].makespan) members[out] = individual;
  }
}
