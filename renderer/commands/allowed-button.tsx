import type { ComponentProps } from 'react';
import type { CallName } from '#shared/contract/calls.ts';
import { useReasonAgainst } from '#renderer/state/account.ts';
import { Button } from '#renderer/ui/button.tsx';

/** A button for one call: disabled, and saying why, for whoever may not make it. */
export function AllowedButton({
  needs,
  isDisabled = false,
  ...rest
}: ComponentProps<typeof Button> & { readonly needs: CallName }) {
  const refusal = useReasonAgainst(needs);
  return <Button {...rest} isDisabled={isDisabled || refusal !== null} title={refusal ?? rest.title} />;
}
