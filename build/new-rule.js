// @ts-check
/**
 * `npm run new:rule ID`: writes a rule with samples and puts it into its set. The provider is the first word of the id.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PROVIDERS = 'src/rules/providers';
const SETS = `${PROVIDERS}/provider-sets.ts`;
const ID = /^[a-z][a-z\d]*(?:-[a-z\d]+)+$/;

/**
 * A file to write.
 *
 * @typedef {{ readonly path: string, readonly text: string }} NewText
 */

/**
 * Plans a new rule, and writes nothing.
 *
 * @param {string} id as in `acme-token`
 * @param {(path: string) => string | null} read a file of the repository; null if there is none
 * @returns {readonly NewText[]}
 */
export function planRule(id, read) {
  if (!ID.test(id)) throw new Error(`${JSON.stringify(id)}: an id is PROVIDER-KIND in kebab-case, as in acme-token`);
  const provider = id.slice(0, id.indexOf('-'));
  const path = `${PROVIDERS}/${provider}.ts`;
  const existing = read(path);
  if (existing !== null) return [{ path, text: addDraft(existing, id, provider) }];
  const sets = read(SETS);
  if (sets === null) throw new Error(`${SETS}: no such file. Run the command in the repository's top folder.`);
  return [
    { path, text: renderFile(id, provider) },
    { path: SETS, text: addSet(sets, provider) },
  ];
}

/**
 * @param {string} id
 * @param {string} provider
 */
function renderDraft(id, provider) {
  return `    {
      id: '${id}',
      message: '${titleOf(id)}',
      ...markedToken({ markers: ['${provider}_'], body: alnumOf(32) }),
    },
`;
}

/**
 * @param {string} id
 * @param {string} provider
 */
function renderFile(id, provider) {
  return `import { ruleSet } from '../../engine/rule.ts';
import { markedToken } from '../drafting/marked-token.ts';
import { alnumOf } from '../drafting/shapes.ts';

export const ${provider} = ruleSet(
  {
    why: 'Anyone who has it can use the ${titleOf(provider)} API as its owner.',
    advice: 'Revoke it in the settings of ${titleOf(provider)}, and keep the new one in a secret store.',
    docs: 'https://example.com/${provider}/rotate-keys',
  },
  () => [
${renderDraft(id, provider)}  ],
);
`;
}

/**
 * @param {string} text of the provider's file
 * @param {string} id
 * @param {string} provider
 */
function addDraft(text, id, provider) {
  if (text.includes(`id: '${id}'`)) throw new Error(`${id}: the rule exists already`);
  const end = text.lastIndexOf('  ],\n);');
  if (end === -1) throw new Error(`src/rules/providers/${provider}.ts does not end with a list of rules: add the rule by hand`);
  const missing = [
    [`markedToken`, `import { markedToken } from '../drafting/marked-token.ts';\n`],
    [`alnumOf`, `import { alnumOf } from '../drafting/shapes.ts';\n`],
  ].filter(([name]) => !new RegExp(`import \\{[^}]*\\b${name}\\b`).test(text));
  return missing.map(([, line]) => line).join('') + text.slice(0, end) + renderDraft(id, provider) + text.slice(end);
}

/**
 * @param {string} text of the list of sets
 * @param {string} provider
 */
function addSet(text, provider) {
  const line = `import { ${provider} } from './${provider}.ts';`;
  const imports = text.split('\n').filter((one) => one.startsWith('import {'));
  const next = imports.find((one) => one > line) ?? imports.at(-1);
  const end = text.lastIndexOf('  // Identifiers');
  if (next === undefined || end === -1) throw new Error(`${SETS} has another form than expected: add the set by hand`);
  return `${text.slice(0, end)}  ${provider},\n${text.slice(end)}`.replace(next, `${line}\n${next}`);
}

/** @param {string} id */
function titleOf(id) {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {readonly string[]} argv */
function main([id]) {
  if (id === undefined) throw new Error('usage: npm run new:rule PROVIDER-KIND, as in npm run new:rule acme-token');
  const taken = readdirSync(PROVIDERS).some((name) => readFileSync(`${PROVIDERS}/${name}`, 'utf8').includes(`id: '${id}'`));
  if (taken) throw new Error(`${id}: the rule exists already`);
  const plan = planRule(id, (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null));
  for (const { path, text } of plan) writeFileSync(path, text);
  const [file] = plan;
  process.stdout.write(`Wrote ${file?.path}. Next:
  1. Edit its marker, shape, texts and link: src/engine/rule.ts explains every field.
  2. Test its samples: npx vitest run --project unit test/rules/samples.test.ts -t ${id}
  3. Update the page of rules: npm run docs
`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main(process.argv.slice(2));
  } catch (thrown) {
    process.stderr.write(`new:rule: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    process.exitCode = 2;
  }
}
