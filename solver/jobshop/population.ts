import type { Distance, Individual } from './individual.ts';

const MOST = 20;
/** After so many schedules there is room for one more. */
const GROWTH = 6;
/** Two that are nearer than this share of a span are one. */
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
  readonly #distance: Distance;
  readonly #random: () => number;
  readonly #least: number;
  #seen = 0;
  /** How far the first ones, which have nothing to do with each other, are apart; one place until there are enough. */
  #span = 1;

  constructor(distance: Distance, least: number, random: () => number) {
    this.#distance = distance;
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
   * Takes it in. Where there is no room, of the two that are nearest the longer one goes if they are nearer than the share
   * `apart` of a span, else the longest of all.
   */
  add(individual: Individual, apart: number): void {
    const members = this.#members;
    const hadRoom = this.#hasRoom;
    this.#seen += 1;
    this.#distances.push(members.map((member) => this.#distance(individual, member)));
    members.push(individual);
    const longer = this.#longerOfPair((hadRoom ? ALIKE : Math.max(ALIKE, apart)) * this.#span);
    if (longer >= 0) this.#drop(longer);
    else if (!hadRoom) this.#drop(longestOf(members));
    if (this.#seen <= this.#least && members.length > 1) this.#span = meanOf(this.#distances.flat());
  }

  #drop(member: number): void {
    this.#members.splice(member, 1);
    this.#distances.splice(member, 1);
    for (const others of this.#distances.slice(member)) others.splice(member, 1);
  }

  /** Index of the longer one (of equal ones the newer) of the two that are nearest; -1 where none are nearer than that. */
  #longerOfPair(than: number): number {
    const members = this.#members;
    let longer = -1;
    let nearest = than;
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

const meanOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
