import { isoFromInstant } from '#shared/time/instant.ts';
import { childOf, childrenOf, instantOf, keep, refuse, textOf, textsOf, type Scope } from './fields.ts';
import type { Element } from './xml.ts';

const PASSED = /^(pass|passed|ok|true|approved|valid)$/i;
const FAILED = /^(fail|failed|not ok|nok|false|rejected|not valid|notvalid)$/i;

/** A test result of V7 says itself whose it is and what was tested. */
export function decodeTestResult(scope: Scope, element: Element): void {
  keepResult(
    scope,
    element,
    textOf(element, 'OperationsTestRequirementID'),
    textOf(element, 'TestableObjectID'),
  );
}

/**
 * Before V7 the results stand inside a property of the person or equipment, which names the specification. One that names
 * none is itself what was tested.
 */
export function decodeNestedResults(scope: Scope, element: Element, list: string): void {
  const subject = textOf(element, 'ID');
  for (const property of childrenOf(element, list)) {
    const [spec = textOf(property, 'ID'), ...others] = textsOf(property, 'TestSpecificationID');
    for (const result of childrenOf(property, 'TestResult')) {
      if (others.length === 0) keepResult(scope, result, spec, subject);
      else {
        const reason = `The property ${textOf(property, 'ID') ?? ''} names several specifications: nobody knows which of them this result is of.`;
        refuse(scope, result, 'TestSpecificationID', [spec, ...others].join(', '), reason);
      }
    }
    decodeNestedResults(scope, { ...property, children: withSubject(property, subject) }, list);
  }
}

/** Properties inside a property are of the same person or equipment. */
const withSubject = ({ line, children }: Element, subject: string | undefined): Element[] => [
  { name: 'ID', line, children: [], text: subject ?? '' },
  ...children.filter(({ name }) => name !== 'ID'),
];

function keepResult(
  scope: Scope,
  element: Element,
  spec: string | undefined,
  subject: string | undefined,
): void {
  keep(scope, 'testResults', element, () => {
    const outcome = outcomeOf(element);
    if (!PASSED.test(outcome) && !FAILED.test(outcome)) {
      refuse(scope, element, 'EvaluatedCriterionResult', outcome, 'Says neither pass nor fail.');
    }
    const evaluated = instantOf(scope, element, 'EvaluationDate');
    return {
      id:
        textOf(element, 'ID') ??
        `${subject} ${spec} ${evaluated === undefined ? '' : isoFromInstant(evaluated)}`,
      spec,
      subject,
      evaluated,
      expires: instantOf(scope, element, 'Expiration', 'end'),
      passed: PASSED.test(outcome),
    };
  });
}

/** V6 puts the result into a value. */
function outcomeOf(element: Element): string {
  const at = childOf(element, 'EvaluatedCriterionResult');
  return (at && (textOf(at, 'ValueString') ?? at.text.trim())) ?? '';
}
