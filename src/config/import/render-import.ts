import { Document } from 'yaml';
import { visible } from '../../findings/redact.ts';
import type { Imported } from './imported.ts';

/**
 * The converted config as YAML. A comment at the top names the source and what is missing.
 *
 * @param file for messages
 * @param notes more than the import itself had to say
 */
export function renderImport({ layer }: Pick<Imported, 'layer'>, file: string, notes: readonly string[]): string {
  const head = [
    `Converted from ${file} by \`code-guardian config import\`.`,
    'To use it: put it at the top of the repository as .code-guardianrc.yaml, or name it under `extends`.',
    ...(notes.length === 0 ? [] : ['', 'Not carried over, or only in part:', ...notes.map((note) => `- ${note}`)]),
  ];
  const comment = head.map((line) => (line === '' ? '#' : `# ${visible(line)}`)).join('\n');
  const isEmpty = Object.keys(layer).length === 0;
  return `${comment}\n${isEmpty ? '{}\n' : new Document(layer).toString({ lineWidth: 0, singleQuote: true })}`;
}
