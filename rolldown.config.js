import { deepEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, defineConfig } from 'rolldown';

/** What a module exports, worked out now. */
async function evaluate(id) {
  const folder = mkdtempSync(join(tmpdir(), 'code-guardian-build-'));
  try {
    const file = join(folder, 'module.mjs');
    await build({ input: id, platform: 'node', output: { file }, logLevel: 'silent' });
    return await import(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lists of keywords as text: numbers in base64, two bytes each, the lower one first. They are read in a tenth of the time that JSON takes. */
async function packed({ literals, ...numbers }) {
  const entries = Object.entries(numbers).map(([name, list]) => {
    const bytes = Buffer.alloc(list.length * 2);
    list.forEach((number, i) => bytes.writeUInt16LE(number, i * 2));
    return `${name}: unpack('${bytes.toString('base64')}')`;
  });
  const code = `
    const unpack = (text) => {
      const bytes = Buffer.from(text, 'base64');
      if (new Uint8Array(Uint16Array.of(1).buffer)[0] === 0) bytes.swap16();
      return new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    };
    export const KEYWORDS = { literals: JSON.parse(${JSON.stringify(JSON.stringify(literals))}), ${entries.join(', ')} };
  `;
  // What was packed wrongly would find nothing, in silence.
  const { KEYWORDS: unpacked } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  for (const [name, list] of Object.entries({ literals, ...numbers })) deepEqual([...unpacked[name]], list, name);
  return code;
}

/** Works out src/rules/rule-index.ts, so that no commit has to make hundreds of rules to know their keywords. */
function headsAtBuildTime() {
  return {
    name: 'entries-at-build-time',
    load: {
      filter: { id: /\/src\/rules\/rule-index\.ts$/ },
      async handler(id) {
        const { listRuleEntries, FILE_RULE_ENTRIES, KEYWORDS } = await evaluate(id);
        const parsed = (value) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
        return `
          let entries;
          export const listRuleEntries = () => (entries ??= ${parsed(listRuleEntries())});
          export const listRuleIds = () => listRuleEntries().map(({ id }) => id);
          export const FILE_RULE_ENTRIES = ${parsed(FILE_RULE_ENTRIES)};
          ${await packed(KEYWORDS)}
        `;
      },
    },
  };
}

/** Gives src/host/version.ts a digest of the whole source, so that what one build has kept is not taken for another's. */
function buildDigest() {
  const sources = readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();
  const hash = createHash('sha256');
  for (const file of sources) hash.update(`${file}\0`).update(readFileSync(file));
  const digest = hash.digest('hex').slice(0, 16);
  return {
    name: 'build-digest',
    transform: {
      filter: { id: /\/src\/host\/version\.ts$/ },
      handler: (code) => code.replace("BUILD = 'source'", `BUILD = '${digest}'`),
    },
  };
}

/** Writes what the shim of commit-msg asks before it starts Node. */
function messageGate() {
  return {
    name: 'message-gate',
    async generateBundle() {
      const { MESSAGE_GATE } = await evaluate('src/startup/message-gate.ts');
      this.emitFile({ type: 'asset', fileName: 'message-gate.sh', source: MESSAGE_GATE });
    },
  };
}

/** The packages that are bundled, with the licenses that ask to be handed on. */
function licenses() {
  const packageOf = (id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];
  return {
    name: 'licenses',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds);
      const folders = [...new Set(modules.map((id) => packageOf(id.replace(/^\0/, ''))).filter((folder) => folder !== undefined))];
      const texts = folders.map((folder) => {
        const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
        const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
        const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
        return `${name} ${version}: ${license}${text}\n`;
      });
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: texts.toSorted().join(`\n${'-'.repeat(80)}\n\n`) });
    },
  };
}

/** Chunks that every hook loads, or many do. They go into one file, start.cjs: opening another costs half a millisecond. */
const PACKED = ['rolldown-runtime.cjs', 'then.cjs', 'common.cjs'];

/**
 * Files as src/startup/load-chunk.ts wants them: an object with a function for each chunk in it, in ASCII, which is read in half the time and half
 * the memory.
 */
function forOurLoader() {
  const asMethod = ({ fileName, code }) => {
    const ascii = code.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return `${JSON.stringify(fileName)}(exports, require, module) {${ascii}\n},\n`;
  };
  return {
    name: 'for-our-loader',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) file.code = asMethod(file);
      for (const name of PACKED) {
        bundle['start.cjs'].code += bundle[name].code;
        delete bundle[name];
      }
      for (const file of Object.values(bundle)) file.code = `({${file.code}})`;
    },
  };
}

const shared = { platform: 'node', transform: { target: 'node20.19' } };

/** What every hook loads: at once, and while git is at work. All that these import comes with them, but for rules. */
const HOT = [
  ['first', ['/src/cli/start.ts', '/src/commands/hook.ts']],
  [
    'then',
    ['/src/run/acts.ts', '/src/report/formats/pretty.ts', '/src/run/recording/record-run.ts', '/node_modules/picocolors/picocolors.js'],
  ],
];

/** What a config needs that is not known yet, and what a run leaves behind where somebody wants more of it than the ledger. */
const ON_DEMAND = [
  ['layers', ['/src/config/layers.ts', '/src/config/read-document.ts', '/src/config/readers.ts']],
  ['publishing', ['/src/run/recording/publish-later.ts', '/src/commands/log-run.ts']],
];

/** Rules, read when one of their keywords is met: src/startup/load-chunk.ts knows these chunks by name. */
const ON_A_HIT = [
  ['common', ['/src/rules/themes/theme-sets.ts']],
  ['providers', ['/src/rules/providers/provider-sets.ts']],
];

/** Which chunk a module is in: the first that needs it; null: rolldown decides. */
function chunkOf() {
  const chunks = new Map();
  const deferred = ON_A_HIT.flatMap(([, entries]) => entries);
  const add = (id, name, graph) => {
    if (chunks.has(id)) return;
    chunks.set(id, name);
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) {
      if (!deferred.some((entry) => imported.endsWith(entry))) add(imported, name, graph);
    }
  };
  return (id, graph) => {
    if (chunks.size === 0)
      for (const [name, entries] of [...HOT, ...ON_DEMAND, ...ON_A_HIT])
        for (const entry of entries) add(realpathSync(`.${entry}`), name, graph);
    return chunks.get(id) ?? null;
  };
}

/** CommonJS: modules cost more to start. */
const commonjs = { format: 'cjs', minify: true, dynamicImportInCjs: false, entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' };

export default defineConfig([
  {
    // What node is started with: it loads the chunks.
    ...shared,
    plugins: [messageGate()],
    input: { bin: 'src/bin.ts' },
    output: { ...commonjs, dir: 'dist', cleanDir: true },
  },
  {
    ...shared,
    plugins: [buildDigest(), headsAtBuildTime(), forOurLoader(), licenses()],
    input: { start: 'src/cli/start.ts' },
    output: {
      ...commonjs,
      dir: 'dist/chunks',
      codeSplitting: {
        includeDependenciesRecursively: false,
        groups: [{ name: chunkOf() }],
      },
    },
  },
  {
    ...shared,
    plugins: [buildDigest(), headsAtBuildTime()],
    input: { index: 'src/index.ts' },
    output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
  },
]);
