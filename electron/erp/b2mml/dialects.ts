/** How a version of B2MML calls what we know by the words of V7. */
export interface Dialect {
  readonly version: string;
  readonly namespace: string;
  /** Its word → ours. What is not listed is called the same. */
  readonly words: ReadonlyMap<string, string>;
}

/** The production models of V3 to V6, which the operations models replaced. */
const PRODUCTION = {
  ProductionSchedule: 'OperationsSchedule',
  ProductionRequest: 'OperationsRequest',
  ProductionRequestID: 'OperationsRequestID',
  ProductProductionRuleID: 'OperationsDefinitionID',
  ProductProductionRule: 'OperationsDefinitionID',
  ProductSegmentID: 'OperationsSegmentID',
  ProductionPerformance: 'OperationsPerformance',
  ProductionResponse: 'OperationsResponse',
};

/** Names that V7 changed within what stayed. */
const BEFORE_V7 = {
  ...PRODUCTION,
  EquipmentCapabilityTestSpec: 'EquipmentCapabilityTestSpecification',
  EquipmentCapabilityTestSpecificationID: 'TestSpecificationID',
  QualificationTestSpecificationID: 'TestSpecificationID',
  ExpirationTime: 'Expiration',
  Parameter: 'ParameterSpecification',
  Result: 'EvaluatedCriterionResult',
  TestDateTime: 'EvaluationDate',
  TimingFactor: 'DependencyFactor',
};

const dialect = (version: string, namespace: string, words: Readonly<Record<string, string>>): Dialect => ({
  version,
  namespace,
  words: new Map(Object.entries(words)),
});

export const B2MML_NAMESPACE = 'http://www.mesa.org/xml/B2MML';

export const V7 = dialect('7', B2MML_NAMESPACE, {});
export const V6 = dialect('6', `${B2MML_NAMESPACE}-V0600`, BEFORE_V7);
const V5 = dialect('5', `${B2MML_NAMESPACE}-V0500`, BEFORE_V7);
const V4 = dialect('4', 'http://www.wbf.org/xml/B2MML-V0401', BEFORE_V7);
const DIALECTS = [V7, V6, V5, V4];

export const KNOWN_NAMESPACES = DIALECTS.map(({ namespace }) => namespace).join(', ');

/**
 * The version of a namespace. Real senders write near misses (another minor version, the house that owned it before):
 * what names a known version is read, `exact` says whether it is the official name.
 */
export function dialectOf(namespace: string): { readonly dialect: Dialect; readonly exact: boolean } | null {
  const exact = DIALECTS.find((known) => known.namespace === namespace);
  if (exact) return { dialect: exact, exact: true };
  if (namespace === '') return { dialect: V7, exact: false };
  const near = /^https?:\/\/www\.(?:mesa|wbf)\.org\/xml\/B2MML(?:-V0?([1-9])\d*)?\/?$/i.exec(namespace);
  const found = near && DIALECTS.find(({ version }) => version === (near[1] ?? '7'));
  return found ? { dialect: found, exact: false } : null;
}
