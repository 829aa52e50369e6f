import type { RemedyPiece } from '#electron/solving/adviser-messages.ts';
import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import type { OrderId } from '#shared/domain/order.ts';
import { type ScenarioId, ScenarioName } from '#shared/domain/scenario.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import { editBetween } from '#shared/edit/draft.ts';
import { draftWith } from './edit-draft.ts';
import { repaired } from './offer-repairs.ts';
import { branched, mustBeDecided, openedIn, replaced } from './scenarios.ts';
import { Refused, type Station, mustBeCurrent } from './station.ts';
import type { Workspace } from './workspace.ts';

/**
 * What would help, as a scenario to look at: the open one with the remedy's places, and what it assumes where the record
 * does not allow them yet. The draft stays as it is.
 */
export function tryRemedy(
  station: Station,
  ask: Ask<'remedy.try'>,
  caller: Caller,
): Promise<Outcome<{ scenario: ScenarioId }>> {
  return station.command(caller, 'remedy.try', async (write, workspace) => {
    mustBeCurrent(workspace, ask.expected);
    mustBeDecided(station);
    const help = station.helps.find(({ id }) => id === ask.help);
    const remedy = help?.remedies[ask.remedy];
    if (!help || !remedy || help.revision !== workspace.revision) {
      throw new Refused(
        'OFFER_STALE',
        'remedy',
        'The plan changed since this was found. Ask again what would help.',
      );
    }
    const name = freeName(workspace, help.order, remedy);
    const schedule = repaired(workspace, withoutImagined(workspace, remedy));
    const edit = editBetween(remedy.text, workspace.draft, draftWith(workspace, schedule));
    const assumes = remedy.assumes ? remedy.text : null;
    const { detail } = await branched(station, write, workspace, { name, author: caller.user, assumes });
    if (edit.changes.length > 0) await write.pushEdit(edit, { undoable: true });
    return replaced(await openedIn(write, workspace), detail);
  });
}

/** People and instruments that only the remedy knows do not exist yet: their need stays open. */
function withoutImagined({ plant, equipment }: Workspace, remedy: RemedyPiece): RemedyPiece {
  const people = new Set(plant.people.map(({ id }) => id));
  const real = (place: Assignment): Assignment => ({
    ...place,
    people: place.people.filter(({ person }) => people.has(person)),
    instruments: place.instruments.filter((id) => equipment.has(id)),
  });
  return { ...remedy, changed: remedy.changed.map(real) };
}

/** The order and the remedy in a few words, numbered where the name is taken. */
function freeName({ scenarios, orders }: Workspace, order: OrderId, { text }: RemedyPiece): string {
  const taken = new Set(scenarios.map(({ name }) => name.toLowerCase()));
  const words = `${orders.get(order)?.name ?? order}: ${text.split(/[;:]/)[0]}`;
  const short = words.length > 54 ? `${words.slice(0, 53).trimEnd()}…` : words;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? short : `${short} (${count})`;
    if (!taken.has(name.toLowerCase())) return ScenarioName.parse(name);
  }
}
