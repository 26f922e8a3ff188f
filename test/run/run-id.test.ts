import { expect, it } from 'vitest';
import { createRunId } from '../../src/run/run-id.ts';

it('is a UUID of version 4, another each time', () => {
  const ids = Array.from({ length: 500 }, createRunId);
  expect(ids.filter((id) => !/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});
