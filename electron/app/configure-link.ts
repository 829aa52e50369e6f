import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { LineLink } from '#shared/domain/line-link.ts';
import type { LinkView } from '#shared/contract/views.ts';
import { openItems } from './queue-items.ts';
import { isAcknowledged, reaches } from './acknowledge-job.ts';
import { linkStateOf } from './link-state.ts';
import { ADDRESS_CHANGED } from './secrets.ts';
import { Refused, type Station } from './station.ts';

/** Secrets of connections to lines lie beside those of ERPs, whose names have no colon. */
export const secretKeyOf = (name: string): string => `link:${name}`;

/** Adds a connection to lines or changes it. Without a secret the one that is kept stays, as long as the address does. */
export async function saveLink(
  station: Station,
  { link, secret }: { readonly link: LineLink; readonly secret?: string | undefined },
  caller: Caller,
): Promise<Outcome> {
  const key = secretKeyOf(link.name);
  const before = station.workspace.links.find(({ name }) => name === link.name);
  const needsSecret = link.user !== '' && secret === undefined;
  const outcome = await station.command(caller, 'link.save', async (write, workspace) => {
    if (needsSecret && before?.address !== link.address)
      throw new Refused(
        'SECRET_MISSING',
        link.name,
        before ? ADDRESS_CHANGED : 'Enter the password of the user.',
      );
    await write.saveLink(link);
    await write.log({
      entity: 'link',
      entityId: link.name,
      field: null,
      old: before ? { ...before } : null,
      new: { ...link },
      reason: null,
    });
    return {
      detail: null,
      workspace: { ...workspace, links: await write.links() },
      facts: () => [{ kind: 'links.changed' }],
    };
  });
  if (!outcome.ok) return outcome;
  if (secret !== undefined) await station.secrets.set(key, secret);
  else if (link.user === '') await station.secrets.remove(key);
  await station.runningLinks?.settle();
  return outcome;
}

/** Forgets a connection and its secret. What came over it stays in the record. */
export async function removeLink(station: Station, name: string, caller: Caller): Promise<Outcome> {
  const outcome = await station.command(caller, 'link.remove', async (write, workspace) => {
    if (!workspace.links.some((link) => link.name === name))
      throw new Refused('LINK_UNKNOWN', name, `There is no connection “${name}”.`);
    await write.removeLink(name);
    await write.log({ entity: 'link', entityId: name, field: null, old: name, new: null, reason: null });
    return {
      detail: null,
      workspace: { ...workspace, links: await write.links() },
      facts: () => [{ kind: 'links.changed' }],
    };
  });
  if (!outcome.ok) return outcome;
  await station.secrets.remove(secretKeyOf(name));
  await station.runningLinks?.settle();
  return outcome;
}

/** Every connection to lines, how it is and what it has exchanged. Its secret stays where it is. */
export const linkViews = (station: Station): LinkView[] =>
  station.workspace.links.map((link) => {
    const { isConnected, failure, differences, since, exchanges } = linkStateOf(station, link.name);
    const { workspace } = station;
    const jobs = [...workspace.queues.values()]
      .filter(({ unit }) => reaches(link, unit))
      .flatMap(({ revision, unit, ...queue }) =>
        openItems(workspace, { ...queue, revision, unit }).map((item) => ({ ...item, revision, unit })),
      );
    return {
      link,
      isConnected,
      failure,
      differences,
      since,
      exchanges,
      machineJobs:
        link.kind === 'opcua'
          ? jobs.map(({ task, orderName, order, name }) => ({
              task,
              label: `${orderName ?? order} · ${name}`,
            }))
          : [],
      jobs: jobs.length,
      unacknowledged: jobs.filter((job) => !isAcknowledged(workspace, job)).length,
    };
  });
