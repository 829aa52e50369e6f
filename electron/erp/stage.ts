import type { Decoded } from './decoded.ts';
import { RECORD_KINDS, type Plant, type RecordKind } from '#shared/domain/plant.ts';
import type { ImportReport } from '#shared/domain/import-report.ts';
export function stageImport(plant: Plant, decoded: readonly Decoded[], dryRun: boolean) {
  const changes: { kind: RecordKind; put: Plant[RecordKind][number][]; remove: string[] }[] = [];
  const report: ImportReport = { files: [], dryRun, changes: [], samples: [], refusals: decoded.flatMap((d) => d.refusals), warnings: [] };
  for (const kind of RECORD_KINDS) {
    const known = new Map(plant[kind].map((r) => [r.id as string, JSON.stringify(r)]));
    const put = decoded.flatMap((d) => d.records.filter((r) => r.kind === kind).map((r) => r.record)).filter((r) => known.get(r.id) !== JSON.stringify(r));
    if (put.length > 0) {
      changes.push({ kind, put, remove: [] });
      report.changes.push({ kind, added: put.filter((r) => !known.has(r.id)).length, changed: put.filter((r) => known.has(r.id)).length, removed: 0, unchanged: 0 });
    }
  }
  return { changes, report };
}
