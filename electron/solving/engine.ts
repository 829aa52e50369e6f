import type { Run } from '#solver/run/run.ts';
import type { Parcel } from './parcel.ts';

/** A search on one problem, as a solver thread runs it. */
export interface Engine {
  /** Size of a solution in the shared incumbent, in Int32s. */
  readonly words: number;
  /** Searches until the run's limit, synchronously; what it finds goes to the run's incumbent. */
  readonly search: (run: Run) => void;
  /** A solution in a few numbers, for whoever watches; null where there is nothing to say. */
  readonly figures: (words: Int32Array) => unknown;
  /**
   * A solution as its caller wants it, in pieces that each take a few milliseconds to send; `isJudged` asks for what an
   * independent checker says of it too.
   */
  readonly answer: (words: Int32Array, isJudged: boolean) => Iterable<unknown>;
}

/** What a solver thread imports. What `open` throws is told in words: its input can't be solved. */
export interface EngineModule<Input = unknown> {
  readonly open: (input: Input) => Engine | Promise<Engine>;
}

/** What a solve is started with: the address of an engine module, and its input. */
export interface SolveTask {
  readonly engine: URL;
  readonly input: unknown;
}

/** What a solver thread opens. */
export interface ThreadTask {
  readonly engine: string;
  readonly input: Parcel;
  /** When the solve began, in milliseconds of `process.hrtime`, the clock that all threads share. */
  readonly began: number;
}
