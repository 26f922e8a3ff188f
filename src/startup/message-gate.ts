import { listRuleSets } from '../rules/rule-sets.ts';

/** Longer messages go to Node at once: a shell reads byte by byte. */
const MAX_LINES = 60;

/**
 * Shell text that ends the hook with 0 if no rule can find anything in a commit message, so that most commits need no second Node. It searches
 * for the keywords of the built-in rules, as the engine's own gate does; rules for languages do not apply to messages. The build writes it
 * next to the program, and the shim of commit-msg runs it, unless pre-commit noted that the policy has rules of its own.
 *
 * It expects the message's file in `$1`.
 */
export const MESSAGE_GATE = renderGate(
  withoutCovered(listKeywords()).map(({ literal, ignoreCase }) => `*${renderPattern(literal, ignoreCase)}*`),
);

interface Keyword {
  /** In lower case where case is ignored. */
  readonly literal: string;
  readonly ignoreCase: boolean;
}

function listKeywords(): Keyword[] {
  return listRuleSets()
    .flatMap((load) => load())
    .flatMap((rule) => {
      if (rule.kind !== 'content' || rule.languages !== undefined) return [];
      const { ignoreCase } = rule.pattern;
      return rule.keywords.map((keyword) => ({ literal: ignoreCase ? keyword.toLowerCase() : keyword, ignoreCase }));
    });
}

/** Where one keyword is part of another, it is met as well. */
function withoutCovered(keywords: readonly Keyword[]): Keyword[] {
  const shortestFirst = keywords.toSorted((a, b) => a.literal.length - b.literal.length || Number(b.ignoreCase) - Number(a.ignoreCase));
  const kept: Keyword[] = [];
  for (const keyword of shortestFirst) if (!kept.some((other) => covers(other, keyword))) kept.push(keyword);
  return kept;
}

function covers(part: Keyword, { literal, ignoreCase }: Keyword): boolean {
  return part.ignoreCase ? literal.toLowerCase().includes(part.literal) : !ignoreCase && literal.includes(part.literal);
}

function renderGate(patterns: readonly string[]): string {
  return `message= lines=0
while [ $lines -lt ${MAX_LINES} ] && { IFS= read -r line || [ -n "$line" ]; }; do
  message="$message
$line" lines=$((lines + 1))
done <"$1"
case $lines$message in
${MAX_LINES}*) ;;
${patterns.join('|')}) ;;
*) exit 0 ;;
esac
`;
}

/** A keyword as a pattern of the shell's `case`. */
function renderPattern(keyword: string, ignoreCase: boolean): string {
  return keyword.replace(/[^]/g, (char) => {
    if (/[A-Za-z]/.test(char)) return ignoreCase ? `[${char.toLowerCase()}${char.toUpperCase()}]` : char;
    return /\w/.test(char) ? char : char === "'" ? `"'"` : `'${char}'`;
  });
}
