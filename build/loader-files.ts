import type { Plugin } from 'rolldown';
import { type Chunk, START } from './chunk-table.ts';

/**
 * Writes files as src/startup/load-chunk.ts reads them: an object with a function for each chunk in it, in ASCII, which is read in half the
 * time and half the memory.
 */
export function loaderFiles(table: readonly Chunk[]): Plugin {
  const inStart = ['rolldown-runtime', ...table.filter(({ isInStart }) => isInStart).map(({ name }) => name)].map((name) => `${name}.cjs`);
  return {
    name: 'loader-files',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      for (const chunk of chunks) chunk.code = asMethod(chunk.fileName, chunk.code);
      const codeOf = (name: string): string => {
        const chunk = chunks.find(({ fileName }) => fileName === name);
        if (chunk === undefined) throw new Error(`no chunk is named ${name}, so ${START}.cjs cannot hold it`);
        return chunk.code;
      };
      const start = chunks.find(({ fileName }) => fileName === `${START}.cjs`);
      if (start === undefined) throw new Error(`no chunk is named ${START}.cjs`);
      start.code += inStart.map(codeOf).join('');
      for (const name of inStart) delete bundle[name];
      for (const chunk of chunks) chunk.code = `({${chunk.code}})`;
    },
  };
}

function asMethod(name: string, code: string): string {
  const ascii = code.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${JSON.stringify(name)}(exports, require, module) {${ascii}\n},\n`;
}
