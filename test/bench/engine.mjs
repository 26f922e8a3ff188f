// How fast one thread scans ordinary source: the JavaScript and TypeScript of this project's own dependencies.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = fileURLToPath(new URL('../..', import.meta.url));
const MAX_BYTES = 60e6;

function readCorpus() {
  const files = [];
  let size = 0;
  const entries = readdirSync(join(root, 'node_modules'), { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !/\.(?:[cm]?[jt]s|json|md)$/.test(entry.name) || size > MAX_BYTES) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    if (bytes.length > 1e6) continue;
    // Not below node_modules: rules that leave vendored code out must not have it easier here.
    files.push({ path: `src/${entry.name}`, bytes });
    size += bytes.length;
  }
  return { files, size };
}

async function loadEngine() {
  const folder = mkdtempSync(join(tmpdir(), 'code-guardian-engine-'));
  const file = join(folder, 'engine.mjs');
  try {
    await build({ input: join(root, 'test/bench/engine-entry.ts'), platform: 'node', output: { file }, logLevel: 'silent' });
    return await import(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns milliseconds for the whole corpus, best of five rounds, and megabytes a second */
export async function benchEngine() {
  const { listRuleEntries, KEYWORDS, loadRule, createScanner, decodeText } = await loadEngine();
  const isOn = ({ kind, isOptIn }) => kind === 'content' && !isOptIn;
  const load = (owner) => (isOn(listRuleEntries()[owner]) ? loadRule(listRuleEntries()[owner].set, listRuleEntries()[owner].place) : null);
  const { files, size } = readCorpus();
  const started = performance.now();
  const scanner = createScanner({ keywords: KEYWORDS, load });
  const created = performance.now() - started;
  let found = 0;
  const scan = best(() => {
    for (const { path, bytes } of files) found += scanner.scan({ bytes: decodeText(bytes).bytes, path, isActive: () => true }).length;
  });
  const read = best(() => {
    for (const { bytes } of files) bytes.toString('latin1').indexOf('\0not in there');
  });
  return {
    times: {
      [`${listRuleEntries().filter(isOn).length} rules over ${(size / 1e6).toFixed(0)} MB`]: scan,
      'one indexOf over the same': read,
      'making the scanner': created,
    },
    ratios: { 'MB/s': size / 1e3 / scan, 'scan / one indexOf': scan / read, 'matches a MB': found / 5 / (size / 1e6) },
  };
}

function best(step) {
  let least = Infinity;
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    step();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
