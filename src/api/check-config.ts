import { checkLayer, customIdsIn } from '../config/check-document.ts';
import type { LoadedConfig } from '../config/load.ts';
import { keyPath, type Problem, renderProblem } from '../config/problem.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import type { ConfigLayer } from '../policy/config.ts';
import { idOfStage } from '../policy/stage.ts';
import { listRuleIds } from '../rules/rule-index.ts';

/** Keys that only files have. */
const OF_FILES = new Set(['extends', 'environments', 'enforce']);

/**
 * Checks a config that was passed as an object.
 *
 * @param loaded the layers below it: it may name their custom rules
 * @throws GuardianError CONFIG_INVALID with all mistakes
 */
export function checkConfig(config: unknown, loaded: LoadedConfig): ConfigLayer {
  const below = [...loaded.config.customRules.map(({ id }) => id), ...loaded.config.stages.map(idOfStage)];
  const known = { builtIn: new Set(listRuleIds()), custom: new Set([...below, ...customIdsIn(config)]) };
  const checked = checkLayer(config, known, 'flags');
  const problems = [...ofFiles(config), ...('problems' in checked ? checked.problems : [])];
  if (problems.length === 0 && 'layer' in checked) return checked.layer;
  const lines = problems.map((problem) => `config: ${renderProblem(problem, keyPath(problem.path))}`);
  throw new GuardianError('CONFIG_INVALID', lines.join('\n'), {
    hint: 'To list every key: `code-guardian config schema`',
  });
}

function ofFiles(config: unknown): Problem[] {
  const keys = typeof config === 'object' && config !== null ? Object.keys(config) : [];
  return keys.filter((key) => OF_FILES.has(key)).map((key) => ({ path: [key], at: 'key', message: '{key} works in config files only' }));
}
