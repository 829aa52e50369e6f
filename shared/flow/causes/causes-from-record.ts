import type { Cause } from '#shared/domain/case.ts';
import { causesFromAbsences } from './absences.ts';
import { causesFromBadInstruments } from './bad-instruments.ts';
import { causesFromCalibrations } from './calibrations.ts';
import { causesFromDowntimes } from './downtimes.ts';
import { causesFromFailedTests } from './failed-tests.ts';
import { causesFromMaterials } from './materials.ts';
import { causesFromQualifications } from './qualifications.ts';
import { causesFromRushOrders } from './rush-orders.ts';
import { causesFromScrap } from './scrap.ts';
import type { Situation } from './situation.ts';

/** Everything that the record says against what is published, each with what it hits (U19: nothing that hits nobody). */
export const causesFromRecord = (situation: Situation): Cause[] => [
  ...causesFromDowntimes(situation),
  ...causesFromMaterials(situation),
  ...causesFromFailedTests(situation),
  ...causesFromBadInstruments(situation),
  ...causesFromCalibrations(situation),
  ...causesFromQualifications(situation),
  ...causesFromAbsences(situation),
  ...causesFromScrap(situation),
  ...causesFromRushOrders(situation),
];
