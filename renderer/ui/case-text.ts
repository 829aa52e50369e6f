import type { CaseKind } from '#shared/domain/case.ts';

/** Kinds of cases, wherever they are named. */
export const caseKindText: Record<CaseKind, string> = {
  shortage: 'Shortage',
  downtime: 'Downtime',
  qualityHold: 'Quality hold',
  rework: 'Scrap and rework',
  maintenanceConflict: 'Maintenance',
  calibrationExpiring: 'Calibration',
  qualificationExpiring: 'Qualification',
  absentPerson: 'Absence',
  rushOrder: 'Rush order',
  cannotRun: 'Can’t run this',
  notKept: 'Not kept by the ERP',
};
