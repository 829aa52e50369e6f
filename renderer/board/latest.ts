/**
 * Asks one question at a time; while an answer is awaited only the newest further question is kept, and only the answer
 * to the newest question asked is told. So a fast hand never queues up behind a slow answer.
 */
export function latestOnly<Question, Answer>(
  ask: (question: Question) => Promise<Answer>,
  tell: (question: Question, answer: Answer) => void,
  fail: (error: unknown) => void,
): { readonly put: (question: Question) => void; readonly drop: () => void } {
  let asking = false;
  let waiting: { readonly question: Question } | null = null;
  /** Grows with every question and with `drop`: an answer to an older one is not told. */
  let newest = 0;

  async function run(question: Question): Promise<void> {
    asking = true;
    const number = newest;
    try {
      const answer = await ask(question);
      if (number === newest) tell(question, answer);
    } catch (error) {
      if (number === newest) fail(error);
    }
    asking = false;
    const next = waiting;
    waiting = null;
    if (next) void run(next.question);
  }

  return {
    put(question) {
      newest += 1;
      if (asking) waiting = { question };
      else void run(question);
    },
    drop() {
      newest += 1;
      waiting = null;
    },
  };
}
