import type { NotKept } from '#shared/domain/outbound.ts';
import './plain-table.css';
import { bothValuesText as words } from './both-values-text.ts';

/** What an ERP was told, and what stands there instead. */
export const BothValues = ({
  feed,
  differences,
}: {
  readonly feed: string;
  readonly differences: readonly NotKept[];
}) => (
  <table className="plain-table">
    <thead>
      <tr>
        <th scope="col">{words.field}</th>
        <th scope="col">{words.toldFromHere}</th>
        <th scope="col">{words.standsIn(feed)}</th>
      </tr>
    </thead>
    <tbody>
      {differences.map(({ field, sent, kept }) => (
        <tr key={`${field} ${sent} ${kept}`}>
          <th scope="row">{field}</th>
          <td>{sent}</td>
          <td>{kept}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
