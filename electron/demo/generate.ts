import { isoFromInstant, type Instant } from '#shared/time/instant.ts';
import { instantFromLocal } from '#shared/time/zone.ts';
import {
  calendarNodes,
  definitionNode,
  equipmentNodes,
  lotNode,
  materialNode,
  personNode,
  requestNode,
  testResultNode,
  testSpecNode,
} from './b2mml.ts';
import { ZONE, type RawPlant } from './hall.ts';
import { plantOf, type PlantSize } from './plant.ts';
import { productOf } from './routings.ts';
import { type Node, transactionText } from '#electron/erp/b2mml/write.ts';

/** The files that an ERP would send for a solid-dose pharmaceutical plant: B2MML V7 and, as it goes, some CSV. Deterministic. */
export function generatePlant(size: PlantSize): { name: string; text: string }[] {
  const plant = plantOf(size);
  const created = instantFromLocal(ZONE, size.start, '04:00');
  const late = plant.lots.filter(isAnnounced);
  const uoms = new Map(plant.materials.map(({ id, uom }) => [id, uom]));
  const uomOf = (material: string): string => uoms.get(material) ?? 'each';
  const firstSegments = new Map(plant.routings.map(({ id, steps }) => [id, steps[0]?.id ?? '']));

  const xml = (
    name: string,
    noun: string,
    content: readonly Node[],
    info = true,
  ): { name: string; text: string } => ({
    name: `${name}.xml`,
    text: transactionText({
      verb: 'Sync',
      noun,
      sender: 'ERP',
      bodId: `demo-${size.seed}-${size.start}-${plant.orders.length}-${name}`,
      created: isoFromInstant(created),
      data: [[noun, info ? [['ID', name], ['Description', 'Rhein Pharma Solids'], ...content] : content]],
    }),
  });
  const schedule = (name: string, type: string, orders: RawPlant['orders']) =>
    xml(name, 'OperationsSchedule', [
      ['OperationsType', type],
      ...orders.map((order) => requestNode(order, firstSegments.get(order.routing) ?? '')),
    ]);

  return [
    xml('WorkCalendar', 'WorkCalendarInformation', calendarNodes(plant.calendars)),
    xml('OperationsTest', 'OperationsTestInformation', [
      ...plant.testSpecs.map(testSpecNode),
      ...plant.testResults.map(testResultNode),
    ]),
    changeoversCsv(plant.setupMatrices),
    xml('Equipment', 'EquipmentInformation', equipmentNodes(plant.equipment)),
    xml('Personnel', 'PersonnelInformation', plant.people.map(personNode)),
    xml('Material', 'MaterialInformation', [
      ...plant.materials.map(materialNode),
      ...plant.lots.filter((lot) => !isAnnounced(lot)).map((lot) => lotNode(lot, uomOf(lot.material))),
    ]),
    lotsCsv(late),
    xml(
      'OperationsDefinition',
      'OperationsDefinitionInformation',
      plant.routings.map((routing) => {
        const product = productOf(routing.id);
        return definitionNode(routing, {
          product: product === undefined ? undefined : { id: product, uom: uomOf(product) },
          uomOf,
        });
      }),
    ),
    schedule(
      'OperationsSchedule-production',
      'Production',
      plant.orders.filter(({ domain }) => domain === 'production'),
    ),
    schedule(
      'OperationsSchedule-maintenance',
      'Maintenance',
      plant.orders.filter(({ domain }) => domain === 'maintenance'),
    ),
  ];
}

/** Lots that a supplier or the quality unit has announced come as CSV, the rest with the materials. */
const isAnnounced = (lot: RawPlant['lots'][number]): boolean => lot.disposition === 'Planned';

const csv = (
  name: string,
  rows: readonly (readonly (string | number)[])[],
): { name: string; text: string } => ({
  name,
  text: rows.map((row) => `${row.join(',')}\n`).join(''),
});

const changeoversCsv = (matrices: RawPlant['setupMatrices']) =>
  csv('changeovers.csv', [
    ['matrix', 'from', 'to', 'minutes', 'cleaning'],
    ...matrices.flatMap(({ id, entries }) =>
      entries.map(({ from, to, seconds, cleaning }) => [id, from, to, seconds / 60, String(cleaning)]),
    ),
  ]);

const lotsCsv = (lots: RawPlant['lots']) =>
  csv('lots.csv', [
    ['id', 'material', 'quantity', 'disposition', 'availableFrom', 'expires', 'location'],
    ...lots.map((lot) => [
      lot.id,
      lot.material,
      lot.quantity,
      lot.disposition,
      isoOrNothing(lot.availableFrom),
      isoOrNothing(lot.expires),
      lot.location ?? '',
    ]),
  ]);

const isoOrNothing = (at: Instant | undefined): string => (at === undefined ? '' : isoFromInstant(at));
