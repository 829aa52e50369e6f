import { type ReactNode, useState } from 'react';
import { SignFields, type Signing } from '#renderer/ui/sign-fields.tsx';
import { useAccount } from './account.ts';

type Signed = 'publish' | 'dispatch';

/** The part of a dialog that signs one of these, where this plant wants it: its fields, what was given, and whether that is all. */
export function useSigning(
  what: Signed,
  ...also: readonly Signed[]
): {
  readonly fields: ReactNode;
  readonly given: Signing | undefined;
  readonly isReady: boolean;
} {
  const account = useAccount((state) => state.account);
  const meanings = account?.policy.meanings[what] ?? [];
  const [signing, setSigning] = useState<Signing>({ password: '', meaning: meanings[0] ?? '' });
  if (!account || ![what, ...also].some((one) => account.policy.sign[one]))
    return { fields: null, given: undefined, isReady: true };
  return {
    fields: <SignFields name={account.name} meanings={meanings} value={signing} onChange={setSigning} />,
    given: signing,
    isReady: signing.password !== '',
  };
}
