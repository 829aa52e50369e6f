import { parentPort } from 'node:worker_threads';
import { must } from '#shared/base/must.ts';
import { Incumbent } from '#solver/run/incumbent.ts';
import { monotonic } from './clock.ts';
import { LEAVE } from './end-worker.ts';
import type { Engine, EngineModule, ThreadTask } from './engine.ts';
import { loadLittle } from './load-little.ts';
import type { Message, Question } from './messages.ts';
import { unpack } from './parcel.ts';

/* A solver thread: opens a problem, then searches or tells of solutions as it is asked; one problem after the other. */

loadLittle();
const port = must(parentPort, 'The port of the solver thread');
const say = (message: Message): void => port.postMessage(message);

type Asked = Exclude<Question, { kind: 'open' | 'forget' }>;
let answer: ((question: Asked) => void) | null = null;

port.on('message', (asked: Question | typeof LEAVE) => {
  if (asked === LEAVE) return port.close();
  if (asked.kind === 'open') return void open(asked.task);
  if (asked.kind === 'forget') return void (answer = null);
  must(answer, 'The problem that was opened')(asked);
});

async function open({ engine: module, input, began }: ThreadTask): Promise<void> {
  try {
    const engine = await ((await import(module)) as EngineModule).open(unpack(input));
    answer = answerWith(engine, began);
    say({ kind: 'opened', words: engine.words });
  } catch (error) {
    say({ kind: 'refused', text: error instanceof Error ? error.message : String(error) });
  }
}

/** Answers what is asked of one problem; `began` as in its task. */
function answerWith(engine: Engine, began: number): (question: Asked) => void {
  /** `performance.now` is the quicker of two views of one clock. */
  const shift = monotonic() - performance.now() - began;
  const elapsed = (): number => performance.now() + shift;
  let pieces: Iterator<unknown> | undefined;
  let objective = Infinity;
  const next = (): void => {
    const piece = pieces?.next();
    say(piece?.done === false ? { kind: 'piece', piece: piece.value } : { kind: 'answered', objective });
  };
  return (question) => {
    if (question.kind === 'more') return next();
    if (question.kind === 'search') {
      const { best, ...run } = question;
      const incumbent = new Incumbent(best, run.thread, elapsed);
      engine.search({ ...run, incumbent, elapsed, trying: (what) => say({ kind: 'trying', what }) });
      return say({ kind: 'searched' });
    }
    const incumbent = new Incumbent(question.best, -1);
    const words = new Int32Array(incumbent.words);
    objective = incumbent.read(words);
    if (question.kind === 'figures') return say({ kind: 'figures', figures: engine.figures(words) });
    pieces = engine.answer(words, question.isJudged)[Symbol.iterator]();
    return next();
  };
}
