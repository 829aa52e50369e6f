/** How threads of one solve work together. */
export interface Team {
  /** Does it offer what the thread finds, instead of the thread? */
  readonly offersItself: boolean;
  /**
   * Called between two steps, often: exchanges what was found where it is time to. Takes the lowest objective that this
   * thread has offered and returns it, lower where the exchange made it so.
   */
  readonly meet: (best: number, temperature: number) => number;
  /** The last exchange. */
  readonly finish: () => void;
}
