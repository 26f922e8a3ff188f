import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { MESSAGE_GATE } from '../../src/startup/message-gate.ts';
import type { ContentRule } from '../../src/engine/rule.ts';

const folder = mkdtempSync(join(tmpdir(), 'code-guardian-gate-'));
const gate = join(folder, 'gate.sh');
writeFileSync(gate, MESSAGE_GATE);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Which messages does a shell let Node look at? */
function lookedAt(messages: readonly string[]): boolean[] {
  const files = messages.map((message, i) => {
    writeFileSync(join(folder, `${i}`), message, 'latin1');
    return join(folder, `${i}`);
  });
  const script = `for file; do ( set -- "$file"; . "${gate}"; echo "$file" ); done`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', ...files], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  const passed = new Set(stdout.split('\n'));
  return files.map((file) => passed.has(file));
}

describe('the gate of commit messages', () => {
  it('lets Node look wherever a built-in rule would find something', { timeout: 120_000 }, () => {
    const rules = CATALOGUE.filter((rule): rule is ContentRule => rule.kind === 'content');
    const scanner = createScanner(sourceOf(rules));
    const messages = rules
      .flatMap((rule) => rule.samples().found.map((sample) => (typeof sample === 'string' ? sample : sample.text)))
      .map((text) => `Add a thing\n\n${text}\n`)
      .filter((text) => scanner.scan({ bytes: Buffer.from(text), path: 'commit message', isActive: () => true }).length > 0);
    expect(messages.length).toBeGreaterThan(rules.length / 2);
    const looked = lookedAt(messages);
    expect(messages.filter((_, i) => !looked[i])).toEqual([]);
  });

  it.each([
    ['a short one', 'Fix the parser\n', false],
    ['no line end', 'Fix the parser', false],
    ['a keyword in another case', 'Use the API KEY\n', true],
    ['a keyword on the last line, without its end', 'Fix\n\nmy password', true],
    ['bytes that are no UTF-8', 'Caf\xe9 \xff\xfe done\n', false],
    ['special letters of the shell', 'Say "$HOME" and `date` \\ * [a] $(id)\n', false],
    ['many lines', 'Fix the parser\n'.repeat(80), true],
    ['nothing', '', false],
  ])('%s', (_, message, expected) => {
    expect(lookedAt([message])).toEqual([expected]);
  });
});
