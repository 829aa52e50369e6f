import { ErpFailure } from './failure.ts';

/** Where an ERP answers. `address` is scheme, host and port; calls go there and nowhere else. */
export interface ErpAccess {
  readonly address: string;
  readonly database: string;
  readonly user: string;
  /** Password or API key. Stands in no message. */
  readonly secret: string;
}

export interface Answered {
  readonly ok: boolean;
  readonly status: number;
  /** The JSON that came, or undefined where it was none. */
  readonly body: unknown;
  readonly host: string;
}

const PATIENCE_MS = 30_000;

export interface Said {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
  readonly host: string;
}

/** Posts a text to an ERP. Throws ErpFailure when nothing answers. */
export async function postText(url: URL, body: string, headers: Record<string, string>): Promise<Said> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error', // the secret never follows to another host
      headers,
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { ok: answer.ok, status: answer.status, text: await answer.text(), host: url.host };
  } catch (cause) {
    throw new ErpFailure(`Nothing answers at ${url.host}: ${wordsOf(cause)}.`, true);
  }
}

/** Posts JSON to an ERP. Throws ErpFailure when nothing answers. */
export async function post(url: URL, body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  const { text, ...said } = await postText(url, JSON.stringify(body), {
    'Content-Type': 'application/json',
    ...headers,
  });
  try {
    return { ...said, body: JSON.parse(text) as unknown };
  } catch {
    return { ...said, body: undefined };
  }
}

function wordsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}

export const noAnswer = (product: string, { status, host }: Answered): ErpFailure =>
  new ErpFailure(
    status === 200
      ? `What answers at ${host} is no JSON-RPC.\nMaybe a proxy stands before ${product}.`
      : `${product} at ${host} answered ${status}.`,
    true,
  );
