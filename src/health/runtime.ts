import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { Check } from '../report/health-report.ts';
import { GUI_PATH } from './hook-environment.ts';

/** The program that `install` wrote into a shim. Both are '' in a committed shim, which starts what it finds. */
interface Runtime {
  readonly node: string;
  readonly script: string;
}

/** What the shim starts today. */
export interface RuntimeFacts {
  readonly recorded: Runtime;
  /** What the shim finds, in its own search order; null: nothing. */
  readonly node: string | null;
  readonly script: string | null;
  /** The version that it prints; null if it does not start. */
  readonly version: string | null;
  /** Why it does not start, one line. */
  readonly failure: string;
  /** The shim's last resort, or null. */
  readonly resort: string | null;
}

/** Where a shim searches. All absolute. */
export interface RuntimePlaces {
  readonly top: string;
  readonly commonDir: string;
  /** Sourced by the shim if it finds nothing. */
  readonly initFile: string;
}

/**
 * The values that `install` wrote into a shim.
 *
 * @param content one character per byte
 */
export function parseRuntime(content: string): Runtime {
  const text = Buffer.from(content, 'latin1').toString('utf8');
  const valueOf = (name: string): string => {
    const quoted = new RegExp(`^${name}='((?:[^']|'\\\\'')*)'`, 'm').exec(text)?.[1] ?? '';
    return quoted.replaceAll(`'\\''`, `'`);
  };
  return { node: valueOf('node'), script: valueOf('runtime') };
}

/** Searches like a shim, with the PATH of GUI programs, and starts what it finds. */
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
  return { version, failure: said.trim() || `it exited with ${status ?? 'a signal'}` };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Missing or not executable: for the shim that is the same.
    return false;
  }
}

/** A committed shim contains no path that an installation could update. */
function wayOut({ recorded }: RuntimeFacts): string {
  return recorded.node === ''
    ? 'Add code-guardian to the dependencies and install them.'
    : 'Run `code-guardian install` again to update the paths.';
}

/** @param ownVersion of this release */
export function judgeRuntime(facts: readonly RuntimeFacts[], ownVersion: string): Check {
  const name = 'runtime';
  if (facts.length === 0) return { name, status: 'skipped', detail: 'no hook of ours starts a program' };
  const lost = facts.find(({ node, script }) => node === null || script === null);
  if (lost !== undefined) {
    return lost.resort === null
      ? { name, status: 'fail', detail: `${goneOf(lost)}, and there is no other copy`, hint: wayOut(lost) }
      : { name, status: 'warn', detail: `${goneOf(lost)}; the hooks use ${lost.resort} instead`, hint: wayOut(lost) };
  }
  const broken = facts.find(({ version }) => version === null);
  if (broken !== undefined) {
    return {
      name,
      status: 'fail',
      detail: `${broken.script} does not start: ${broken.failure}`,
      hint: 'Reinstall the package, then run `code-guardian install` again.',
    };
  }
  const replaced = facts.find(isReplaced);
  if (replaced !== undefined) {
    return {
      name,
      status: 'warn',
      detail: `${goneOf(replaced)}; the hooks use ${replaced.node} ${replaced.script} instead`,
      hint: wayOut(replaced),
    };
  }
  const versions = [...new Set(facts.map(({ version }) => version))];
  const isOther = versions.some((version) => version !== ownVersion);
  return {
    name,
    status: 'ok',
    detail: `the hooks start code-guardian ${versions.join(', ')}${isOther ? ` (this one is ${ownVersion})` : ''}`,
  };
}

/** Whether the shim starts something other than what was recorded. */
function isReplaced({ recorded, node, script }: RuntimeFacts): boolean {
  return (recorded.node !== '' && node !== recorded.node) || (isAbsolute(recorded.script) && script !== recorded.script);
}

function goneOf({ recorded, node, script }: RuntimeFacts): string {
  const isScript = script === null || (isAbsolute(recorded.script) && script !== recorded.script);
  const what = isScript ? recorded.script : recorded.node;
  if (what !== '' && what !== (isScript ? script : node)) return `the program of the hooks is gone: ${what}`;
  return `the hooks did not find ${isScript ? 'code-guardian in node_modules' : 'node'}`;
}
