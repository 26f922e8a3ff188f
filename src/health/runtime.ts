import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { Check } from '../report/health-report.ts';
import { GUI_PATH } from './hook-environment.ts';

/** What a shim starts, by what `install` wrote into it. Both are '' in one that is committed with the repository, and so starts what it finds. */
interface Runtime {
  readonly node: string;
  readonly script: string;
}

/** What became of it. */
export interface RuntimeFacts {
  readonly recorded: Runtime;
  /** What the shim takes, in its own order; null: it finds none. */
  readonly node: string | null;
  readonly script: string | null;
  /** What that says of its version; null where it does not start. */
  readonly version: string | null;
  /** Why it does not start, one line. */
  readonly failure: string;
  /** What the shim turns to where it finds none; null: nothing. */
  readonly resort: string | null;
}

/** Where a shim looks. All absolute. */
export interface RuntimePlaces {
  readonly top: string;
  readonly commonDir: string;
  /** Read by the shim where it finds nothing. */
  readonly initFile: string;
}

/**
 * The values that `install` wrote into a shim.
 *
 * @param content a character a byte
 */
export function parseRuntime(content: string): Runtime {
  const text = Buffer.from(content, 'latin1').toString('utf8');
  const valueOf = (name: string): string => {
    const quoted = new RegExp(`^${name}='((?:[^']|'\\\\'')*)'`, 'm').exec(text)?.[1] ?? '';
    return quoted.replaceAll(`'\\''`, `'`);
  };
  return { node: valueOf('node'), script: valueOf('runtime') };
}

/** Looks where a shim looks, with the PATH of programs with windows, and starts what it finds. */
export function readRuntime(recorded: Runtime, { top, commonDir, initFile }: RuntimePlaces): RuntimeFacts {
  const modules = 'node_modules/code-guardian/dist/bin.cjs';
  const scripts = [...(recorded.script === '' ? [] : [resolve(top, recorded.script)]), join(top, modules), join(commonDir, '..', modules)];
  const node = isExecutable(recorded.node) ? recorded.node : onPath('node');
  const script = scripts.find((file) => existsSync(file)) ?? null;
  const started = node !== null && script !== null ? start(node, script) : { version: null, failure: '' };
  return { recorded, node, script, ...started, resort: onPath('code-guardian') ?? (existsSync(initFile) ? initFile : null) };
}

function onPath(name: string): string | null {
  return GUI_PATH.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function start(node: string, script: string): Pick<RuntimeFacts, 'version' | 'failure'> {
  const { status, stdout, stderr, error } = spawnSync(node, [script, '--version'], { encoding: 'utf8', timeout: 30_000 });
  const version = status === 0 ? (/^\d+\.\d+\.\S+$/.exec(stdout.trim())?.[0] ?? null) : null;
  const said = error?.message ?? stderr.split('\n').find((line) => /error|cannot|not found/i.test(line)) ?? stderr.split('\n')[0] ?? '';
  return { version, failure: said.trim() || `it ended with ${status ?? 'a signal'}` };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: for the shim the two are one.
    return false;
  }
}

/** One that is committed with the repository names nothing that another installation could bring up to date. */
function wayOut({ recorded }: RuntimeFacts): string {
  return recorded.node === ''
    ? 'Run your package manager’s install, with code-guardian among the dependencies.'
    : 'Run `code-guardian install` again: it writes down what is there now.';
}

/** @param ownVersion of this release */
export function judgeRuntime(facts: readonly RuntimeFacts[], ownVersion: string): Check {
  const name = 'runtime';
  if (facts.length === 0) return { name, status: 'skipped', detail: 'no hook of ours names a program to start' };
  const lost = facts.find(({ node, script }) => node === null || script === null);
  if (lost !== undefined) {
    return lost.resort === null
      ? { name, status: 'fail', detail: `${goneOf(lost)}, and nothing else is found`, hint: wayOut(lost) }
      : { name, status: 'warn', detail: `${goneOf(lost)}; ${lost.resort} has to do`, hint: wayOut(lost) };
  }
  const broken = facts.find(({ version }) => version === null);
  if (broken !== undefined) {
    return {
      name,
      status: 'fail',
      detail: `${broken.script} does not start: ${broken.failure}`,
      hint: 'Install the package anew, then run `code-guardian install` again.',
    };
  }
  const replaced = facts.find(isReplaced);
  if (replaced !== undefined) {
    return { name, status: 'warn', detail: `${goneOf(replaced)}; ${replaced.node} ${replaced.script} stands in`, hint: wayOut(replaced) };
  }
  const versions = [...new Set(facts.map(({ version }) => version))];
  const isOther = versions.some((version) => version !== ownVersion);
  return {
    name,
    status: 'ok',
    detail: `the hooks start code-guardian ${versions.join(', ')}${isOther ? ` (this one is ${ownVersion})` : ''}`,
  };
}

/** Is something else started than was written down? */
function isReplaced({ recorded, node, script }: RuntimeFacts): boolean {
  return (recorded.node !== '' && node !== recorded.node) || (isAbsolute(recorded.script) && script !== recorded.script);
}

function goneOf({ recorded, node, script }: RuntimeFacts): string {
  const isScript = script === null || (isAbsolute(recorded.script) && script !== recorded.script);
  const what = isScript ? recorded.script : recorded.node;
  if (what !== '' && what !== (isScript ? script : node)) return `${what}, which the hooks start, is gone`;
  return `the hooks look for ${isScript ? 'code-guardian in node_modules' : 'node'}, and it is not there`;
}
