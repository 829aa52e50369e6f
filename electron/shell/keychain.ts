import { safeStorage } from 'electron';
import type { FromStation, ToStation } from './station-message.ts';

type Asked = Extract<FromStation, { kind: 'keychain' }>;
type Told = Extract<ToStation, { kind: 'keychain' }>;

/**
 * Seals and opens secrets with the operating system's keychain, which only main can ask. Where there is none, or a secret
 * was sealed by another, the answer is null.
 */
export async function answerKeychain({ id, what, text }: Asked): Promise<Told> {
  try {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return { kind: 'keychain', id, text: null };
    if (what === 'seal') {
      const sealed = await safeStorage.encryptStringAsync(text);
      return { kind: 'keychain', id, text: sealed.toString('base64') };
    }
    const { result } = await safeStorage.decryptStringAsync(Buffer.from(text, 'base64'));
    return { kind: 'keychain', id, text: result };
  } catch {
    return { kind: 'keychain', id, text: null };
  }
}
