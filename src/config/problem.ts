import { GuardianError } from '../errors/guardian-error.ts';
import type { ConfigDocument } from './source.ts';

/** A mistake in a layer. */
export interface Problem {
  /** Its path of keys and list positions. */
  readonly path: readonly (string | number)[];
  /** Whether the last key or its value is marked. */
  readonly at: 'key' | 'value';
  /** `{key}` is replaced by the path. */
  readonly message: string;
}

const HINT = 'Correct the file. To list every key: `code-guardian config schema`';

/** All mistakes of a file as one error, each as `FILE:LINE:COLUMN: …`. */
export async function documentError({ file, text, root }: ConfigDocument, problems: readonly Problem[]): Promise<GuardianError> {
  // Load the parser with positions only if there is a mistake.
  const { locateIn } = await import('./locate.ts');
  const locate = locateIn(text);
  const lines = problems
    .map((problem) => ({ problem, ...locate([...root, ...problem.path], problem.at) }))
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map(({ problem, line, column }) => `${file}:${line}:${column}: ${renderProblem(problem, keyPath(problem.path))}`);
  return new GuardianError('CONFIG_INVALID', lines.join('\n'), { hint: HINT, path: file });
}

/** The message with the key filled in. */
export function renderProblem({ message }: Problem, key: string): string {
  return message.replaceAll('{key}', () => key || 'the config');
}

/** `['customRules', 0, 'id']` → `customRules[0].id`. */
export function keyPath(path: readonly (string | number)[]): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}

/** A value for a message. Long texts are not repeated: they may contain anything. */
export function show(value: unknown): string {
  if (typeof value === 'string') return value.length <= 20 ? JSON.stringify(value) : `a text of ${value.length} characters`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value);
}
