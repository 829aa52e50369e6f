import { useMemo } from 'react';
import { useBoard } from '#renderer/state/board.ts';
import { DOMAINS, domainText } from '#renderer/ui/text.ts';
import { TRAITS } from './filter.ts';
import { filterBy, useLook } from './look-state.ts';
import { lookText } from './text.ts';

/** What may be asked for, each by what there is of it. */
export function FilterFields() {
  const filter = useLook((state) => state.filter);
  const board = useBoard((state) => state.board);
  const choices = useMemo(() => {
    const bars = board?.bars ?? [];
    return {
      product: distinct(bars.map(({ product }) => product)),
      family: distinct(bars.map(({ family }) => family ?? '')),
      group: distinct((board?.rows ?? []).flatMap(({ group, area }) => [area ?? '', group])),
      qualification: distinct(bars.flatMap(({ qualifications }) => qualifications)),
    };
  }, [board]);
  return (
    <>
      <label className="look-field">
        {lookText.order}
        <input
          type="text"
          value={filter.order}
          spellCheck={false}
          onChange={({ target }) => filterBy({ order: target.value })}
        />
      </label>
      {(['product', 'family', 'group', 'qualification'] as const).map((name) => (
        <label key={name} className="look-field">
          {lookText[name]}
          <select value={filter[name]} onChange={({ target }) => filterBy({ [name]: target.value })}>
            <option value="">{lookText.any}</option>
            {choices[name].map((value) => (
              <option key={value} value={value}>
                {value}
              </option>
            ))}
          </select>
        </label>
      ))}
      <label className="look-field">
        {lookText.domain}
        <select
          value={filter.domain}
          onChange={({ target }) =>
            filterBy({ domain: DOMAINS.find((domain) => domain === target.value) ?? '' })
          }
        >
          <option value="">{lookText.any}</option>
          {DOMAINS.map((domain) => (
            <option key={domain} value={domain}>
              {domainText[domain]}
            </option>
          ))}
        </select>
      </label>
      <div className="look-traits">
        {TRAITS.map((trait) => (
          <label key={trait}>
            <input
              type="checkbox"
              className="table-check"
              checked={filter.traits.includes(trait)}
              onChange={({ target }) =>
                filterBy({
                  traits: target.checked
                    ? [...filter.traits, trait]
                    : filter.traits.filter((other) => other !== trait),
                })
              }
            />
            {lookText.traits[trait]}
          </label>
        ))}
      </div>
    </>
  );
}

const distinct = (values: readonly string[]): string[] =>
  [...new Set(values)].filter((value) => value !== '').toSorted((a, b) => a.localeCompare(b));
