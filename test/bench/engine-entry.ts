export { decodeText } from '../../src/engine/decode.ts';
export { createScanner } from '../../src/engine/scanner.ts';
export { HEADS } from '../../src/rules/heads.ts';
export { loadRule } from '../../src/rules/rule-sets.ts';
