import { isExamplePlace } from '../reading/example-place.ts';
import type { Candidate, Judgement, Severity } from '../../engine/rule.ts';

/** A judge for values that are rarely in use in tests and documents: it lowers their severity there. */
export function lowerInTests(severity: Severity): (candidate: Candidate) => Judgement {
  return (candidate) => !isExamplePlace(candidate) || { severity, confidence: 'low' };
}
