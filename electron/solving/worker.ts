import { parentPort, workerData } from 'node:worker_threads';
import { must } from '#shared/base/must.ts';
import { Incumbent } from '#solver/run/incumbent.ts';
import { monotonic } from './clock.ts';
import { LEAVE } from './end-worker.ts';
import type { Engine, EngineModule, ThreadTask } from './engine.ts';
import { loadLittle } from './load-little.ts';
import type { Message, Question } from './messages.ts';
import { unpack } from './parcel.ts';

/* A solver thread: opens its problem, then searches or tells of solutions as it is asked. */

loadLittle();
const port = must(parentPort, 'The port of the solver thread');
const { engine: module, input, began } = workerData as ThreadTask;
const say = (message: Message): void => port.postMessage(message);
/** `performance.now` is the quicker of two views of one clock. */
const shift = monotonic() - performance.now() - began;
const elapsed = (): number => performance.now() + shift;

try {
  const { open } = (await import(module)) as EngineModule;
  const engine = await open(unpack(input));
  const answer = answerWith(engine);
  port.on('message', (asked: Question | typeof LEAVE) => (asked === LEAVE ? port.close() : answer(asked)));
  say({ kind: 'opened', words: engine.words });
} catch (error) {
  say({ kind: 'refused', text: error instanceof Error ? error.message : String(error) });
}

function answerWith(engine: Engine): (question: Question) => void {
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
