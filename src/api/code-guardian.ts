import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type LoadedConfig, loadConfig } from '../config/load.ts';
import type { Category, Severity } from '../engine/rule.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { openGit } from '../git/client.ts';
import { readRepository } from '../git/repository.ts';
import { createHost } from '../host/host.ts';
import type { ConfigLayer } from '../policy/config.ts';
import type { Format } from '../report/formats/format.ts';
import { FORMATS } from '../report/formats/formats.ts';
import { createPalette, type Palette } from '../report/palette.ts';
import { parseReport } from '../report/parse-report.ts';
import type { ReportDocument } from '../report/report-document.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { CATALOGUE } from '../rules/catalogue.ts';
import { listRuleIds } from '../rules/rule-index.ts';
import { runScan } from '../run/run-scan.ts';
import type { Target } from '../run/targets/target.ts';
import { checkConfig } from './check-config.ts';
import { checkOptions, isSignal, isText, knownNames, usage } from './check-options.ts';

export interface OpenOptions {
  /** Folder to work in. Default: the working folder of the process. */
  readonly cwd?: string;
  /** Keys on top of all layers of the config, as a config file has them: `{ failOn: 'medium', performance: { timeout: '5m' } }`. */
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface ScanOptions {
  /** Ends the scan; the method rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface TextOptions extends ScanOptions {
  /** The path that rules and the policy see. Default: `stdin`. */
  readonly path?: string;
}

export interface HistoryOptions extends ScanOptions {
  /** A date that git understands (`2026-01-31`, `2 weeks ago`), or a commit, tag or branch: only what came after it. */
  readonly since?: string;
}

/** A rule, as plain data. */
export interface RuleInfo {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  readonly category: Category;
  readonly docs: string;
}

const SCAN = { signal: isSignal };
const WIDTH = 80;

/**
 * Scans as the command line does: the same rules, config layers, suppressions and baseline.
 *
 * @example
 * const guardian = await CodeGuardian.open({ cwd: '.' });
 * const report = await guardian.scanStaged();
 * if (report.verdict === 'blocked') console.log(guardian.format(report, 'pretty'));
 */
export class CodeGuardian {
  readonly #cwd: string;
  readonly #layer: ConfigLayer;
  readonly #formats: ReadonlyMap<string, Format>;
  readonly #palette: Palette;

  private constructor(cwd: string, layer: ConfigLayer, formats: ReadonlyMap<string, Format>, palette: Palette) {
    this.#cwd = cwd;
    this.#layer = layer;
    this.#formats = formats;
    this.#palette = palette;
  }

  /**
   * Reads and checks all layers of the config.
   *
   * @throws GuardianError CONFIG_INVALID with all mistakes, USAGE for unknown options
   * @example
   * const guardian = await CodeGuardian.open({ cwd: '/srv/app', config: { failOn: 'medium' } });
   */
  static async open(options: OpenOptions = {}): Promise<CodeGuardian> {
    checkOptions('open', options, { cwd: isText, config: () => true });
    const cwd = resolve(options.cwd ?? process.cwd());
    if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) throw usage(`open: ${cwd}: no such directory`);
    const loaded = await loadLayers(cwd);
    const layer = options.config === undefined ? {} : checkConfig(options.config, loaded);
    const formats = await Promise.all(FORMATS.map(async ({ name, load }) => [name, await load()] as const));
    return new CodeGuardian(cwd, layer, new Map(formats), await createPalette({ isTerminal: false, env: {} }));
  }

  /**
   * Scans a text as if it were a file.
   *
   * @example
   * const report = await guardian.scanText(source, { path: 'src/a.ts' });
   */
  async scanText(text: string | Uint8Array, options: TextOptions = {}): Promise<ReportDocument> {
    checkOptions('scanText', options, { ...SCAN, path: isText });
    if (typeof text !== 'string' && !(text instanceof Uint8Array)) throw usage('scanText: the text must be a string or a Uint8Array');
    return this.#scan({ kind: 'stdin', path: options.path ?? 'stdin', text: Buffer.from(text) }, options);
  }

  /**
   * Scans whole files and folders on disk. Paths are relative to `cwd`.
   *
   * @throws GuardianError USAGE for a path that does not exist
   * @example
   * const report = await guardian.scanFiles(['src', '.env']);
   */
  async scanFiles(paths: readonly string[], options: ScanOptions = {}): Promise<ReportDocument> {
    checkOptions('scanFiles', options, SCAN);
    if (!Array.isArray(paths) || paths.length === 0 || !paths.every(isText)) throw usage('scanFiles: paths must be a list of paths');
    return this.#scan({ kind: 'paths', paths }, options);
  }

  /**
   * Scans what is staged.
   *
   * @example
   * const { findings } = await guardian.scanStaged();
   */
  async scanStaged(options: ScanOptions = {}): Promise<ReportDocument> {
    checkOptions('scanStaged', options, SCAN);
    return this.#scan({ kind: 'staged' }, options);
  }

  /**
   * Scans every commit of a range.
   *
   * @throws GuardianError USAGE for a range that git does not know
   * @example
   * const report = await guardian.scanRange('main..HEAD');
   */
  async scanRange(range: string, options: ScanOptions = {}): Promise<ReportDocument> {
    checkOptions('scanRange', options, SCAN);
    if (!isText(range)) throw usage('scanRange: the range must be a text such as main..HEAD');
    return this.#scan({ kind: 'range', range }, options);
  }

  /**
   * Scans every tracked file, whole.
   *
   * @example
   * const report = await guardian.scanAll({ signal: AbortSignal.timeout(60_000) });
   */
  async scanAll(options: ScanOptions = {}): Promise<ReportDocument> {
    checkOptions('scanAll', options, SCAN);
    return this.#scan({ kind: 'all' }, options);
  }

  /**
   * Scans every commit of every branch and tag.
   *
   * @throws GuardianError USAGE if `since` is neither a date nor a commit
   * @example
   * const report = await guardian.scanHistory({ since: 'v1.0' });
   */
  async scanHistory(options: HistoryOptions = {}): Promise<ReportDocument> {
    checkOptions('scanHistory', options, { ...SCAN, since: isText });
    const { since } = options;
    return this.#scan({ kind: 'history', ...(since === undefined ? {} : { since }) }, options);
  }

  /**
   * Renders a report in one of the formats of `--format`, without colors.
   *
   * @throws GuardianError USAGE for an unknown format, INPUT_INVALID for a value that is no report
   * @example
   * await writeFile('report.json', guardian.format(report, 'json'));
   */
  format(report: ReportDocument, name: string): string {
    const known = [...this.#formats.keys()];
    if (!known.includes(name)) throw usage(`format: unknown format ${JSON.stringify(name)}${knownNames(name, known)}`);
    return this.#render(parseReport(JSON.stringify(report), 'report'), name);
  }

  /**
   * The built-in rules.
   *
   * @example
   * const secrets = guardian.rules().filter(({ category }) => category === 'secret');
   */
  rules(): RuleInfo[] {
    return CATALOGUE.map(({ id, severity, message, category, docs }) => ({ id, severity, message, category, docs }));
  }

  async #scan(target: Target, { signal }: ScanOptions): Promise<ReportDocument> {
    signal?.throwIfAborted();
    const host = createHost();
    const started = host.elapsed();
    const { report } = await runScan({
      host: Object.assign(Object.create(host) as typeof host, { cwd: this.#cwd, elapsed: () => host.elapsed() - started }),
      target,
      options: {},
      layer: this.#layer,
      hook: null,
      ...(signal === undefined ? {} : { signal }),
    }).catch((thrown: unknown) => {
      // A git that was stopped fails with an error of its own.
      signal?.throwIfAborted();
      throw thrown;
    });
    signal?.throwIfAborted();
    return JSON.parse(this.#render(report, 'json')) as ReportDocument;
  }

  #render(report: ScanReport, format: string): string {
    const view = { palette: this.#palette, width: WIDTH, isQuiet: false, isVerbose: false };
    return [...this.#formats.get(format)!.render(report, view)].join('');
  }
}

/** The layers below `config`, as they are on disk. */
async function loadLayers(cwd: string): Promise<LoadedConfig> {
  return loadConfig({ cwd, top: await findTop(cwd), env: process.env, flags: {}, source: { kind: 'disk' }, knownRules: listRuleIds });
}

async function findTop(cwd: string): Promise<string | null> {
  try {
    return (await readRepository(openGit(cwd, process.env))).top;
  } catch (thrown) {
    if (thrown instanceof GuardianError && thrown.code === 'NOT_A_REPOSITORY') return null;
    throw thrown;
  }
}
