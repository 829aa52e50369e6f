import { createHash } from 'node:crypto';
import { type Decoded, type SourcedRecord } from './decoded.ts';
import { decodeB2mml } from '#electron/erp/b2mml/decode.ts';
import type { Mapping } from './csv/mapping.ts';
import { SetupMatrix } from '#shared/domain/changeover.ts';
import { Lot } from '#shared/domain/material.ts';
export function decodeFile(file: { name: string; text: string }, context: { zone: string; mapping?: Mapping }): Decoded {
  if (file.name.endsWith('.xml')) return decodeB2mml(file, context);
  const [head = '', ...lines] = file.text.trim().split(/\r?\n/);
  const columns = head.split(',');
  const rows = lines.map((line) => Object.fromEntries(line.split(',').map((v, i) => [columns[i] ?? '', v])));
  const records: SourcedRecord[] = [];
  if (columns.includes('matrix')) {
    for (const id of new Set(rows.map((r) => r['matrix'] ?? ''))) {
      records.push({ kind: 'setupMatrices', file: file.name, line: 1, record: SetupMatrix.parse({ id, name: id, same: 0, standard: 0, entries: rows.filter((r) => r['matrix'] === id).map((r) => ({ from: r['from'], to: r['to'], seconds: Number(r['minutes']) * 60 })) }) });
    }
  } else {
    for (const r of rows) records.push({ kind: 'lots', file: file.name, line: 1, record: Lot.parse({ id: r['id'], material: r['material'], quantity: Number(r['quantity']), disposition: r['disposition'], ...(r['availableFrom'] && { availableFrom: Date.parse(r['availableFrom']) / 1000 }) }) });
  }
  return { message: createHash('sha256').update(file.text).digest('hex'), records, removed: [], refusals: [], warnings: [] };
}
export function decodeBytes(_name: string, bytes: Uint8Array) {
  return { ok: true as boolean, value: { text: Buffer.from(bytes).toString('utf8') }, reason: { reason: '' } };
}
