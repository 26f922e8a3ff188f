import { entropyOf } from './entropy.ts';
import type { Match } from './match.ts';
import { placeholderReason } from './placeholder.ts';
import type { Candidate, Confidence, ContentRule, Judgement, Proof } from './rule.ts';

/** A wrong checksum means that the value was made up or edited by hand: report it, never block. */
const MISMATCH = { severity: 'medium', confidence: 'low', evidence: 'wrong checksum: it may be made up' } as const;

function weightOf(proof: Proof): { readonly confidence?: Confidence; readonly evidence?: string } {
  return proof === 'passed' ? { confidence: 'high', evidence: 'valid checksum or structure' } : {};
}

/** A candidate → a match, unless a filter, a proof or the rule itself rejects it. */
export function weigh(rule: ContentRule, candidate: Candidate): Match | null {
  const { secret, start, end } = candidate;
  if (rule.minEntropy !== undefined && entropyOf(secret) < rule.minEntropy) return null;
  // The judgement comes first: it rejects most candidates, and detecting documented values takes a hash.
  const judgement: Judgement = rule.judge?.(candidate) ?? true;
  if (judgement === false) return null;
  const placeholder = rule.category === 'secret' ? placeholderReason(secret) : null;
  const proof = placeholder === null ? (rule.prove?.(secret) ?? null) : null;
  if (proof === 'failed') return null;
  const said = { ...weightOf(proof), ...(judgement === true ? {} : judgement), ...(proof === 'mismatch' ? MISMATCH : {}) };
  return {
    rule,
    severity: said.severity ?? rule.severity,
    confidence: said.confidence ?? rule.confidence,
    message: said.message ?? rule.message,
    start,
    end,
    // A slice keeps the whole text in memory, so copy the value.
    value: Buffer.from(secret, 'latin1').toString('latin1'),
    related: said.related ?? null,
    evidence: said.evidence ?? null,
    placeholder,
  };
}
