import { expect, it } from 'vitest';
import { prefersOpenMetrics } from '../../src/serve/accept.ts';

it.each([
  'application/openmetrics-text',
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
  'text/plain;q=0.4, Application/OpenMetrics-Text; version=1.0.0; q=0.5',
])('%s wants OpenMetrics', (accept) => {
  expect(prefersOpenMetrics(accept)).toBe(true);
});

it.each([
  undefined,
  '',
  '*/*',
  'text/html,application/xhtml+xml,*/*;q=0.8',
  'text/plain;version=0.0.4',
  'application/openmetrics-text;q=0',
  'application/openmetrics-text;q=x',
  'application/openmetrics-text;q=0.2,text/plain;q=0.3',
])('%s does not', (accept) => {
  expect(prefersOpenMetrics(accept)).toBe(false);
});
