import { GuardianError } from '../errors/guardian-error.ts';
import type { ConfigDocument } from './source.ts';

/** One mistake in a layer. */
export interface Problem {
  /** Keys and list positions that lead to it. */
  readonly path: readonly (string | number)[];
  /** What is pointed at: the last key itself, or what it is set to. */
  readonly at: 'key' | 'value';
  /** `{key}` stands for the path. */
  readonly message: string;
}

const HINT = 'Correct it there; `code-guardian config schema` lists every key, and docs/configuration.md explains them.';

/** All mistakes of one file, each as `FILE:LINE:COLUMN: …`, as one error. */
export async function documentError({ file, text, root }: ConfigDocument, problems: readonly Problem[]): Promise<GuardianError> {
  // Only a mistake pays for the parser that knows positions.
  const { locateIn } = await import('./locate.ts');
  const locate = locateIn(text);
  const lines = problems
    .map((problem) => ({ problem, ...locate([...root, ...problem.path], problem.at) }))
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map(({ problem, line, column }) => `${file}:${line}:${column}: ${renderProblem(problem, keyPath(problem.path))}`);
  return new GuardianError('CONFIG_INVALID', lines.join('\n'), { hint: HINT, path: file });
}

/** The message, with the key in its place. */
export function renderProblem({ message }: Problem, key: string): string {
  return message.replaceAll('{key}', () => key || 'the config');
}

/** `['customRules', 0, 'id']` → `customRules[0].id`. */
export function keyPath(path: readonly (string | number)[]): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}

/** What was written, for a message. Long texts are not repeated: nobody knows what they hold. */
export function show(value: unknown): string {
  if (typeof value === 'string') return value.length <= 20 ? JSON.stringify(value) : `a text of ${value.length} characters`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value);
}
