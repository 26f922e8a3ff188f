import { GuardianError } from '../../errors/guardian-error.ts';
import { isTree } from '../../policy/merge-config.ts';
import { isSecretsBaseline, translateSecretsBaseline } from './detect-secrets.ts';
import { translateGitleaksConfig } from './gitleaks-config.ts';
import { isIgnoreFile, parseIgnoreFile } from './ignore-file.ts';
import type { Imported } from './imported.ts';

const KNOWN =
  'Known are a config of gitleaks or betterleaks (.toml), a .gitleaksignore, a JSON report of gitleaks and a baseline of detect-secrets (.secrets.baseline).';

/** Top-level keys of a gitleaks config. */
const TOML_KEYS = ['rules', 'allowlist', 'allowlists', 'extend'];

/**
 * Converts a file of another scanner. The type follows from the text, or from the name if the text is ambiguous.
 *
 * @param file for messages
 * @param builtIn ids of our built-in rules
 * @throws GuardianError INPUT_INVALID for an unknown or broken file
 */
export async function parseImport(text: string, file: string, builtIn: readonly string[]): Promise<Imported> {
  const content = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  if (file.endsWith('.toml')) return parseToml(content, file, builtIn);
  // A TOML file may start with a bracket, too.
  if (/^\s*(?:\{|\[\s*(?:[{\]]|$))/.test(content)) return parseJson(content, file);
  if (isIgnoreFile(content) || file.endsWith('ignore')) return parseIgnoreFile(content);
  return parseToml(content, file, builtIn);
}

function parseJson(text: string, file: string): Imported {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // V8's message quotes parts of the text.
    throw brokenError(file, ' invalid JSON', 'Fix the file, or generate it again.');
  }
  if (isSecretsBaseline(document)) return translateSecretsBaseline(document);
  if (isGitleaksReport(document)) return parseIgnoreFile(document.map(({ Fingerprint }) => Fingerprint).join('\n'));
  throw brokenError(file, ' JSON, but not a baseline', KNOWN);
}

/** A gitleaks report, which gitleaks also accepts as a baseline. */
function isGitleaksReport(document: unknown): document is readonly { readonly Fingerprint: string }[] {
  return Array.isArray(document) && document.every((finding) => isTree(finding) && typeof finding['Fingerprint'] === 'string');
}

async function parseToml(text: string, file: string, builtIn: readonly string[]): Promise<Imported> {
  const { parse, TomlError } = await import('smol-toml');
  let document: unknown;
  try {
    document = parse(text);
  } catch (thrown) {
    if (!(thrown instanceof TomlError)) throw thrown;
    // Its message continues with lines of the file.
    const [reason = ''] = thrown.message.replace(/^Invalid TOML document: /, '').split('\n');
    if (file.endsWith('.toml')) throw brokenError(file, `${thrown.line}:${thrown.column}: ${reason}`, 'Correct the TOML at that position.');
    throw brokenError(file, ' unknown file type', KNOWN);
  }
  if (isTree(document) && TOML_KEYS.some((key) => Object.hasOwn(document, key))) return translateGitleaksConfig(document, builtIn);
  throw brokenError(file, ' no rules and no allowlists', KNOWN);
}

function brokenError(file: string, what: string, hint: string): GuardianError {
  return new GuardianError('INPUT_INVALID', `${file}:${what}`, { hint, path: file });
}
