import type { RuleFailure } from '../engine/scanner.ts';
import type { FileFacts, FileRule } from '../engine/rule.ts';
import type { Policy } from '../policy/policy.ts';

/** What a rule says about a file's name, size or kind. */
export interface FileVerdict {
  readonly rule: FileRule;
  readonly message: string;
}

/** Asks the rules about files. A rule that throws is switched off for the rest of the run. */
export class FileRules {
  readonly #policy: Policy;
  readonly #onFailure: (failure: RuleFailure) => void;
  readonly #failed = new Map<FileRule, RuleFailure & { readonly missed: string[] }>();

  constructor(policy: Policy, onFailure: (failure: RuleFailure) => void) {
    this.#policy = policy;
    this.#onFailure = onFailure;
  }

  check(facts: Omit<FileFacts, 'options'>): FileVerdict[] {
    const { path } = facts;
    return this.#policy.fileRules
      .filter((rule) => this.#policy.isActive(rule, path))
      .map((rule) => ({ rule, message: this.#ask(rule, { ...facts, options: this.#policy.optionsOf(rule.id, path) }) }))
      .filter((verdict): verdict is FileVerdict => verdict.message !== null);
  }

  #ask(rule: FileRule, facts: FileFacts): string | null {
    const failure = this.#failed.get(rule);
    if (failure !== undefined) {
      failure.missed.push(facts.path);
      return null;
    }
    try {
      return rule.check(facts);
    } catch (cause) {
      const failed = { rule: rule.id, path: facts.path, cause, missed: [] };
      this.#failed.set(rule, failed);
      this.#onFailure(failed);
      return null;
    }
  }
}
