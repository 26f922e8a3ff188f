export { decodeText } from '../../src/engine/decode.ts';
export { createScanner } from '../../src/engine/scanner.ts';
export { listHeads, KEYWORDS } from '../../src/rules/heads.ts';
export { loadRule } from '../../src/rules/rule-sets.ts';
