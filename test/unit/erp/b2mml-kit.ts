import { decodeB2mml, openB2mml } from '#electron/erp/b2mml/decode.ts';
import type { Decoded } from '#electron/erp/decoded.ts';
import type { RecordKind } from '#shared/domain/plant.ts';

export const NAMESPACE = 'http://www.mesa.org/xml/B2MML';

/** A bare noun as a file; its content begins in line 2. */
export const bare = (noun: string, content: string): string =>
  `<${noun} xmlns="${NAMESPACE}">\n${content}\n</${noun}>`;

/** A transaction around nouns. */
export const transaction = (verb: string, noun: string, content: string, action = ''): string =>
  `<${verb}${noun} xmlns="${NAMESPACE}" releaseID="7.0.1">` +
  `<ApplicationArea><CreationDateTime>2026-11-23T04:00:00Z</CreationDateTime><BODID>bod-1</BODID></ApplicationArea>` +
  `<DataArea><${verb}>${action}</${verb}>${content}</DataArea></${verb}${noun}>`;

export const decode = (text: string): Decoded =>
  decodeB2mml({ name: 'in.xml', text }, { zone: 'Europe/Berlin' });

/** The same with the text cut into pieces of so many characters. */
export function decodeInPieces(text: string, size: number): Decoded {
  const reader = openB2mml('in.xml', { zone: 'Europe/Berlin' });
  for (let at = 0; at < text.length; at += size) reader.write(text.slice(at, at + size));
  return reader.end();
}

export const recordsOf = (decoded: Decoded, kind: RecordKind): unknown[] =>
  decoded.records.filter((sourced) => sourced.kind === kind).map(({ record }) => record);

/** `A` with a dependency on `B`, both on unit U1. */
export const routing = (segmentA: string, segmentB = ''): string =>
  bare(
    'OperationsDefinition',
    `<ID>R</ID>${['A', 'B']
      .map(
        (id, k) =>
          `<OperationsSegment><ID>${id}</ID><Duration>PT1H</Duration>` +
          `<EquipmentSpecification><ID>u</ID><EquipmentID>U1</EquipmentID></EquipmentSpecification>` +
          `${k === 0 ? segmentA : segmentB}</OperationsSegment>`,
      )
      .join('')}`,
  );

export const dependency = (word: string, factor?: string, unit?: string): string =>
  `<SegmentDependency><ID>d</ID><Dependency>${word}</Dependency>${
    factor === undefined
      ? ''
      : `<DependencyFactor><ValueString>${factor}</ValueString>${unit === undefined ? '' : `<UnitOfMeasure>${unit}</UnitOfMeasure>`}</DependencyFactor>`
  }<SegmentID>B</SegmentID></SegmentDependency>`;

export const lot = (fields: {
  quantity?: string;
  unit?: string;
  disposition?: string;
  properties?: string;
  id?: string;
}): string =>
  `<MaterialLot><ID>${fields.id ?? 'L1'}</ID><MaterialDefinitionID>M1</MaterialDefinitionID>` +
  `<Disposition>${fields.disposition ?? 'UnRestricted'}</Disposition>${fields.properties ?? ''}` +
  `<Quantity><QuantityString>${fields.quantity ?? '5'}</QuantityString><UnitOfMeasure>${fields.unit ?? 'kg'}</UnitOfMeasure></Quantity></MaterialLot>`;

export const lotProperty = (id: string, text: string): string =>
  `<MaterialLotProperty><ID>${id}</ID><Value><ValueString>${text}</ValueString></Value></MaterialLotProperty>`;
