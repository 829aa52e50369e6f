import { parseArgs } from 'node:util';
import { StoreError } from '#electron/store/store-error.ts';
import { COMMANDS, flagsOf, helpFor } from './commands.ts';
import { type Answer, type Flags, Usage } from './flags.ts';

/** Exit codes of every command. */
export const EXIT = { done: 0, failed: 1, usage: 2, refused: 3, busy: 4, damaged: 5 } as const;

/** Runs one command of `npm run station -- …`; with --json it prints exactly one JSON object. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = argv;
  const command = COMMANDS[name];
  if (name === 'help' || name === '--help' || name === '-h') return print(helpFor(null), EXIT.done);
  if (!command)
    return complain(
      rest.includes('--json'),
      `There is no command “${name}”. Try: npm run station -- --help`,
      EXIT.usage,
    );
  let flags: Flags;
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      options: flagsOf(command),
      allowPositionals: command.takesFiles === true,
      strict: true,
    });
    flags = { values, positionals };
  } catch (error) {
    return complain(
      rest.includes('--json'),
      `${textOf(error)} Try: npm run station -- ${name} --help`,
      EXIT.usage,
    );
  }
  const json = flags.values['json'] === true;
  if (flags.values['help'] === true) return print(helpFor(name), EXIT.done);
  let isAnswered = false;
  const say = ({ text, json: object, exit }: Answer): void => {
    if (!json) process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    else if (!isAnswered)
      process.stdout.write(`${JSON.stringify({ command: name, ok: exit === EXIT.done, ...object })}\n`);
    isAnswered = true;
  };
  try {
    const answer = await command.run(flags, {
      progress: (text) => void (json || process.stderr.write(`${text}\n`)),
      ready: (ready) => say({ ...ready, exit: EXIT.done }),
    });
    say(answer);
    return answer.exit;
  } catch (error) {
    if (error instanceof Usage) return complain(json, error.message, EXIT.usage);
    return complain(json, textOf(error), codeOf(error));
  }
}

function print(text: string, exit: number): number {
  process.stdout.write(`${text}\n`);
  return exit;
}

function complain(json: boolean, text: string, exit: number): number {
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, error: text, exit })}\n`);
  else process.stderr.write(`${text}\n`);
  return exit;
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function codeOf(error: unknown): number {
  if (!(error instanceof StoreError)) return EXIT.failed;
  if (error.trouble === 'locked') return EXIT.busy;
  return error.trouble === 'damaged' || error.trouble === 'newer' || error.trouble === 'foreign'
    ? EXIT.damaged
    : EXIT.failed;
}
