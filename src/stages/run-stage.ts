import { join } from 'node:path';
import { asGuardianError, GuardianError } from '../errors/guardian-error.ts';
import type { Region, StageResult } from '../findings/stage-result.ts';
import { cleanText } from './clean-text.ts';
import { findPackage } from './lock-lines.ts';
import { parseNpmAudit } from './parse-npm-audit.ts';
import { parseSarif, type SarifReading } from './parse-sarif.ts';
import { type Invocation, planInvocations } from './plan-invocations.ts';
import { type Ending, readHead, readOutput, runCommand } from './run-command.ts';
import type { Stage } from './stage.ts';
import { stageEnvironment } from './stage-environment.ts';
import type { StageTree } from './tree.ts';

/** A stage and its environment. */
export interface StageRun {
  readonly stage: Stage;
  readonly tree: StageTree;
  /** Files to scan, relative to the tree's top; they are in the tree. */
  readonly files: readonly string[];
  /** Content of one of them, as written to the tree. */
  readonly contentOf: (file: string) => Buffer;
  readonly env: NodeJS.ProcessEnv;
  /** Top of the work tree, or null. */
  readonly top: string | null;
  /** See `StagePlace`. */
  readonly isOfProject: boolean;
  /** Remaining milliseconds of the run. */
  readonly timeLeft: () => number;
  readonly signal: AbortSignal;
}

/** The result. */
export interface StageOutcome {
  readonly results: readonly StageResult[];
  /** Results that name no file in the tree. */
  readonly elsewhere: number;
  /** Files that it scanned. */
  readonly looked: number;
  /** Why it did not scan all of them, or null. */
  readonly error: GuardianError | null;
}

/** Consecutive failures after which a stage is off for the rest of the run. */
const MAX_FAILURES = 3;
/** Largest output of a stage in bytes. */
const MAX_OUTPUT = 64 * 1024 * 1024;
/** Bytes of its standard error that are read. */
const MAX_SAID = 4096;

/** The result of one invocation. `isFinal`: the next one would fail, too. */
interface Attempt {
  readonly reading: SarifReading;
  readonly failure: { readonly error: GuardianError; readonly isFinal: boolean } | null;
}

/** Runs a stage, in several invocations for many files. The results of one count even if others fail. */
export async function runStage(run: StageRun): Promise<StageOutcome> {
  const { stage, tree, files, top, signal } = run;
  const places = { output: join(tree.results, 'output.sarif'), top: top ?? tree.path };
  const until = performance.now() + Math.min(stage.timeout, run.timeLeft());
  const attempts: Attempt[] = [];
  let looked = 0;
  for (const [number, invocation] of planInvocations(stage, files, places).entries()) {
    if (signal.aborted || isSwitchedOff(attempts)) break;
    const output = stage.command.some((argument) => argument.includes('{output}')) ? `${places.output}.${number}` : null;
    const command = invocation.command.map((argument) => (output === null ? argument : argument.replaceAll(places.output, () => output)));
    const attempt = await attemptOnce(run, { ...invocation, command }, output, number, until - performance.now());
    attempts.push(attempt);
    if (attempt.failure === null) looked += invocation.files.length;
  }
  const readings = attempts.map(({ reading }) => reading);
  const failures = attempts.flatMap(({ failure }) => (failure === null ? [] : [failure.error]));
  return {
    results: readings.flatMap(({ results }) => results),
    elsewhere: readings.reduce((sum, reading) => sum + reading.elsewhere, 0),
    looked,
    error: summarize(failures, { missed: files.length - looked, of: files.length, isOff: isSwitchedOff(attempts) }),
  };
}

function isSwitchedOff(attempts: readonly Attempt[]): boolean {
  const last = attempts.slice(-MAX_FAILURES);
  return last.at(-1)?.failure?.isFinal === true || (last.length === MAX_FAILURES && last.every(({ failure }) => failure !== null));
}

/** Combines the failures of a stage into one error: the reason of the first, and how many files were not scanned. */
function summarize(
  errors: readonly GuardianError[],
  { missed, of, isOff }: { readonly missed: number; readonly of: number; readonly isOff: boolean },
): GuardianError | null {
  const [first] = errors;
  if (first === undefined) return null;
  const often = errors.length === 1 ? '' : ` (and ${errors.length - 1} more ${errors.length === 2 ? 'time' : 'times'})`;
  const off = isOff && of > missed ? '; it was switched off for the rest of this run' : '';
  const message = `${first.message}${often}; ${missed} of ${of} ${of === 1 ? 'file was' : 'files were'} not scanned by it${off}`;
  return new GuardianError(first.code, message, { hint: first.hint, cause: first });
}

const NOTHING: SarifReading = { results: [], elsewhere: 0, failure: null };

async function attemptOnce(run: StageRun, invocation: Invocation, output: string | null, number: number, time: number): Promise<Attempt> {
  const { stage, tree } = run;
  const [stdout, stderr] = ['stdout', 'stderr'].map((name) => join(tree.results, `${name}.${number}`)) as [string, string];
  const fail = (error: GuardianError, isFinal = false, reading = NOTHING): Attempt => ({ reading, failure: { error, isFinal } });
  try {
    const ending = await runCommand({
      command: invocation.command,
      cwd: join(tree.path, invocation.folder),
      env: stageEnvironment(run.env, { top: run.top, tree: tree.path, isOfProject: run.isOfProject }),
      timeout: time,
      stdout,
      stderr,
      watched: [stdout, stderr, ...(output === null ? [] : [output])],
      maxOutput: MAX_OUTPUT,
      signal: run.signal,
    });
    if (ending.kind !== 'exited') return fail(endingError(stage, ending, time), ending.kind !== 'killed');
    const text = readOutput(output ?? stdout);
    const said = (): string => saidOn(stderr, ending.code);
    try {
      if (text === null) throw new GuardianError('DETECTOR_FAILED', 'it did not write {output}', { hint: SEE_COMMAND });
      const reading = read(run, invocation, text);
      if (reading.failure === null) return { reading, failure: null };
      return fail(stageError(stage, reading.failure, SEE_COMMAND), false, reading);
    } catch (thrown) {
      const { message, hint } = asGuardianError(thrown);
      const isItsOwn = stage.output === 'sarif' && ending.code !== 0;
      return fail(stageError(stage, `${message}${said()}`, isItsOwn ? SEE_COMMAND : hint));
    }
  } catch (thrown) {
    // Such as a full disk.
    return fail(stageError(stage, cleanText(asGuardianError(thrown).message), SEE_COMMAND));
  }
}

function read({ stage, tree, files, contentOf }: StageRun, { folder, files: asked }: Invocation, text: string): SarifReading {
  const { severity } = stage;
  if (stage.output === 'npm-audit') {
    const [lock = ''] = asked;
    return { results: parseNpmAudit(text, contentOf(lock).toString('utf8'), lock, severity), elsewhere: 0, failure: null };
  }
  const reading = parseSarif(text, { roots: [tree.path], files: new Set(files), folder, severity });
  return stage.runs === 'each' ? { ...reading, results: reading.results.map((result) => onItsLines(result, contentOf)) } : reading;
}

/** Scanners of lock files name the package in the message, but no line. */
function onItsLines(result: StageResult, contentOf: StageRun['contentOf']): StageResult {
  if (result.region !== null) return result;
  const [, name = '', version = ''] = /'(@?[^'@\s]+)@([^'\s]+)'/.exec(result.message) ?? [];
  const [region = null, ...others] = findPackage(contentOf(result.path).toString('utf8'), name, version).map((lines): Region => ({
    kind: 'lines',
    ...lines,
    startColumn: null,
    endColumn: null,
    unit: 'utf16',
  }));
  return { ...result, region, others, isUnplaced: region === null };
}

const SEE_COMMAND = 'Run its command by hand in a clean copy of the files.';

function stageError({ id }: Stage, why: string, hint: string): GuardianError {
  return new GuardianError('DETECTOR_FAILED', `stage ${id} failed: ${why}`, { hint });
}

function endingError(stage: Stage, ending: Exclude<Ending, { kind: 'exited' }>, time: number): GuardianError {
  const [program = ''] = stage.command;
  switch (ending.kind) {
    case 'not-started':
      return ending.code === 'ENOENT'
        ? stageError(
            stage,
            `${program}: command not found`,
            `Install it, add it to the PATH of hooks, or remove the stage from the config.`,
          )
        : stageError(stage, `${program} could not start (${ending.code})`, SEE_COMMAND);
    case 'timeout':
      return new GuardianError('TIMEOUT', `stage ${stage.id} was stopped after ${seconds(time)} s (timeout)`, {
        hint: 'Raise its `timeout`, or `performance.timeout` for the whole run.',
      });
    case 'too-much':
      return stageError(stage, `its output exceeds ${MAX_OUTPUT / 2 ** 20} MiB`, 'Let it scan fewer files (`paths`), or print less.');
    case 'killed':
      return stageError(stage, `killed by ${ending.signal}`, SEE_COMMAND);
    case 'stopped':
      return stageError(stage, 'stopped', SEE_COMMAND);
  }
}

function seconds(milliseconds: number): string {
  return String(Math.round(milliseconds / 100) / 10);
}

/** Its last line on standard error, for people. */
function saidOn(stderr: string, code: number): string {
  const words = cleanText(readHead(stderr, MAX_SAID).trim().split('\n').at(-1), 200);
  return `; it exited with ${code}${words === '' ? '' : `: ${words}`}`;
}
