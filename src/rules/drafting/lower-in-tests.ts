import { isExamplePlace } from '../reading/example-place.ts';
import type { Candidate, Judgement, Severity } from '../../engine/rule.ts';

/** A judge for values that in tests and documents are seldom in use: there they weigh less. */
export function lowerInTests(severity: Severity): (candidate: Candidate) => Judgement {
  return (candidate) => !isExamplePlace(candidate) || { severity, confidence: 'low' };
}
