import type { Comparison, ScenarioSide } from '#shared/contract/views.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import type { ScenarioId } from '#shared/domain/scenario.ts';
import { openScenario, promoteScenario } from '#renderer/commands/scenarios.ts';
import { useBoard } from '#renderer/state/board.ts';
import { compare, pairOf, useComparing } from '#renderer/state/scenario.ts';
import { Button } from '#renderer/ui/button.tsx';
import { count, counted, formatsOf } from '#renderer/ui/format.ts';
import { Mark } from '#renderer/ui/view.tsx';
import { DifferenceList, useChosen } from './difference-list.tsx';
import { innerText } from './inner-text.ts';
import { KPIS, type Kpi } from './kpis.ts';

/** Two scenarios side by side: what they are worth, and each task that stands elsewhere. */
export function ComparisonPanel() {
  const comparison = useComparing((state) => state.comparison);
  if (!comparison) return <p className="board-none muted">{innerText.comparing}</p>;
  return <SideBySide comparison={comparison} />;
}

function SideBySide({ comparison }: { readonly comparison: Comparison }) {
  const { scenario, against, differences, counts } = comparison;
  const chosen = useChosen(differences);
  const { size } = chosen.tasks;
  const canPromote = against.id === DRAFT;
  const open = useBoard(({ board }) => board?.state.scenario);
  const closed = open === scenario.id ? against : scenario;
  return (
    <div className="comparison">
      <div className="comparison-figures">
        <Sides comparison={comparison} />
        {[against, scenario].map((side) => (
          <Problem key={side.id} side={side} />
        ))}
        <div className="button-row">
          {canPromote ? (
            <>
              <Button
                look="primary"
                isDisabled={differences.length === 0}
                onPress={() => void promoteScenario(scenario)}
              >
                {innerText.promoteAll(scenario.name)}
              </Button>
              <Button
                isDisabled={size === 0}
                onPress={() => void promoteScenario(scenario, [...chosen.tasks])}
              >
                {innerText.acceptSome(count(size))}
              </Button>
            </>
          ) : null}
          <Button onPress={() => void openScenario(closed.id)}>{innerText.openOther(closed.name)}</Button>
        </div>
      </div>
      <div className="comparison-list">
        <DifferenceList
          differences={differences}
          counts={counts}
          titles={{ before: against.name, after: scenario.name }}
          chosen={canPromote ? chosen : null}
        />
      </div>
    </div>
  );
}

function Sides({ comparison: { scenario, against } }: { readonly comparison: Comparison }) {
  const zone = useBoard(({ board }) => board?.zone ?? 'UTC');
  const { moment } = formatsOf(zone);
  return (
    <table className="comparison-table" aria-label={innerText.compareHead}>
      <thead>
        <tr>
          <th scope="col">
            <Other />
          </th>
          <th scope="col">{against.name}</th>
          <th scope="col">{scenario.name}</th>
          <th scope="col">{innerText.compareDifference}</th>
        </tr>
      </thead>
      <tbody>
        {KPIS.map((kpi) => (
          <tr key={kpi.title}>
            <th scope="row">{kpi.title}</th>
            <td>{kpi.write(kpi.of(against), moment)}</td>
            <td>{kpi.write(kpi.of(scenario), moment)}</td>
            <Change kpi={kpi} change={kpi.of(scenario) - kpi.of(against)} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Colour only where one of the two is better. */
function Change({ kpi, change }: { readonly kpi: Kpi; readonly change: number }) {
  if (Math.abs(change) < kpi.grain) return <td className="muted">{innerText.sameTime}</td>;
  const tone = kpi.less === null ? '' : change < 0 ? 'ok' : 'late';
  return <td className={tone}>{kpi.change(change)}</td>;
}

/** What the open scenario is held against. */
function Other() {
  const state = useBoard(({ board }) => board?.state);
  const pair = useComparing((comparing) => comparing.pair);
  if (!state) return null;
  const other = pair?.scenario === state.scenario ? pair.against : pair?.scenario;
  const others = state.scenarios.filter(({ id }) => id !== state.scenario);
  return (
    <select
      aria-label={innerText.compareWith}
      value={other ?? ''}
      onChange={(event) => compare(pairOf(state.scenario, Number(event.target.value) as ScenarioId))}
    >
      {others.map(({ id, name }) => (
        <option key={id} value={id}>
          {innerText.against(name)}
        </option>
      ))}
    </select>
  );
}

const Problem = ({ side: { name, problem } }: { readonly side: ScenarioSide }) =>
  problem ? (
    <p>
      <Mark tone="warn" icon="warn">
        {innerText.problems(name, counted(problem.count, 'problem'), problem.text)}
      </Mark>
    </p>
  ) : null;
