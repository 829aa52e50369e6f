import type { SignatureView } from '#shared/contract/session.ts';
import { formatsOf } from './format.ts';
import { text } from './text.ts';
import { Mark } from './view.tsx';

/** Time as a signature shows it: of the plant, and in which zone that is (TS-02). */
const momentOf = ({ at, zone }: SignatureView): string =>
  `${formatsOf(zone).moment(Math.floor(Date.parse(at) / 1000))} ${zone}`;

/** Name, meaning and time of a signature (ES-01). */
export const signatureText = (signature: SignatureView): string =>
  `${signature.name}, ${signature.meaning}, ${momentOf(signature)}`;

/** The same, and whether it still stands for what it stands beside (ES-04). */
export const SignatureLine = ({ signature }: { readonly signature: SignatureView }) => {
  const words = signatureText(signature);
  if (signature.state === 'valid')
    return (
      <Mark icon="check">
        <span title={`${words} (${signature.at})`}>{words}</span>
      </Mark>
    );
  return (
    <Mark tone="late" icon="warn">
      <span title={words}>
        {signature.state === 'changed' ? text.signatureChanged : text.signatureForged}: {words}
      </span>
    </Mark>
  );
};
