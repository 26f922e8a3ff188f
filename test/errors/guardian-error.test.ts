import { describe, expect, it } from 'vitest';
import { asGuardianError, fileError, GuardianError, RECOVERY } from '../../src/errors/guardian-error.ts';
import { renderError } from '../../src/errors/render-error.ts';

const failed = (code: string) => Object.assign(new Error(`${code}: no such luck, open 'x'`), { code });

describe('an error', () => {
  it('carries its way out, its file and its cause', () => {
    const cause = new Error('deeper');
    const error = new GuardianError('FILE_SYSTEM', 'm', { hint: 'h', path: 'p', cause });
    expect(error).toMatchObject({ name: 'GuardianError', code: 'FILE_SYSTEM', message: 'm', hint: 'h', path: 'p', cause });
    expect(new GuardianError('USAGE', 'm', { hint: 'h' })).not.toHaveProperty('cause');
  });

  it('of a code has the codes that scripts rely on, each with its recovery', () => {
    // The list of the docs, word for word.
    const codes =
      'USAGE CONFIG_INVALID FILE_SYSTEM PERMISSION_DENIED DETECTOR_FAILED GIT_FAILED NOT_A_REPOSITORY TIMEOUT LIMIT_EXCEEDED INPUT_INVALID TELEMETRY_FAILED INTERRUPTED INTERNAL';
    expect(Object.keys(RECOVERY)).toEqual(codes.split(' '));
    expect(new GuardianError('GIT_FAILED', 'm', { hint: 'h' }).recovery).toBe('retry');
    expect(new GuardianError('TELEMETRY_FAILED', 'm', { hint: 'h' }).recovery).toBe('degrade');
  });

  it.each([
    ['EACCES', 'PERMISSION_DENIED'],
    ['EPERM', 'PERMISSION_DENIED'],
    ['EROFS', 'PERMISSION_DENIED'],
    ['ENOENT', 'FILE_SYSTEM'],
    ['ENOSPC', 'FILE_SYSTEM'],
  ])('of the system by %s is %s', (code, expected) => {
    expect(fileError(failed(code), 'x', 'h')).toMatchObject({ code: expected, path: 'x', hint: 'h', message: failed(code).message });
  });

  it('of ours stays as it is; anything else is a bug', () => {
    const ours = new GuardianError('USAGE', 'm', { hint: 'h' });
    expect(asGuardianError(ours)).toBe(ours);
    const thrown = new TypeError('x is undefined');
    expect(asGuardianError(thrown)).toMatchObject({ code: 'INTERNAL', message: 'internal error: x is undefined', cause: thrown });
    expect(asGuardianError('a string').message).toBe('internal error: a string');
  });
});

describe('an error as its reader sees it', () => {
  const error = new GuardianError('USAGE', 'what happened', { hint: 'The way out.' });

  it('is what happened, and the way out', () => {
    expect(renderError(error, false)).toBe('code-guardian: what happened\n  The way out.\n');
  });

  it('has the stack where it is asked for, and of a bug always', () => {
    expect(renderError(error, true)).toContain('guardian-error.test.ts');
    expect(renderError(asGuardianError(new Error('oh')), false)).toContain('Error: oh\n    at ');
    expect(renderError(asGuardianError('no error'), false)).toMatch(/\nno error\n$/);
  });
});
