import { Component, type ReactNode } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { appText } from './text.ts';

/**
 * A view that breaks leaves the rest of the window standing and says what happened. Only a reload mends it: a view whose
 * code is gone (the station was updated meanwhile) does not come back by itself.
 */
export class Failsafe extends Component<
  { readonly name: string; readonly children: ReactNode },
  { readonly failure: string | null }
> {
  override readonly state: { readonly failure: string | null } = { failure: null };

  static getDerivedStateFromError(error: unknown): { readonly failure: string } {
    return { failure: String(error) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <section className="failsafe" role="alert">
        <h1>
          {this.props.name}: {appText.failedView}
        </h1>
        <p className="muted">{failure}</p>
        <Button onPress={() => location.reload()}>{appText.reload}</Button>
      </section>
    );
  }
}
