import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type OptionName, optionSpec } from '../../src/cli/options.ts';
import { readTokens, type Token } from '../../src/cli/tokens.ts';

const KNOWN: readonly OptionName[] = ['quiet', 'verbose', 'format', 'output', 'report', 'help'];

/** The same by Node's own parser. */
function tokensOfNode(argv: readonly string[]): Token[] {
  const options = Object.fromEntries(
    KNOWN.map((name) => {
      const { type, short } = optionSpec(name);
      return [name, { type, ...(short === undefined ? {} : { short }) }];
    }),
  );
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  return tokens.flatMap((token): Token[] => {
    if (token.kind === 'positional') return [{ kind: 'positional', value: token.value }];
    if (token.kind === 'option') return [{ kind: 'option', name: token.name, typed: token.rawName, value: token.value }];
    return [];
  });
}

it('parts a command line as Node does', () => {
  const words =
    '--quiet -q -v -qv -h -x -qx --format --format=json --output= --quiet=no --no-color --no=1 -- - a a=b --= --=x --- -o -ofile -qofile --report';
  const word = fc.constantFrom('', ...words.split(' '));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
      expect(readTokens(argv, KNOWN)).toEqual(tokensOfNode(argv));
    }),
    { numRuns: 2000 },
  );
});
