import { crc32Base62 } from '../engine/proofs/crc32-base62.ts';
import { alnum } from '../rules/drafting/sample.ts';
import { type Ended, execute } from './execute.ts';
import type { Reach } from './hook.ts';
import { hookEnvironment, type HookPlace } from './hook-environment.ts';
import type { Scratch } from './scratch.ts';

/** The file that is planted, and the rule that has to find it. */
export const CANARY = { path: 'code-guardian-canary.txt', rule: 'github-token' } as const;

/** A GitHub token with a right checksum, which opens nothing. Put together now, so that it stands in no file. */
export function canaryToken(): string {
  const body = alnum(30, 'doctor');
  return ['ghp', body + crc32Base62(body)].join('_');
}

const CLEAN = 'nothing to see here\n';
const REMOTE = 'code-guardian-doctor';
const REF = `refs/heads/${REMOTE}`;
const TIMEOUT = 60_000;
/** A shell's exit code for it. */
export const COMMAND_NOT_FOUND = 127;

/** What one hook did, run as git would run it. */
export interface CanaryResult {
  readonly hook: string;
  readonly reach: Reach;
  readonly planted: Ended;
  /** With nothing to find. */
  readonly clean: Ended;
  /** Was it found only with the PATH of whoever asks? */
  readonly needsOwnPath: boolean;
}

/** How hooks are run here. */
export interface CanaryRun {
  readonly scratch: Scratch;
  readonly place: HookPlace;
  readonly env: NodeJS.ProcessEnv;
  /** This very program: node and script. For managers that bring their own. */
  readonly program: readonly [node: string, script: string];
  /** Length of an object id in this repository. */
  readonly idLength: number;
}

/** Runs a hook twice: with something that it must stop, and without. */
export async function runCanary(run: CanaryRun, hook: string, reach: Reach): Promise<CanaryResult> {
  // On a line of its own: beside a name other rules would find it too.
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

/** What git gives a hook. */
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
      // Git names no index here. Who reads the repository's own touches the file that it may be split into.
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
      // What is chained is the user's, and may be slow or leave traces: our script takes it for done.
      ...(reach.kind === 'shim' && reach.original !== '' ? { code_guardian_chain: `${folder}/${reach.original}` } : {}),
    },
    input,
    timeout: TIMEOUT,
  });
}

/** Managers that install what they run keep it where only they look: for them the program that runs now stands in. */
const HAVE_THEIR_OWN: ReadonlySet<string> = new Set(['pre-commit', 'prek']);

function commandOf(reach: Reach, hook: string, program: CanaryRun['program']): readonly [string, ...string[]] {
  switch (reach.kind) {
    case 'shim':
      return [reach.path];
    case 'config':
      // As git does it: the arguments follow the command.
      return ['sh', '-c', `${reach.command} "$@"`, reach.command];
    case 'guest':
      return HAVE_THEIR_OWN.has(reach.by) ? [...program, 'hook', hook] : ['sh', '-c', `code-guardian hook ${hook} "$@"`, 'sh'];
  }
}
