import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readTokens, type Token } from '../../src/startup/read-tokens.ts';

const OPTIONS = {
  quiet: { type: 'boolean', short: 'q' },
  verbose: { type: 'boolean', short: 'v' },
  format: { type: 'string' },
  output: { type: 'string' },
  report: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** The plain way. */
function tokensOfNode(argv: readonly string[]): Token[] {
  const { tokens } = parseArgs({ args: [...argv], options: OPTIONS, strict: false, allowPositionals: true, tokens: true });
  return tokens.flatMap((token): Token[] => {
    if (token.kind === 'positional') return [{ kind: 'positional', value: token.value }];
    if (token.kind === 'option') return [{ kind: 'option', name: token.name, typed: token.rawName, value: token.value }];
    return [];
  });
}

it('splits a command line as parseArgs of Node does', () => {
  const words =
    '--quiet -q -v -qv -h -x -qx --format --format=json --output= --quiet=no --no-color --no=1 -- - a a=b --= --=x --- -o -ofile -qofile --report';
  const word = fc.constantFrom('', ...words.split(' '));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
      expect(readTokens(argv, OPTIONS)).toEqual(tokensOfNode(argv));
    }),
    { numRuns: 2000 },
  );
});
