import { SEVERITIES } from '../engine/rule.ts';

/** Keys with ordered values, weakest first. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  failFast: [false, true],
  failOn: SEVERITIES, // `critical` lets everything below pass
  onIncomplete: ['warn', 'block'],
  'security.allowSkip': [true, false],
  'security.allowPushSkip': [true, false],
};

export const ORDERED_KEYS: readonly string[] = Object.keys(VALUES);

/** Whether one value of a key accepts more than another. False for keys without an order. */
export function isWeaker(key: string, value: unknown, than: unknown): boolean {
  const values = VALUES[key];
  return values !== undefined && value !== undefined && values.indexOf(value) < values.indexOf(than);
}
