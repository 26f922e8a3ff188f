import { expect, it } from 'vitest';
import { type Asked, judgeRequest } from '../../src/serve/refusal.ts';

const GOOD: Asked = { method: 'GET', hasBody: false, path: '/livez', wait: 0, isForUs: true, isAuthorised: true };
const judge = (changes: Partial<Asked>) => judgeRequest({ ...GOOD, ...changes }, ['/livez', '/']);

it.each([{}, { method: 'HEAD' }, { path: '/' }])('%o is answered', (changes) => {
  expect(judge(changes)).toBeNull();
});

it.each([
  [429, { wait: 1.2 }],
  [421, { isForUs: false }],
  [401, { isAuthorised: false }],
  [405, { method: 'POST', hasBody: true }],
  [405, { method: 'OPTIONS' }],
  [405, { method: 'get' }],
  [413, { hasBody: true }],
  [404, { path: '/livez/' }],
  [404, { path: '' }],
  [404, { path: 'toString' }],
] as const)('%i: %o', (status, changes) => {
  expect(judge(changes)).toMatchObject({ status });
});

it('tells a stranger neither which paths there are nor which methods', () => {
  const answers = [{}, { path: '/nothing' }, { method: 'DELETE' }, { hasBody: true }].map((changes) =>
    judge({ ...changes, isAuthorised: false }),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
});

it('says when to come again, in whole seconds', () => {
  expect(judge({ wait: 1.2 })).toMatchObject({ headers: { 'retry-after': '2' } });
});
