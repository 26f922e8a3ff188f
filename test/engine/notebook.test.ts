import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNotebook } from '../../src/engine/notebook.ts';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import { settle } from '../../src/findings/settle.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import type { ContentRule } from '../../src/engine/rule.ts';
import { letters, privateKey, stripeKey } from '../support/secrets.ts';

const scanner = createScanner(sourceOf(CATALOGUE.filter((rule): rule is ContentRule => rule.kind === 'content')));
const NOBODY = { isIgnoredValue: () => false, isRequired: () => false };

/** What is said of a notebook: rule, line, and the text in the file. */
function findings(notebook: string, isActive = ({ category }: ContentRule): boolean => category === 'secret'): string[] {
  const bytes = Buffer.from(notebook);
  const matches = scanner.scan({ bytes, path: 'a.ipynb', isActive });
  const settled = settle({ path: 'a.ipynb', pathBytes: undefined, commit: undefined, bytes, matches, added: 'all', ignored: NOBODY });
  return settled.findings
    .filter(({ suppression }) => suppression === null)
    .map(({ rule, line, column, endLine, endColumn }) => {
      const lines = notebook.split('\n').slice(line - 1, endLine);
      const shown = line === endLine ? lines[0]!.slice(column - 1, endColumn - 1) : `${lines.length} lines`;
      return `${rule} in line ${line}: ${shown}`;
    });
}

interface Cell {
  readonly cell_type: string;
  readonly source: string | string[];
  readonly outputs?: readonly object[];
}

function notebookOf(...cells: readonly Cell[]): object {
  return { cells, metadata: { language_info: { file_extension: '.py', name: 'python' } }, nbformat: 4, nbformat_minor: 5 };
}

function codeCell(source: string | string[]): Cell {
  return { cell_type: 'code', source, outputs: [] };
}

/** As nbformat writes it, a string a line; some write one string, some no blanks, and some no signs of HTML. */
const LAYOUTS: Record<string, (source: string) => string> = {
  'a string a line': (source) => JSON.stringify(notebookOf(codeCell(linesOf(source))), null, 1),
  'one string': (source) => JSON.stringify(notebookOf(codeCell(source)), null, 1),
  'one line of JSON': (source) => JSON.stringify(notebookOf(codeCell(linesOf(source)))),
  'signs as \\u003d': (source) =>
    JSON.stringify(notebookOf(codeCell(linesOf(source))), null, 1).replace(
      /[=<>&']/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
};

function linesOf(source: string): string[] {
  return source.split(/(?<=\n)/);
}

const TOKEN = stripeKey();
const KEY = letters(32, 'notebook');
const PASSWORD = letters(14, 'password').replace(/^./, '7');

/** Lines of code, each with the rule that finds its value. */
const CODE: readonly (readonly [line: string, value: string, rule: string])[] = [
  [`stripe.api_key = "${TOKEN}"`, TOKEN, 'stripe-key'],
  [TOKEN, TOKEN, 'stripe-key'],
  [`api_key = "${KEY}"`, KEY, 'generic-secret'],
  [`api_key='${KEY}'`, KEY, 'generic-secret'],
  [`API_KEY: str = """${KEY}"""`, KEY, 'generic-secret'],
  [`os.environ["API_TOKEN"] = "${KEY}"`, KEY, 'generic-secret'],
  [`token = os.getenv("TOKEN", "${KEY}")`, KEY, 'generic-secret'],
  [`%env API_TOKEN=${KEY}`, KEY, 'generic-secret'],
  [`headers = {"X-Api-Key": "${KEY}"}`, KEY, 'generic-secret'],
  [`connect(host="db", user="app", password="${PASSWORD}")`, PASSWORD, 'generic-password'],
  [`if password == '${PASSWORD}':`, PASSWORD, 'generic-password'],
  [`create_engine("postgresql://app:${PASSWORD}@db.northsea.dev/app")`, PASSWORD, 'connection-string'],
  [`!curl -u "admin:${PASSWORD}" https://northsea.dev`, PASSWORD, 'command-credential'],
];

describe.each(Object.entries(LAYOUTS))('a secret in a cell is found, written as %s', (name, layout) => {
  it.each(CODE)('%s', (line, value) => {
    const notebook = layout(`import os\n\nx = 1\n${line}\nprint(x)`);
    const found = findings(notebook);
    const lineNumber = notebook.split('\n').findIndex((text) => text.includes(value)) + 1;
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(` in line ${lineNumber}: `);
    expect(found[0]).toContain(value);
    if (name === 'a string a line') expect(lineNumber).toBe(9);
  });
});

describe('a secret is found in', () => {
  const outputs: Record<string, object> = {
    'a stream': { output_type: 'stream', name: 'stdout', text: ['connecting\n', `token: ${TOKEN}\n`] },
    'a result': { output_type: 'execute_result', data: { 'text/plain': [`{'token': '${TOKEN}'}`] } },
    'a page': { output_type: 'display_data', data: { 'text/html': ['<table>\n', `<td>${TOKEN}</td>`] } },
    'a result as JSON': { output_type: 'display_data', data: { 'application/json': { token: TOKEN } } },
    'an error, in colours': { output_type: 'error', traceback: [`\u001b[0;32m----> 1\u001b[0m \u001b[33m${TOKEN}\u001b[0m`] },
  };
  it.each(Object.entries(outputs))('%s', (_, output) => {
    const notebook = JSON.stringify(notebookOf({ ...codeCell(['run()']), outputs: [output] }), null, 1);
    const line = notebook.split('\n').findIndex((text) => text.includes(TOKEN)) + 1;
    expect(findings(notebook)).toEqual([`stripe-key in line ${line}: ${TOKEN}`]);
  });

  it('a cell, over many lines of it', () => {
    const notebook = LAYOUTS['a string a line']!(`key = """${privateKey()}\n"""\n`);
    expect(findings(notebook)).toEqual([expect.stringMatching(/^private-key in line 6: \d+ lines$/)]);
  });

  it('a value with colours around each of its parts', () => {
    const traceback = [`\u001b[0mapi_key\u001b[0m \u001b[0;34m=\u001b[0m \u001b[0;34m'${KEY}'\u001b[0m`];
    const notebook = JSON.stringify(notebookOf({ ...codeCell([]), outputs: [{ output_type: 'error', traceback }] }));
    expect(findings(notebook)).toEqual([expect.stringMatching(new RegExp(`^generic-secret in line 1: .*${KEY}`))]);
  });
});

describe('nothing is found', () => {
  it('in images, by any rule', () => {
    // Words that stand in base64 by chance as well as words can.
    const words = ['TODO', 'FIXME', 'XXX', 'debugger', 'console', 'breakpoint', 'password', 'token', 'secret', 'eval', 'AKIA', 'TODO/'];
    const image = words.map((word, i) => letters(4000, word) + `+${word}/${word}//${word}+`.repeat(3 + (i % 2))).join('');
    for (const png of [image, image.match(/.{1,76}/g)!.map((line) => `${line}\n`)]) {
      const data = { 'image/png': png, 'text/plain': ['<Figure size 640x480 with 1 Axes>'] };
      const cell = { ...codeCell(['plot()']), outputs: [{ output_type: 'display_data', data }] };
      expect(findings(JSON.stringify(notebookOf(cell), null, 1), () => true)).toEqual([]);
    }
  });

  it('where code asks for a secret', () => {
    const source = 'token = os.environ["TOKEN"]\npassword = getpass("password: ")\napi_key = userdata.get("API_KEY")\n';
    for (const layout of Object.values(LAYOUTS)) expect(findings(layout(source))).toEqual([]);
  });
});

describe('the text of a notebook', () => {
  it('is that of its cells, line by line, wherever it stands in the file', () => {
    // Bytes of a file, one character each.
    const source = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\t', ' ', '=', '{', ':', ',', 'u', '0', '/') });
    fc.assert(
      fc.property(source, fc.constantFrom(...Object.values(LAYOUTS)), (code, layout) => {
        const file = layout(`${code}\nend`);
        const { bytes, originOf } = readNotebook(Buffer.from(file))!;
        expect(bytes.toString()).toContain(`${code}\nend`);
        let last = -1;
        for (let offset = 0; offset < bytes.length; offset++) {
          const origin = originOf(offset);
          expect(origin).toBeGreaterThan(last);
          last = origin;
          const char = String.fromCharCode(bytes[offset]!);
          if (/[a:{,]/.test(char)) expect(file[origin]).toBe(char);
        }
      }),
    );
  });

  it('is read of anything without an error', () => {
    const piece = fc.constantFrom('"', '\\', '\\"', '\\u00', '\\u003d', '\\u001b[', '"source"', ':', '[', ',', '\n', 'x', '"text": "');
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => void readNotebook(Buffer.from(pieces.join('')))));
  });

  it('knows its language', () => {
    const extensionOf = (json: string): string | undefined => readNotebook(Buffer.from(json))?.extension;
    expect(extensionOf('{"source":"x","file_extension": ".jl"}')).toBe('.jl');
    expect(extensionOf('{"source":"x"}')).toBe('.py');
    expect(extensionOf('{"a":"x"}')).toBeUndefined();
  });
});
