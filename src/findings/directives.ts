import { familyOf } from '../engine/rule-family.ts';

/** An inline suppression. */
export interface Directive {
  /** The line of the comment, from 1. */
  readonly line: number;
  /** First and last line that it covers. */
  readonly from: number;
  readonly to: number;
  /** Rule ids in lower case and names of stages, which cover all their results; empty: every rule. */
  readonly rules: readonly string[];
  /** A marker of a secret scanner: it suppresses only secrets. */
  readonly isForSecretsOnly: boolean;
  readonly reason: string | null;
}

const OWN = /code-guardian:ignore(?:-(next-line|start|end))?(?![\w-])([^\n]*)/i;
const FOREIGN_SAME_LINE = /gitleaks:allow|betterleaks:allow|pragma: ?allowlist secret|secretlint-disable-line|noqa: ?secret/i;
const FOREIGN_NEXT_LINE = /pragma: ?allowlist nextline secret|secretlint-disable-next-line/i;
const ANY = new RegExp(`${OWN.source}|${FOREIGN_SAME_LINE.source}|${FOREIGN_NEXT_LINE.source}`, 'gi');

/**
 * Finds the inline suppressions of a text, in any comment syntax: the marker is what counts.
 *
 * @param text one character per byte
 */
export function parseDirectives(text: string): Directive[] {
  const directives: Directive[] = [];
  let openStart: Directive | null = null;
  let line = 1;
  let counted = 0;
  for (const { index } of text.matchAll(ANY)) {
    line += countLineEnds(text, counted, index);
    counted = index;
    const end = text.indexOf('\n', index);
    const directive = parseDirective(text.slice(index, end === -1 ? text.length : end), line);
    if (directive === 'end') {
      if (openStart !== null) directives.push({ ...openStart, to: line });
      openStart = null;
    } else if (directive.to === Infinity) {
      openStart ??= directive;
    } else {
      directives.push(directive);
    }
  }
  // A start without an end covers the rest of the file.
  if (openStart !== null) directives.push(openStart);
  return directives;
}

function parseDirective(comment: string, line: number): Directive | 'end' {
  const own = OWN.exec(comment);
  if (own?.index === 0) {
    const form = own[1]?.toLowerCase();
    if (form === 'end') return 'end';
    const [list = '', ...reason] = withoutCommentEnd(own[2]!).split(/\s--\s/);
    const rules = [...list.toLowerCase().matchAll(/[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9@][^\s,;]*)?/g)].map(([id]) => id);
    const [from, to] = form === 'next-line' ? [line + 1, line + 1] : form === 'start' ? [line, Infinity] : [line, line];
    return { line, from, to, rules, isForSecretsOnly: false, reason: reason.join(' -- ').trim() || null };
  }
  const target = FOREIGN_NEXT_LINE.exec(comment)?.index === 0 ? line + 1 : line;
  return { line, from: target, to: target, rules: [], isForSecretsOnly: true, reason: null };
}

/** Text after the end of a comment is code. */
function withoutCommentEnd(text: string): string {
  return text.replace(/(?:\*\/|-->|\*\)|%>|#\}|\}\}).*$/, '');
}

function countLineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** The first directive that covers a finding, or null. */
export function findDirective(
  directives: readonly Directive[],
  finding: { readonly rule: string; readonly isSecret: boolean; readonly line: number; readonly endLine: number },
): Directive | null {
  return (
    directives.find(
      ({ from, to, rules, isForSecretsOnly }) =>
        from <= finding.endLine &&
        to >= finding.line &&
        (rules.length === 0 || rules.includes(finding.rule) || rules.includes(familyOf(finding.rule))) &&
        (!isForSecretsOnly || finding.isSecret),
    ) ?? null
  );
}
