/** What was refused, read out; nothing where nothing was. */
export const Problem = ({ text }: { readonly text: string | null }) =>
  text === null ? null : (
    <p className="banner bad" role="alert">
      {text}
    </p>
  );
