export { decodeText } from '../../src/engine/decode.ts';
export { createScanner, sourceOf } from '../../src/engine/scanner.ts';
export { withHalves, withoutOverlaps } from '../../src/findings/overlap.ts';
export { CATALOGUE } from '../../src/rules/catalogue.ts';
export { checkSamples } from '../../src/rules/drafting/check-samples.ts';
