import { describe, expect, it } from 'vitest';
import { exceptionsFor } from '../../../src/findings/exceptions.ts';
import type { Finding, Suppressed } from '../../../src/findings/finding.ts';
import { type Explanation, renderExplanation, renderExplanationJson } from '../../../src/report/words/explanation.ts';
import { CATALOGUE } from '../../../src/rules/catalogue.ts';
import { exampleView, fileFinding, logFinding, secretFinding, suppressedFinding, words } from '../example-report.ts';

const RULE = CATALOGUE.find(({ id }) => id === 'stripe-key')!;
const GROUND = { key: ['failOn'], says: 'failOn: high', effect: 'severity critical is at or above it', origin: 'defaults' } as const;
const ENTRY = { fingerprint: 'a'.repeat(32), rule: 'stripe-key', path: 'src/old.ts' } as const;

function explanation(finding: Finding | Suppressed | null, changes: Partial<Explanation> = {}): Explanation {
  return {
    fingerprint: 'a'.repeat(32),
    sightings: finding === null ? [] : [{ source: 'staged', finding }],
    entry: null,
    rule: RULE,
    judgement: finding === null ? null : { outcome: 'block', isRequired: false, isGuarded: false, grounds: [GROUND] },
    exceptions: finding === null ? null : exceptionsFor(finding, false),
    notices: [],
    ...changes,
  };
}

const shown = (...args: Parameters<typeof explanation>): string => renderExplanation(explanation(...args), exampleView());
const flat = (...args: Parameters<typeof explanation>): string => shown(...args).replace(/\s+/g, ' ');

describe('an explanation for people', () => {
  it('has the place, why, what to do, the policy, and lines to copy', () => {
    expect(shown(secretFinding({ evidence: 'its checksum is right' }))).toBe(`Stripe live secret key · stripe-secret-key · critical
${'a'.repeat(32)}

  src/pay.ts:3:14  staged
    3 │ const key = "sk_live_…[32]";
      │              ^^^^^^^^^^^^^

  Why: Whoever reads the repository can move money with it.
  Fix: Roll it in the dashboard, put the new one into an environment variable,
       and read it from there.
  See: https://docs.stripe.com/keys#rolling-keys
  Confidence: high (its checksum is right)

  Policy: blocks
  By: \`failOn: high\` (defaults): severity critical is at or above it

  Already pushed? Treat it as public: revoke it now
                  (https://docs.stripe.com/keys#rolling-keys), then remove it
                  from the history.

Meant to be there?
  at the end of line 3 of src/pay.ts
    // code-guardian:ignore stripe-secret-key -- why it may stay
  or on its own line above
    // code-guardian:ignore-next-line stripe-secret-key -- why it may stay
  in the baseline, together with all other current findings
    code-guardian baseline update --reason "why it may stay"
  in the config, for this file
    overrides: [{ files: ["/src/pay.ts"], rules: { stripe-secret-key: off } }]
`);
  });

  it('says what lets it pass, and what would become of it else', () => {
    const text = flat(suppressedFinding({ by: 'inline', reason: 'the sandbox' }));
    expect(text).toContain('Policy: accepted by a comment in the file (the sandbox); otherwise it blocks');
    expect(text).not.toContain('Meant to be there?');
    expect(flat(suppressedFinding({ by: 'placeholder' }))).toContain('ignored as an obvious example');
  });

  it('says who alone can lower a required rule', () => {
    const judgement = { outcome: 'block', isRequired: true, isGuarded: true, grounds: [{ ...GROUND, origin: null }] } as const;
    const text = flat(secretFinding(), { judgement, exceptions: exceptionsFor(secretFinding(), true) });
    expect(text).toContain('blocks; only the layer that requires the rule can lower it');
    expect(text).toContain('By: `failOn: high`: severity');
    expect(text).not.toContain('code-guardian:ignore');
    expect(text).toContain('baseline update');
  });

  it('of a leftover or a file has no word of revoking', () => {
    expect(flat(logFinding())).not.toContain('revoke');
    expect(shown(fileFinding())).not.toContain('code-guardian:ignore');
  });

  it('has what the baseline says', () => {
    const entry = {
      entry: { ...ENTRY, reason: 'the sandbox', expires: '2099-01-31', label: 'real' },
      status: 'used',
      file: 'b.json',
    } as const;
    expect(flat(secretFinding(), { entry })).toContain('Baseline: b.json: accepted until 2099-01-31; reason: the sandbox; label: real');
    const expired = { entry: { ...ENTRY, expires: '2020-01-31' }, status: 'expired', file: 'b.json' } as const;
    expect(flat(secretFinding(), { entry: expired })).toContain(
      'accepted until 2020-01-31: expired, so it is reported again; no reason given',
    );
  });

  it('does with the baseline alone, also of a rule that is no more', () => {
    const entry = { entry: ENTRY, status: 'unused', file: 'b.json' } as const;
    expect(flat(null, { entry })).toMatch(
      /Stripe secret key · stripe-key · critical .* src\/old\.ts Gone: it is no longer .* Why: .* accepted; no reason given .* revoke it now/,
    );
    const gone = flat(null, { entry, rule: null });
    expect(gone).toContain('stripe-key · rule not found');
    expect(gone).not.toContain('Why:');
  });

  it('shows the first few of many places, and what the run said', () => {
    const sightings = Array.from({ length: 8 }, (_, i) => ({ source: 'tracked files', finding: secretFinding({ line: i + 1 }) }));
    const text = flat(secretFinding(), { sightings, notices: ['the change weakens the policy'] });
    expect(text).toContain('src/pay.ts:5:14');
    expect(text).not.toContain('src/pay.ts:6:14');
    expect(text).toContain('and 3 more');
    expect(text).toContain('Note: the change weakens the policy');
  });

  it('hides control characters', () => {
    const evil = '\u001b[2J\u202e';
    const entry = { entry: { ...ENTRY, path: evil, reason: evil }, status: 'used', file: evil } as const;
    for (const text of [
      shown(secretFinding({ path: evil, message: evil, rule: 'r', advice: evil, docs: evil, evidence: evil }), { entry }),
      shown(null, { entry, rule: null }),
    ]) {
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });
});

it('an explanation for programs has all of it', () => {
  const entry = { entry: ENTRY, status: 'used', file: 'b.json' } as const;
  const document = JSON.parse(renderExplanationJson(explanation(suppressedFinding(), { entry }))) as Record<string, unknown>;
  expect(Object.keys(document)).toEqual(words('schema fingerprint sightings rule policy baseline exceptions notices incident'));
  expect(document).toMatchObject({
    sightings: [{ source: 'staged', path: 'src/pay.ts', by: 'inline' }],
    policy: { outcome: 'block', grounds: [GROUND] },
    baseline: { file: 'b.json', status: 'used', path: 'src/old.ts' },
    incident: 'docs/incident.md',
  });
  expect(JSON.parse(renderExplanationJson(explanation(logFinding(), { rule: null })))).toMatchObject({
    rule: null,
    baseline: null,
    incident: null,
  });
});
