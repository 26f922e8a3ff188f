import { GuardianError } from '../errors/guardian-error.ts';
import { isZeroId } from './changed-file.ts';

/** One ref that a push moves. Null: there is none (a new ref, a deletion). */
export interface RefUpdate {
  /** As the receiving side names it: `refs/heads/main`. */
  readonly ref: string;
  /** As the pushing side names what it pushes: `refs/heads/main`, `HEAD~2`; null on the receiving side, and for a deletion. */
  readonly source: string | null;
  readonly oldId: string | null;
  readonly newId: string | null;
}

/** SHA-1 or SHA-256. */
const ID = '[\\da-f]{40}(?:[\\da-f]{24})?';
/** Not `\S`: a ref may hold every other kind of space. */
const PUSH_LINE = new RegExp(`^([^]+) (${ID}) ([^ ]+) (${ID})$`);
const RECEIVE_LINE = new RegExp(`^(${ID}) (${ID}) ([^ ]+)$`);

/**
 * What git tells pre-push: `<local ref> <local id> <remote ref> <remote id>`, a line a ref. The local ref may hold spaces
 * (`HEAD@{1 second ago}`), so a line is read from its end; for a deletion it is `(delete)`.
 *
 * @throws GuardianError INPUT_INVALID
 */
export function parsePushLines(text: string): RefUpdate[] {
  return linesOf(text).map((line) => {
    const [, source = '', newId = '', ref = '', oldId = ''] = PUSH_LINE.exec(line) ?? fail(line, PUSH_FORM);
    return { ref, source: isZeroId(newId) ? null : source, oldId: idOrNull(oldId), newId: idOrNull(newId) };
  });
}

/**
 * What git tells pre-receive: `<old id> <new id> <ref>`, a line a ref.
 *
 * @throws GuardianError INPUT_INVALID
 */
export function parseReceiveLines(text: string): RefUpdate[] {
  return linesOf(text).map((line) => {
    const [, oldId = '', newId = '', ref = ''] = RECEIVE_LINE.exec(line) ?? fail(line, RECEIVE_FORM);
    return { ref, source: null, oldId: idOrNull(oldId), newId: idOrNull(newId) };
  });
}

/** A push as the pre-commit framework (and prek) tells of it: one ref, in variables, and nothing on standard input. */
export interface FrameworkPush {
  readonly remote: string;
  readonly url: string;
  readonly update: RefUpdate;
}

/**
 * Where all of a new branch is new, the framework names no commits but only the branch.
 *
 * @returns null where the variables tell of no push
 */
export function parseFrameworkPush(env: Readonly<Record<string, string | undefined>>): FrameworkPush | null {
  const said = (name: string): string | null => env[`PRE_COMMIT_${name}`] || null;
  const source = said('LOCAL_BRANCH');
  const newId = said('TO_REF') ?? source;
  const remote = said('REMOTE_NAME');
  // A hook of another stage has the two commits as well, but no remote.
  if (newId === null || remote === null) return null;
  const oldId = said('FROM_REF');
  return {
    remote,
    url: said('REMOTE_URL') ?? remote,
    update: { ref: said('REMOTE_BRANCH') ?? source ?? newId, source, oldId, newId: isZeroId(newId) ? null : newId },
  };
}

/**
 * The value of a push option (`git push -o NAME=VALUE`), as git tells pre-receive of it; the last one counts.
 *
 * @returns null where it was not given; '' where it was given without a value
 */
export function parsePushOption(env: Readonly<Record<string, string | undefined>>, name: string): string | null {
  let value: string | null = null;
  for (let i = 0; i < Number(env['GIT_PUSH_OPTION_COUNT'] ?? 0); i++) {
    const option = env[`GIT_PUSH_OPTION_${i}`] ?? '';
    if (option === name || option.startsWith(`${name}=`)) value = option.slice(name.length + 1).trim();
  }
  return value;
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function idOrNull(id: string): string | null {
  return isZeroId(id) ? null : id;
}

const PUSH_FORM = 'LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID';
const RECEIVE_FORM = 'OLD-ID NEW-ID REF';

/** A line may be anything, and long: its beginning will do to recognize it. */
const SHOWN = 100;

function fail(line: string, form: string): never {
  const shown = line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
  throw new GuardianError('INPUT_INVALID', `${JSON.stringify(shown)} on standard input is no line that git writes`, {
    hint: `Git writes ${form}, a line a ref; a program in between has to hand that on unchanged.`,
  });
}
