import { distance, type Individual } from './individual.ts';

const MOST = 20;
/** After so many schedules there is room for one more. */
const GROWTH = 6;
/** Two that differ in a smaller share than this are one. */
const ALIKE = 0.02;

/**
 * Schedules that are good and differ: `least` at first, more as time goes by. Left to themselves they become alike long
 * before the end, and nothing new comes of them; so they are kept apart, less and less (explicit management of diversity;
 * Constantino & Segura 2022).
 */
export class Population {
  readonly #members: Individual[] = [];
  /** How far each member is from those before it. */
  readonly #distances: number[][] = [];
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

  /**
   * Takes it in. Where there is no room, of the two that are most alike the longer one goes if they differ in a smaller share
   * than `apart`, else the longest of all.
   */
  add(individual: Individual, apart: number): void {
    const members = this.#members;
    const hadRoom = this.#hasRoom;
    this.#seen += 1;
    this.#distances.push(members.map((member) => distance(individual, member)));
    members.push(individual);
    const longer = this.#longerOfPair(hadRoom ? ALIKE : Math.max(ALIKE, apart));
    if (longer >= 0) this.#drop(longer);
    else if (!hadRoom) this.#drop(longestOf(members));
  }

  #drop(member: number): void {
    this.#members.splice(member, 1);
    this.#distances.splice(member, 1);
    for (const others of this.#distances.slice(member)) others.splice(member, 1);
  }

  /** Index of the longer one (of equal ones the newer) of the two that are most alike; -1 where none differ less than that. */
  #longerOfPair(apart: number): number {
    const members = this.#members;
    let longer = -1;
    let nearest = apart;
    for (let later = 1; later < members.length; later += 1) {
      for (let k = 0; k < later; k += 1) {
        const between = this.#distances[later][k];
        if (between >= nearest) continue;
        nearest = between;
        longer = members[later].makespan < members[k].makespan ? k : later;
      }
    }
    return longer;
  }
}

/** The newest of those with the longest makespan. */
function longestOf(members: readonly Individual[]): number {
  const longest = Math.max(...members.map(({ makespan }) => makespan));
  return members.findLastIndex(({ makespan }) => makespan === longest);
}
