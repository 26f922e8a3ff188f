import { SEVERITIES } from '../engine/rule.ts';

/** Keys whose values have an order, each with its values from the weakest to the strictest. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  failFast: [false, true],
  failOn: SEVERITIES, // what blocks from `critical` on lets the rest pass
  onIncomplete: ['warn', 'block'],
  'security.allowSkip': [true, false],
  'security.allowPushSkip': [true, false],
};

export const ORDERED_KEYS: readonly string[] = Object.keys(VALUES);

/** Does one value of a key let more pass than another? Never where the key has no order. */
export function isWeaker(key: string, value: unknown, than: unknown): boolean {
  const values = VALUES[key];
  return values !== undefined && value !== undefined && values.indexOf(value) < values.indexOf(than);
}
