import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import type { Layer } from '../config/load.ts';
import { mergeOrigins, type Origins } from '../config/origins.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { isCurrent } from '../findings/baseline.ts';
import { exceptionsFor } from '../findings/exceptions.ts';
import { visible } from '../findings/redact.ts';
import { explainJudgement } from '../policy/grounds.ts';
import { compileCustomRule, compilePolicy } from '../policy/policy.ts';
import { type Explanation, renderExplanation, renderExplanationJson } from '../report/words/explanation.ts';
import type { View } from '../report/view.ts';
import { CATALOGUE } from '../rules/catalogue.ts';
import { chooseFormat } from './choose-format.ts';
import { type LookedUp, lookUp } from './explain/look-up.ts';
import { ruleView } from './rule-view.ts';
import { writeReport } from './write-reports.ts';

const FORMATS: Readonly<Record<string, (explanation: Explanation, view: View) => string>> = {
  pretty: renderExplanation,
  json: renderExplanationJson,
};

/** `code-guardian explain FINGERPRINT`: one finding, by its fingerprint or at least its first eight characters. */
export const run: Run = async (invocation) => {
  const { host, options, args } = invocation;
  const { format = 'pretty' } = options;
  const render = chooseFormat(FORMATS, format);
  const prefix = parsePrefix(args[0]!);
  const looked = await lookUp(invocation, prefix);
  const explanation = explain(looked, fingerprintOf(looked, prefix), host.now());
  const text = render(explanation, { ...(await ruleView(host, options)), isQuiet: false, isVerbose: true });
  writeReport(host, { format, file: null }, [text]);
  return EXIT.ok;
};

function parsePrefix(typed: string): string {
  if (/^[\w-]{8,100}$/.test(typed)) return typed.toLowerCase();
  throw new GuardianError('USAGE', `${JSON.stringify(typed)} is not a fingerprint (at least its first 8 characters)`, {
    hint: 'To see fingerprints (Id): `code-guardian scan --verbose`',
  });
}

function fingerprintOf({ sightings, entries, searched }: LookedUp, prefix: string): string {
  const places = new Map([
    ...entries.map(({ fingerprint, rule, path }) => [fingerprint, `${rule}  ${path}`] as const),
    ...sightings.map(({ finding: { fingerprint, rule, path, line } }) => [fingerprint, `${rule}  ${path}:${line}`] as const),
  ]);
  const [first, ...others] = places.keys();
  if (first !== undefined && others.length === 0) return first;
  if (first === undefined) {
    throw new GuardianError('USAGE', `no finding has the fingerprint ${prefix}; searched: ${visible(searched.join(', '))}`, {
      hint: 'Search the JSON report of another run with `--in FILE`. Each clone has its own fingerprints until a baseline is committed.',
    });
  }
  const list = [...places].map(([fingerprint, place]) => `\n  ${fingerprint}  ${visible(place)}`).join('');
  throw new GuardianError('USAGE', `${places.size} findings match ${prefix}:${list}`, {
    hint: 'Type more characters of the fingerprint.',
  });
}

function explain({ sightings, entries, loaded, baselineName, notices }: LookedUp, fingerprint: string, now: Date): Explanation {
  const { config, guards, layers } = loaded;
  const [sighting] = sightings;
  const [entry] = entries;
  const policy = compilePolicy(config, { only: [], skip: [] }, guards);
  const judgement = sighting === undefined ? null : explainJudgement(policy, sighting.finding);
  const id = sighting?.finding.rule ?? entry!.rule;
  return {
    fingerprint,
    sightings,
    entry:
      entry === undefined
        ? null
        : { entry, status: !isCurrent(entry, now) ? 'expired' : sighting === undefined ? 'unused' : 'used', file: baselineName },
    rule: [...config.customRules.map(compileCustomRule), ...CATALOGUE].find((rule) => rule.id === id) ?? null,
    judgement:
      judgement === null
        ? null
        : { ...judgement, grounds: judgement.grounds.map((ground) => ({ ...ground, origin: originOf(layers, ground.key) })) },
    notices,
    exceptions: sighting === undefined ? null : exceptionsFor(sighting.finding, judgement!.isRequired),
  };
}

/** The layer that set a key. */
function originOf(layers: readonly Layer[], key: readonly (string | number)[]): string | null {
  let origin: unknown = mergeOrigins(layers);
  if (key.length === 0) return null;
  for (const part of key) origin = (origin as Origins | undefined)?.[part];
  return typeof origin === 'string' ? origin : null;
}
