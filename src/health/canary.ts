import { crc32Base62 } from '../engine/proofs/crc32-base62.ts';
import { alnum } from '../rules/drafting/sample.ts';
import { type Ended, execute } from './execute.ts';
import type { Reach } from './hook.ts';
import { hookEnvironment, type HookPlace } from './hook-environment.ts';
import type { Scratch } from './scratch.ts';

/** The planted file and the rule that must find it. */
export const CANARY = { path: 'code-guardian-canary.txt', rule: 'github-token' } as const;

/** A fake GitHub token with a valid checksum. Assembled at run time, so that no file contains it. */
export function canaryToken(): string {
  const body = alnum(30, 'doctor');
  return ['ghp', body + crc32Base62(body)].join('_');
}

const CLEAN = 'nothing to see here\n';
const REMOTE = 'code-guardian-doctor';
const REF = `refs/heads/${REMOTE}`;
const TIMEOUT = 60_000;
/** A shell's exit code. */
export const COMMAND_NOT_FOUND = 127;

/** The result of one hook, run the way git runs it. */
export interface CanaryResult {
  readonly hook: string;
  readonly reach: Reach;
  readonly planted: Ended;
  /** The same without a token. */
  readonly clean: Ended;
  /** Whether code-guardian was found only with the user's own PATH. */
  readonly needsOwnPath: boolean;
}

/** How to run hooks here. */
export interface CanaryRun {
  readonly scratch: Scratch;
  readonly place: HookPlace;
  readonly env: NodeJS.ProcessEnv;
  /** The running program: node and script. For managers that bring their own. */
  readonly program: readonly [node: string, script: string];
  /** Length of an object id in this repository. */
  readonly idLength: number;
}

/** Runs a hook twice: with a token that it must block, and without. */
export async function runCanary(run: CanaryRun, hook: string, reach: Reach): Promise<CanaryResult> {
  // On its own line: next to a name, other rules would find it, too.
  const [bait, plain] = [await prepare(run, hook, `${canaryToken()}\n`), await prepare(run, hook, null)];
  const planted = await runHook(run, hook, reach, bait);
  const needsOwnPath = reach.kind !== 'shim' && planted.code === COMMAND_NOT_FOUND;
  const path = needsOwnPath ? (run.env['PATH'] ?? '').split(':') : undefined;
  return {
    hook,
    reach,
    planted: needsOwnPath ? await runHook(run, hook, reach, bait, path) : planted,
    clean: await runHook(run, hook, reach, plain, path),
    needsOwnPath,
  };
}

/** The input of a hook. */
interface Given {
  readonly args: readonly string[];
  readonly input: string;
  readonly variables: Readonly<Record<string, string>>;
}

async function prepare({ scratch, idLength }: CanaryRun, hook: string, text: string | null): Promise<Given> {
  const none = '0'.repeat(idLength);
  const given = { args: [], input: '', variables: {} };
  switch (hook) {
    case 'pre-receive': {
      const id = await scratch.writeCommit(CANARY.path, text ?? CLEAN);
      const quarantine = scratch.variables['GIT_OBJECT_DIRECTORY']!;
      return { ...given, input: `${none} ${id} ${REF}\n`, variables: { GIT_QUARANTINE_PATH: quarantine } };
    }
    case 'pre-push': {
      const id = await scratch.writeCommit(CANARY.path, text ?? CLEAN);
      // git sets no index here. Reading the repository's own would touch its split-index file.
      const variables = { GIT_INDEX_FILE: await scratch.writeIndex(CANARY.path, null) };
      return { args: [REMOTE, REMOTE], input: `${REF} ${id} ${REF} ${none}\n`, variables };
    }
    case 'commit-msg': {
      const variables = { GIT_INDEX_FILE: await scratch.writeIndex(CANARY.path, null) };
      return { ...given, args: [scratch.writeMessage(text ?? CLEAN)], variables };
    }
    default:
      return { ...given, variables: { GIT_INDEX_FILE: await scratch.writeIndex(CANARY.path, text) } };
  }
}

function runHook(
  { scratch, place, env, program }: CanaryRun,
  hook: string,
  reach: Reach,
  { args, input, variables }: Given,
  path?: readonly string[],
): Promise<Ended> {
  const { folder } = place;
  const [file, ...before] = commandOf(reach, hook, program);
  const { PATH, ...base } = hookEnvironment(env, place, path);
  return execute(file, [...before, ...args], {
    cwd: folder,
    env: {
      ...base,
      ...scratch.variables,
      ...variables,
      PATH: reach.kind === 'guest' ? `${folder}/node_modules/.bin:${PATH}` : PATH,
      // Skip the chained hook: it is the user's, may be slow, and may leave traces.
      ...(reach.kind === 'shim' && reach.original !== '' ? { code_guardian_chain: `${folder}/${reach.original}` } : {}),
    },
    input,
    timeout: TIMEOUT,
  });
}

/** Managers that install their own copy of us in a private place: use the running program instead. */
const HAVE_THEIR_OWN: ReadonlySet<string> = new Set(['pre-commit', 'prek']);

function commandOf(reach: Reach, hook: string, program: CanaryRun['program']): readonly [string, ...string[]] {
  switch (reach.kind) {
    case 'shim':
      return [reach.path];
    case 'config':
      // Like git: the arguments follow the command.
      return ['sh', '-c', `${reach.command} "$@"`, reach.command];
    case 'guest':
      return HAVE_THEIR_OWN.has(reach.by) ? [...program, 'hook', hook] : ['sh', '-c', `code-guardian hook ${hook} "$@"`, 'sh'];
  }
}
