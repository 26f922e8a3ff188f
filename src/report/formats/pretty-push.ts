import { visible } from '../../findings/redact.ts';
import { groupBy } from '../grouping.ts';
import { type Palette, plainly } from '../palette.ts';
import type { CommitPlace, PushReport, RefReport, ScanReport } from '../scan-report.ts';
import { count, wrap } from '../text-layout.ts';
import type { View } from '../view.ts';

/** Refs with findings or gaps come first. */
const MAX_REFS = 20;
/** Characters of a commit id. Git shows about as many. */
const SHORT_ID = 10;

/** One line per ref if a push has several. A server reports every ref; a client lists them only if something is wrong. */
export function renderRefs({ push, verdict, run }: ScanReport, { palette, isVerbose, width }: View): string[] {
  const refs = push?.refs ?? [];
  if (refs.length < 2 || (run.target !== 'receive' && verdict === 'clean')) return [];
  const sorted = [...refs.filter((ref) => ref.verdict !== 'clean'), ...refs.filter((ref) => ref.verdict === 'clean')];
  const shown = isVerbose ? sorted : sorted.slice(0, MAX_REFS);
  const hidden = sorted.slice(shown.length);
  const left = [...groupBy(hidden, (ref) => ref.verdict)].map(([name, some]) => `${some.length} ${name}`);
  return [
    ...shown.map((ref) => renderRef(ref, palette)),
    ...(hidden.length === 0 ? [] : wrap(`${palette.signs.ellipsis} and ${left.join(', ')} (see --format json)`, width)),
    '',
  ];
}

function renderRef({ ref, newId, verdict }: RefReport, palette: Palette): string {
  const { signs, red, yellow, green, dim } = palette;
  const name = plainly(visible(ref.replace(/^refs\/heads\//, '')), palette);
  const remark = verdict !== 'clean' ? verdict : newId === null ? 'deleted' : '';
  const mark = { blocked: red(signs.block), incomplete: red(signs.block), warned: yellow(signs.warn), clean: green(signs.pass) }[verdict];
  return `${mark} ${name}${remark === '' ? '' : dim(`  ${remark}`)}`;
}

/** How to rewrite the commits with findings, which depends on their position. A later commit never removes a value from an earlier one. */
export function renderPushAdvice(push: PushReport, { run }: ScanReport, { palette, width }: View): string[] {
  const { places, blocked } = push;
  const isServer = run.target === 'receive';
  const opening = isServer ? 'The push was rejected.' : 'Nothing was pushed.';
  const isMany = blocked > places.length;
  const ways = isMany ? [manyCommits(places[0]!, blocked)] : places.map((place) => wayOut(place, isServer));
  const published = places.filter(({ publishedOn }) => publishedOn.length > 0).map(publicly);
  const [first = '', ...rest] = [...ways, ...published];
  return [`${opening} ${first}`, ...rest].flatMap((text) => wrap(plainly(visible(text), palette), width));
}

/** `1a2b3c4d5e`. */
function short(id: string): string {
  return id.slice(0, SHORT_ID);
}

/** The base for `git rebase`. */
function below({ id, isRoot }: CommitPlace): string {
  return isRoot ? '--root' : `${short(id)}~`;
}

function wayOut(place: CommitPlace, isServer: boolean): string {
  const { id, kind, ref, later, isMessage, isChangedLater, isCheckedOut, hasLaterMerge } = place;
  const name = short(id);
  if (kind === 'object') return `${ref} points directly at the object with the finding: delete that ref, or do not push it.`;
  if (kind === 'tag')
    return `The finding is in the message of the tag ${ref}: recreate it with \`git tag --force --annotate ${ref} ${ref}^{}\`.`;

  const go = isCheckedOut || isServer || ref === '' ? '' : `\`git switch ${ref}\`, `;
  if (later === 0) {
    const amend = isMessage ? '`git commit --amend` and change the message' : 'remove it, then `git commit --all --amend --no-edit`';
    return `${name} is the last commit of ${ref}: ${go}${amend}.`;
  }
  const rebase = `git rebase --interactive ${hasLaterMerge ? '--rebase-merges ' : ''}`;
  const on = `${name} has ${count(later, 'commit')} on top`;
  if (isMessage) return `${on}: ${go}\`${rebase}${below(place)}\`, mark it \`reword\` and change the message.`;
  if (isChangedLater) {
    return (
      `${on}, and the file has changed since: ${go}\`${rebase}${below(place)}\`, mark it \`edit\`, remove it there, ` +
      'then `git commit --all --amend --no-edit` and `git rebase --continue`.'
    );
  }
  return `${on}: ${go}remove it, \`git commit --all --fixup=${name}\`, then \`${rebase}--autosquash ${below(place)}\`.`;
}

function manyCommits(oldest: CommitPlace, number: number): string {
  const { ref, isRoot, id } = oldest;
  const refs = isRoot || oldest.kind !== 'commit' ? ref : `${short(id)}~..${ref}`;
  return (
    `${count(number, 'commit')} have findings, which later commits cannot remove: rewrite them one by one with \`git rebase --interactive ${below(oldest)}\`, ` +
    `or all at once with \`git filter-repo --replace-text FILE --refs ${refs}\` (a separate tool).`
  );
}

function publicly({ id, publishedOn }: CommitPlace): string {
  return `${short(id)} is on ${publishedOn.join(' and ')} already, so it is public: rotate the secret. Rewriting does not undo that.`;
}

/** How to accept a finding, on the client or on the server. */
export function renderPushExceptions({ run, push }: ScanReport, rule: string): string {
  const comment = `Meant to be there? Put \`code-guardian:ignore ${rule} -- reason\` in a comment on the line, in the commit that adds it`;
  if (run.target !== 'receive') return `${comment}, or run \`code-guardian baseline update --reason "..."\`.`;
  return `${comment}${push?.allowsSkip === true ? ', or push with `-o code-guardian.skip="reason"`' : ''}.`;
}
