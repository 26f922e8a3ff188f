import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { csv } from '../../../src/report/formats/csv.ts';
import type { Format } from '../../../src/report/formats/format.ts';
import { FORMATS } from '../../../src/report/formats/formats.ts';
import { github } from '../../../src/report/formats/github.ts';
import { html } from '../../../src/report/formats/html.ts';
import { junit } from '../../../src/report/formats/junit.ts';
import { markdown } from '../../../src/report/formats/markdown.ts';
import { readCommand } from '../../support/github-runner.ts';
import { renderAs } from '../example-report.ts';
import { hostile, reportOf } from './reports.ts';

const ALL = await Promise.all(FORMATS.map(({ load }) => load()));
const MACHINE = ALL.filter(({ name }) => name !== 'pretty');
const JSON_FORMATS = ALL.filter(({ name }) => ['json', 'sarif', 'gitlab', 'codequality', 'rdjson'].includes(name));

/** Runs a check on reports whose texts are hostile. */
function forHostile(check: (text: string) => void): void {
  fc.assert(
    fc.property(hostile, (text) => {
      check(text);
    }),
    { numRuns: 150 },
  );
}

describe.each(MACHINE)('$name', (format) => {
  it('lets no text move the cursor, change the direction or start a line', () => {
    const lines = (text: string): number => renderAs(format, reportOf(text)).split('\n').length;
    const plain = lines('x');
    forHostile((text) => {
      const written = renderAs(format, reportOf(text)).replaceAll('\r\n', '\n');
      expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(lines(text)).toBe(plain);
    });
  });
});

it.each(MACHINE.filter((format) => format !== github))('$name has no line that a runner reads as a command', (format) => {
  forHostile((text) => {
    const read = renderAs(format, reportOf(text)).split('\n').map(readCommand);
    expect(read.filter((command) => command !== null)).toEqual([]);
  });
});

it.each(JSON_FORMATS)('$name is JSON, and keeps the message', (format) => {
  forHostile((text) => {
    const document = JSON.stringify(JSON.parse(renderAs(format, reportOf(text))));
    if (text.isWellFormed() && format.name === 'json') expect(document).toContain(JSON.stringify(text));
  });
});

/** Names of all tags, in order. */
const tagsOf = (markup: string): string[] => [...markup.matchAll(/<\/?[a-z!?][\w-]*/gi)].map(([tag]) => tag);

it.each<[name: string, format: Format]>([
  ['html', html],
  ['junit', junit],
])('%s has the same elements, whatever the texts are', (_, format) => {
  const plain = tagsOf(renderAs(format, reportOf('x y')));
  forHostile((text) => expect(tagsOf(renderAs(format, reportOf(text)))).toEqual(plain));
});

describe('markdown', () => {
  const pageOf = (text: string): string => marked.parse(renderAs(markdown, reportOf(text)), { gfm: true, async: false });
  /** What is neither code nor an address of our own. */
  const proseOf = (page: string): string =>
    page
      .replaceAll(/<code>[^]*?<\/code>/g, '')
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&#39;', "'");

  it('is the same blocks and tables, whatever the texts are', () => {
    const blocks = (page: string): string[] => tagsOf(page).filter((tag) => !/code|<\/?a$/.test(tag));
    const plain = blocks(pageOf('x y'));
    forHostile((text) => expect(blocks(pageOf(text))).toEqual(plain));
  });

  it('has two cells in each row of a table', () => {
    forHostile((text) => {
      const rows = renderAs(markdown, reportOf(text))
        .split('\n')
        .filter((line) => line.startsWith('| '));
      expect(rows.filter((row) => row.split('|').length !== 4)).toEqual([]);
    });
  });

  it('mentions no one and links to no issue', () => {
    forHostile((text) => {
      expect(proseOf(pageOf(text))).not.toMatch(/@[a-z]|(?<!&)#\d|GH-\d|!\d/i);
    });
    expect(proseOf(pageOf('@octocat fixed #1'))).toContain('octocat fixed');
  });
});

describe('csv', () => {
  it('is read back by a library, and no cell is a formula', () => {
    forHostile((text) => {
      const rows = parseCsv(renderAs(csv, reportOf(text)));
      expect(rows.map((row) => row.length)).toEqual(rows.map(() => rows[0]!.length));
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/);
    });
  });
});

describe('github', () => {
  it('is one annotation per line, at the place that the report names', () => {
    forHostile((text) => {
      const commands = renderAs(github, reportOf(text)).trimEnd().split('\n').map(readCommand);
      for (const command of commands) expect(command?.name).toMatch(/^(?:error|warning|notice)$/);
      const files = new Set(commands.map((command) => command?.properties['file']).filter((file) => file !== undefined));
      expect(files.size).toBe(1);
    });
  });
});
