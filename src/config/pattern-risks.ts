import { visible } from '../findings/redact.ts';
import type { Config, RuleSetting } from '../policy/config.ts';
import { optionsIn } from '../policy/rule-setting.ts';
import { describeRisk, findPatternRisks } from '../patterns/pattern-safety.ts';

/** A regular expression of a config. */
interface Written {
  /** Whose it is, for people. */
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/**
 * What of a config's own regular expressions may take very long on some texts, a line each for people. Patterns of rules are stopped when their
 * time is over, those of values are not.
 */
export function patternRisks({
  customRules,
  ignore,
  rules,
  overrides,
}: Pick<Config, 'customRules' | 'ignore' | 'rules' | 'overrides'>): string[] {
  const written: readonly Written[] = [
    ...customRules.map(({ id, pattern, flags = '' }) => ({ where: `the pattern of rule ${id}`, source: pattern, flags })),
    ...ignore.values.map((source, i) => ({ where: `ignore.values[${i}]`, source, flags: '' })),
    ...[rules, ...overrides.map((entry) => entry.rules)].flatMap((settings) => Object.entries(settings).flatMap(allowed)),
  ];
  return written.flatMap(({ where, source, flags }) =>
    findPatternRisks(source, flags).map((risk) => visible(`${where} ${describeRisk(source, risk)}`)),
  );
}

function allowed([id, setting]: readonly [string, RuleSetting]): Written[] {
  return (optionsIn(setting).allow ?? []).map((source) => ({ where: `a pattern that rule ${id} allows`, source, flags: '' }));
}
