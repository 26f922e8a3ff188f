import { isBuilt } from '../../engine/generated.ts';
import { isTestPath } from '../../engine/test-path.ts';
import { linesAround } from './code-line.ts';
import { lineBefore } from './line.ts';
import type { Candidate } from '../../engine/rule.ts';

/** Paths of programs and build files: they are meant to print to a terminal. */
const TALKS = new RegExp(
  '(?:^|[/._-])(?:bin|scripts?|cli|tools?|tasks?|build|commands?|bench(?:marks?)?|maintenance|migrations?|seed(?:s|ers?)?|ci' +
    '|gulpfile|gruntfile|jakefile|webpack|rollup|esbuild|rspack|vite|babel|postinstall|logger|logging|log)(?:[/._-]|$)' +
    '|(?:^|[/._-])(?:server|config|release)\\.[^/]+$',
  'i',
);

/** Signs of a command-line program: it reads its arguments, checks that it is the main module, or uses a terminal library. */
const ARGUMENTS = ['process.argv', 'require.main === module', 'import.meta.main', 'Deno.args', 'parseArgs(', '$argv'];
const LIBRARIES = 'commander yargs cac meow minimist citty @oclif/core inquirer prompts ora chalk kleur picocolors'.split(' ');
const IMPORT = new RegExp(`(?:from|require\\()\\s?['"](?:${LIBRARIES.join('|')})['"/]`);

/** How many characters are read at the beginning of a file, for its imports, and at its end, for its main call. */
const BEGINNING = 8 * 1024;
const END = 4 * 1024;

/** Searches for words first: this takes a tenth of the time of the regular expression. */
function isProgram(text: string): boolean {
  const ends = text.length > BEGINNING + END ? `${text.slice(0, BEGINNING)}\n${text.slice(-END)}` : text;
  return (
    ends.startsWith('#!') ||
    ARGUMENTS.some((word) => ends.includes(word)) ||
    (LIBRARIES.some((name) => ends.includes(name)) && IMPORT.test(ends))
  );
}

function isBuiltText(text: string): boolean {
  return isBuilt('', text);
}

/** Is output expected in this kind of file: a program, a test, a document, or generated code? */
export function isOutputByRight({ path, facts }: Candidate): boolean {
  return isTestPath(path) || TALKS.test(path) || facts.of(isProgram) || isBuilt(path, '') || facts.of(isBuiltText);
}

/** A condition on a debug setting. */
const ASKS_FOR_DEBUGGING =
  /(?:\b(?:if|unless|when|case)\b|&&|\|\||\?).*(?:debug|verbose|\bDEV\b|__DEV__|dev_?mode|is_?dev|\btrace|log_?level|NODE_ENV\s?!==?\s?['"]production|===?\s?['"]development)|^\s*\w*debug\w*(?:\.\w+)*\s*&&\s*$/i;
/** The head of a function; the first group is its name. */
const FUNCTION_HEAD = /([\w$]+)\s*(?:[:=]\s*(?:async\s+)?(?:function\b|\([^()]*\)\s*(?::\s*\w+\s*)?=>|\w+\s*=>)|\([^()]*\)[^;()]*\{\s*$)/;
/** Names of functions whose purpose is output: `log`, `infoLog`, `printDebug`, `dump`; not `login`, `catalog`. */
const WRITES =
  /^_*(?:log|debug|dbg|print|dump|trace|inspect|warn)(?![a-z])|[a-z](?:Log|Debug|Print|Dump)(?![a-z])|_(?:log|debug|print|dump)$/;

/** Does the call run only while debugging, or in a function whose purpose is output? */
export function isMeantToWrite({ text, match }: Candidate): boolean {
  return linesAround(text, match.index).some((line) => {
    if (ASKS_FOR_DEBUGGING.test(line)) return true;
    const name = FUNCTION_HEAD.exec(line)?.[1];
    return name !== undefined && WRITES.test(name);
  });
}

/**
 * Does a linter directive permit the call: in a comment on the line, on the line before, or at the top of the file?
 *
 * @param rule part of the rule's name in linters: `console`, `debugger`
 */
export function isPermitted({ text, match }: Candidate, rule: string): boolean {
  const before = lineBefore(text, match.index, 400);
  const lineStart = match.index - before.length;
  const above = lineBefore(text, Math.max(0, lineStart - 1), 400);
  const rest = text.slice(match.index, match.index + 400).split('\n', 1)[0]!;
  const says = new RegExp(`(?:lint|biome)\\S*[^\\n]*\\bno-?${rule}`, 'i');
  return says.test(above) || says.test(rest) || new RegExp(`/\\*[^\\n]*lint[^\\n]*\\bno-?${rule}`, 'i').test(text.slice(0, TOP));
}

/** How many characters at the top are searched for a comment that covers the whole file. */
const TOP = 2000;

/** A call with one text as its only argument, or without arguments. */
const PLAIN_CALL = /^\s*console\.\w+\s?\((?:\s?(["'`])[^\n]*\1)?\s?\);?\s*$/;
/** This many consecutive calls with only text are a notice for users. */
const NOTICE_LINES = 3;

/** Is it a notice for users: a deprecation or warning, or several lines of text? */
export function isNotice({ text, match }: Candidate): boolean {
  if (/^[^\n]{0,20}\(\s?["'`]\[?(?:deprecat|warning\b)/i.test(text.slice(match.index, match.index + 60))) return true;
  const lineStart = match.index - lineBefore(text, match.index).length;
  const before = text
    .slice(Math.max(0, lineStart - 400), lineStart)
    .split('\n')
    .slice(0, -1)
    .reverse();
  const [own = '', ...after] = text.slice(lineStart, lineStart + 600).split('\n');
  if (!PLAIN_CALL.test(own)) return false;
  return 1 + countPlain(before) + countPlain(after) >= NOTICE_LINES;
}

function countPlain(lines: readonly string[]): number {
  const end = lines.findIndex((line) => !PLAIN_CALL.test(line));
  return end === -1 ? lines.length : end;
}
