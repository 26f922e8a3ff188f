import { didYouMean } from '../errors/did-you-mean.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { isTree } from '../policy/merge-config.ts';
import { keyPath, type Problem, renderProblem } from './problem.ts';
import { CONFIG_KEYS, type ConfigKey, variableName } from './schema.ts';
import { isConfigVariable, RESERVED_VARIABLES } from './variable-names.ts';

type Tree = Record<string, unknown>;

/** The settings from the environment, unchecked. */
export interface Variables {
  readonly value: Readonly<Record<string, unknown>>;
  /** The variable that set a key: `rules.console-log` → `CODE_GUARDIAN_RULES_CONSOLE_LOG`. */
  readonly names: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

/**
 * Variables → a layer. `CODE_GUARDIAN_RULES_CONSOLE_LOG=warn` sets one rule. An empty variable counts as unset. An unknown variable is only a
 * warning: it may belong to another version.
 */
export function parseVariables(env: Readonly<Record<string, string | undefined>>, ruleIds: Iterable<string>): Variables {
  const ruleOf = new Map([...ruleIds].map((id) => [variableName(['rules', id]), id]));
  const keyOf = new Map(CONFIG_KEYS.map((key) => [key.variable, key]));
  const value: Tree = {};
  const names = new Map<string, string>();
  const warnings: string[] = [];
  const set = (path: readonly string[], variable: string, parsed: unknown): void => {
    setIn(value, path, parsed);
    names.set(path.join('.'), variable);
  };

  // Sorted, CODE_GUARDIAN_RULES comes before the more specific CODE_GUARDIAN_RULES_….
  for (const variable of Object.keys(env)
    .filter((name) => isConfigVariable(name, env))
    .toSorted()) {
    const text = env[variable]!;
    const [key, rule] = [keyOf.get(variable), ruleOf.get(variable)];
    if (key !== undefined) set(key.path, variable, key.part.parse(text));
    else if (rule !== undefined) set(['rules', rule], variable, settingOf(keyOf).parse(text));
    else {
      const known = [...keyOf.keys(), ...ruleOf.keys(), ...RESERVED_VARIABLES];
      warnings.push(`${variable} is not a variable of code-guardian${didYouMean(variable, known)}`);
    }
  }
  return { value, names, warnings };
}

function settingOf(keys: ReadonlyMap<string, ConfigKey>): ConfigKey['part'] {
  return keys.get(variableName(['rules']))!.part.values!;
}

/** Sets a value in a tree. A scalar in the way stays, and the check reports it. */
function setIn(tree: Tree, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) tree[key] = value;
  else if (isTree((tree[key] ??= {}))) setIn(tree[key], rest, value);
}

/** All mistakes in variables as one error. */
export function variablesError({ names }: Variables, problems: readonly Problem[]): GuardianError {
  const lines = problems.map((problem) => {
    const depth = problem.path.findLastIndex((_part, i) => names.has(problem.path.slice(0, i + 1).join('.')));
    const variable = names.get(problem.path.slice(0, depth + 1).join('.')) ?? 'CODE_GUARDIAN_…';
    const inner = problem.path.slice(depth + 1);
    return renderProblem(problem, keyPath([variable, ...inner]));
  });
  return new GuardianError('CONFIG_INVALID', lines.join('\n'), {
    hint: 'Correct the variable, or unset it. To list every key: `code-guardian config schema`',
  });
}
