import { describe, expect, it } from 'vitest';
import { isTestPath } from '../../src/engine/test-path.ts';

describe('isTestPath', () => {
  it.each([
    'test/a.ts',
    'src/a.test.ts',
    'spec/models/user_spec.rb',
    'docs/setup.md',
    'README.md',
    'src/UserTest.java',
    'a/fixtures/b.json',
    '.env.example',
    'lib/t/10-login.t',
    'regress/unittests/key.sh',
    'src/unittests/a.c',
  ])('%s', (path) => {
    expect(isTestPath(path)).toBe(true);
  });

  it.each(['src/a.ts', 'app/latest.py', 'contest/a.go', 'config/prod.yml', 'src/attestation.ts', 'src/t.ts', 'lib/regress.ts'])(
    'not %s',
    (path) => {
      expect(isTestPath(path)).toBe(false);
    },
  );
});
