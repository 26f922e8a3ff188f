import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createFolder } from '../support/repository.ts';

const TOP = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = readFileSync(join(TOP, 'docs/contributing.md'), 'utf8');
const PARTS = [
  '.oxlintrc.json',
  'build',
  'docs',
  'hooks',
  'package.json',
  'package-lock.json',
  'src',
  'test',
  'tsconfig.json',
  'vitest.config.ts',
];

interface Step {
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks below a heading, up to the next one. */
function stepsOf(heading: string): Step[] {
  const section = PAGE.split(/^## /m).find((part) => part.startsWith(`${heading}\n`))!;
  return [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({ language, text }));
}

/** A copy of the sources, as a contributor's clone has them. */
function createClone(): string {
  const folder = createFolder();
  for (const part of PARTS) cpSync(join(TOP, part), join(folder, part), { recursive: true });
  symlinkSync(join(TOP, 'node_modules'), join(folder, 'node_modules'));
  expect(spawnSync('git', ['init', '--quiet'], { cwd: folder }).status).toBe(0);
  return folder;
}

/** Writes a file, or runs commands. Returns what the commands printed. */
function follow(clone: string, { language, text }: Step): string {
  if (language === 'sh') return run(clone, text);
  const [, path = '', anchor] = /^\/\/ (\S+?)(?:, below (\S+))?\n/.exec(text)!;
  const content = text.slice(text.indexOf('\n') + 1);
  const file = join(clone, path);
  mkdirSync(dirname(file), { recursive: true });
  if (anchor === undefined) {
    writeFileSync(file, content);
  } else {
    const lines = readFileSync(file, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes(anchor) && /[[;]$/.test(line));
    expect(at, `${anchor} in ${path}`).toBeGreaterThan(0);
    writeFileSync(file, [...lines.slice(0, at + 1), content.trimEnd(), ...lines.slice(at + 1)].join('\n'));
  }
  return '';
}

function run(clone: string, commands: string): string {
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', commands], { cwd: clone, encoding: 'utf8', env: { ...process.env, CI: '' } });
  expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' });
  return stdout;
}

it('docs/contributing.md leads to a rule that is found and documented, a report format, and a command with help', () => {
  const clone = createClone();
  const printed = stepsOf('Add a rule').map((step) => follow(clone, step));
  expect(printed.join('')).toContain('1 passed');
  expect(readFileSync(join(clone, 'docs/rules.md'), 'utf8')).toContain('acme-token');
  writeFileSync(join(clone, 'a.txt'), `token = acmetok_${'k3Vd9QxZ7r'.repeat(4)}\n`);
  const { status, stdout } = spawnSync(process.execPath, ['dist/bin.cjs', 'scan', 'a.txt'], { cwd: clone, encoding: 'utf8' });
  expect(stdout).toContain('acme-token');
  expect(status).toBe(1);

  const printedOfFormat = stepsOf('Add a report format').map((step) => follow(clone, step));
  expect(printedOfFormat.at(-1)).toMatch(/^ {2}tsv +tab-separated/m);
  const asked = spawnSync(process.execPath, ['dist/bin.cjs', 'scan', '--format', 'tsv', 'a.txt'], { cwd: clone, encoding: 'utf8' });
  expect(asked).toMatchObject({ status: 1, stdout: 'acme-token\ta.txt\t1\n' });

  expect(
    stepsOf('Add a command')
      .map((step) => follow(clone, step))
      .at(-1)!
      .trim(),
  ).toBe(clone);
  expect(run(clone, 'node dist/bin.cjs whereami --help')).toContain('top folder');
  run(clone, 'npx tsc --noEmit && npx oxlint --type-aware --deny-warnings src');
});
