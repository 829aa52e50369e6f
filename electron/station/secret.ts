import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Usage } from './flags.ts';

/** A password out of a file, typed without echo, or the next line of what is piped in; never an argument, which others can list. */
export async function secretFrom(file: string | undefined, prompt: string): Promise<string> {
  if (file !== undefined) return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  if (process.stdin.isTTY) return typed(prompt);
  const line = (await pipedLines()).shift();
  if (line === undefined)
    throw new Usage(`${prompt.replace(/: $/, '')} is missing: pipe it in, or name a file.`);
  return line;
}

let piped: Promise<string[]> | null = null;

const pipedLines = (): Promise<string[]> =>
  (piped ??= (async () => {
    let all = '';
    for await (const part of process.stdin.setEncoding('utf8')) all += String(part);
    return all.split(/\r?\n/).filter((line) => line !== '');
  })());

function typed(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((resolve) =>
    lines.question('', (line) => {
      process.stderr.write('\n');
      lines.close();
      resolve(line);
    }),
  );
}
