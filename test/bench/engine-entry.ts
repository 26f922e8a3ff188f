export { decodeText } from '../../src/engine/decode.ts';
export { createScanner } from '../../src/engine/scanner.ts';
export { CATALOGUE } from '../../src/rules/catalogue.ts';
