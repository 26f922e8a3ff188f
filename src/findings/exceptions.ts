import { escape } from 'minimatch';
import { extensionOf } from '../engine/languages.ts';
import type { Finding } from './finding.ts';

/** Ways to accept one finding, ready to copy; absent if not possible. */
export interface Exceptions {
  /** A comment for its line, in the file's syntax. */
  readonly inline?: string;
  /** A separate comment for the line above. */
  readonly above?: string;
  readonly baseline: string;
  /** For the config, in YAML. */
  readonly config?: string;
}

const LINE: Comment = ['// ', ''];
const HASH: Comment = ['# ', ''];
const ANGLE: Comment = ['<!-- ', ' -->'];
const DASHES: Comment = ['-- ', ''];
const STARS: Comment = ['/* ', ' */'];

type Comment = readonly [before: string, behind: string];

/** Comment syntax by extension; null: no comments. The default is C syntax. */
const COMMENTS: ReadonlyMap<string, Comment | null> = new Map([
  ...extensions('py pyi rb sh bash zsh yaml yml toml env tf pl r ex exs properties conf cfg ini ps1 nix', HASH),
  ...extensions('html htm xml svg md vue svelte plist csproj', ANGLE),
  ...extensions('sql lua hs elm', DASHES),
  ...extensions('css', STARS),
  ...extensions('json ipynb csv txt log pem key lock', null),
]);
const HASH_NAMES = /^(?:Dockerfile|Makefile|\.env(?:\..*)?|\.\w+rc|\.gitignore|Gemfile)$/;

function extensions(names: string, comment: Comment | null): (readonly [string, Comment | null])[] {
  return names.split(' ').map((name) => [name, comment]);
}

/**
 * How to accept a finding.
 *
 * @param isRequired the rule is required: comments and the config have no effect
 */
export function exceptionsFor(
  { rule, path, line, commit }: Pick<Finding, 'rule' | 'path' | 'line' | 'commit'>,
  isRequired: boolean,
): Exceptions {
  const around = commentOf(path);
  const comment = (marker: string): string => `${around![0]}${marker} ${rule} -- why it may stay${around![1]}`;
  const isCommentable = line > 0 && !isRequired && around !== null && !path.includes('!/') && !isMessage(path);
  return {
    ...(isCommentable ? { inline: comment('code-guardian:ignore'), above: comment('code-guardian:ignore-next-line') } : {}),
    baseline: `code-guardian baseline update --reason "why it may stay"`,
    ...(isRequired || commit !== undefined || isMessage(path)
      ? {}
      : { config: `overrides: [{ files: [${globOf(path)}], rules: { ${rule}: off } }]` }),
  };
}

function isMessage(path: string): boolean {
  return path === 'commit message' || path === 'tag message';
}

function commentOf(path: string): Comment | null {
  if (HASH_NAMES.test(path.slice(path.lastIndexOf('/') + 1))) return HASH;
  const known = COMMENTS.get(extensionOf(path));
  return known === undefined ? LINE : known;
}

/** A glob for this file as a YAML string. */
function globOf(path: string): string {
  return JSON.stringify(`/${escape(path, { magicalBraces: true })}`);
}
