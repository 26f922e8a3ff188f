import { GuardianError } from '../errors/guardian-error.ts';
import { isZeroId } from './changed-file.ts';

/** One ref update of a push. Null ids: a new ref or a deletion. */
export interface RefUpdate {
  /** Name on the receiving side: `refs/heads/main`. */
  readonly ref: string;
  /** Name on the pushing side: `refs/heads/main`, `HEAD~2`; null on the receiving side and for a deletion. */
  readonly source: string | null;
  readonly oldId: string | null;
  readonly newId: string | null;
}

/** SHA-1 or SHA-256. */
const ID = '[\\da-f]{40}(?:[\\da-f]{24})?';
/** Not `\S`: a ref may contain any other whitespace. */
const PUSH_LINE = new RegExp(`^([^]+) (${ID}) ([^ ]+) (${ID})$`);
const RECEIVE_LINE = new RegExp(`^(${ID}) (${ID}) ([^ ]+)$`);

/**
 * Input of pre-push: `<local ref> <local id> <remote ref> <remote id>`, one line per ref. The local ref may contain spaces
 * (`HEAD@{1 second ago}`), so lines are parsed from the end; for a deletion it is `(delete)`.
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
 * Input of pre-receive: `<old id> <new id> <ref>`, one line per ref.
 *
 * @throws GuardianError INPUT_INVALID
 */
export function parseReceiveLines(text: string): RefUpdate[] {
  return linesOf(text).map((line) => {
    const [, oldId = '', newId = '', ref = ''] = RECEIVE_LINE.exec(line) ?? fail(line, RECEIVE_FORM);
    return { ref, source: null, oldId: idOrNull(oldId), newId: idOrNull(newId) };
  });
}

/** A push through the pre-commit framework or prek: one ref, in variables, without standard input. */
export interface FrameworkPush {
  readonly remote: string;
  readonly url: string;
  readonly update: RefUpdate;
}

/**
 * If everything on a new branch is new, the framework names only the branch and no commits.
 *
 * @returns null if the variables describe no push
 */
export function parseFrameworkPush(env: Readonly<Record<string, string | undefined>>): FrameworkPush | null {
  const said = (name: string): string | null => env[`PRE_COMMIT_${name}`] || null;
  const source = said('LOCAL_BRANCH');
  const newId = said('TO_REF') ?? source;
  const remote = said('REMOTE_NAME');
  // Hooks of other stages also have the two commits, but no remote.
  if (newId === null || remote === null) return null;
  const oldId = said('FROM_REF');
  return {
    remote,
    url: said('REMOTE_URL') ?? remote,
    update: { ref: said('REMOTE_BRANCH') ?? source ?? newId, source, oldId, newId: isZeroId(newId) ? null : newId },
  };
}

/**
 * The value of a push option (`git push -o NAME=VALUE`) in pre-receive; the last one counts.
 *
 * @returns null if not given; '' if given without a value
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

/** A line may be long and contain anything: show only its start. */
const SHOWN = 100;

function fail(line: string, form: string): never {
  const shown = line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
  throw new GuardianError('INPUT_INVALID', `${JSON.stringify(shown)} on standard input is not a ref line from git`, {
    hint: `git writes ${form}, one line per ref; hook managers must pass that on unchanged.`,
  });
}
