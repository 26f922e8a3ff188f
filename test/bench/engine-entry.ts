export { decodeText } from '../../src/engine/decode.ts';
export { createScanner } from '../../src/engine/scanner.ts';
export { listRuleEntries, KEYWORDS } from '../../src/rules/rule-index.ts';
export { loadRule } from '../../src/rules/rule-sets.ts';
