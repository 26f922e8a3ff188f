import { visible } from '../findings/redact.ts';
import type { Config, RuleSetting } from '../policy/config.ts';
import { optionsIn } from '../policy/rule-setting.ts';
import { describeRisk, findPatternRisks } from '../patterns/pattern-safety.ts';

/** A regular expression in a config. */
interface Written {
  /** Its owner, for messages. */
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/**
 * Warnings about regular expressions of the config that may be very slow on some texts, one line each. Rule patterns have a timeout, patterns of
 * values do not.
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
