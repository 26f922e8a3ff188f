import { expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/engine/languages.ts';
import { TextFacts } from '../../../src/engine/text-facts.ts';
import { kindAt } from '../../../src/rules/reading/source-text.ts';
import { isLinear } from '../../support/cost.ts';

it.each(['"', "'", '`', '/*', '<<~A\n', '<<<A\n', '"""', 'r#"', '(/', '\\'])('a text of many %j is read in proportion', (unit) => {
  const runaways = Object.values(LANGUAGES)
    .flat()
    .filter(
      (extension) =>
        !isLinear(
          (size) => unit.repeat(size),
          (text) => void kindAt(new TextFacts(text), text.length, `a.${extension}`),
          1 << 10,
        ),
    );
  expect(runaways).toEqual([]);
});
