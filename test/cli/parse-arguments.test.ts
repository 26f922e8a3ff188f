import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { OPTIONS } from '../../src/cli/options.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';

const words = (line: string) => line.split(' ').filter(Boolean);

function parse(line: string) {
  const request = parseArguments(words(line));
  if (request.kind !== 'command') throw new Error(`${line} is no command`);
  return { name: request.command.name, options: request.options, args: request.args };
}

function topic(line: string): string[] {
  const request = parseArguments(words(line));
  if (request.kind !== 'help') throw new Error(`${line} is no call for help`);
  return request.topic.map(({ name }) => name);
}

describe('a command line', () => {
  it('is a command, its options and the rest', () => {
    expect(parse('scan a.js --all b.js')).toEqual({ name: 'scan', options: { all: true }, args: ['a.js', 'b.js'] });
    expect(parse('hook pre-push origin url')).toMatchObject({ name: 'hook', args: ['pre-push', 'origin', 'url'] });
    expect(parse('rules explain jwt')).toMatchObject({ name: 'rules explain', args: ['jwt'] });
    expect(parse('config show --origins')).toMatchObject({ name: 'config show', options: { origins: true } });
  });

  it('gives a value in the next word or behind `=`', () => {
    for (const line of ['scan --fail-on low', 'scan --fail-on=low']) expect(parse(line).options).toEqual({ failOn: 'low' });
    expect(parse('scan --report=sarif=out.sarif').options).toEqual({ report: ['sarif=out.sarif'] });
    expect(parse('scan --output=').options).toEqual({ output: '' });
    expect(parse('scan --range -x').options).toEqual({ range: '-x' });
  });

  it('repeats what may be repeated; of the rest the last word counts', () => {
    expect(parse('scan --rule jwt --rule debugger').options).toEqual({ rule: ['jwt', 'debugger'] });
    expect(parse('scan --format json --format pretty').options).toEqual({ format: 'pretty' });
    expect(parse('scan --color --no-color').options).toEqual({ color: false });
  });

  it('says no by `--no-`, and a letter may stand for a word', () => {
    expect(parse('scan --no-fail-fast --no-color -q').options).toEqual({ failFast: false, color: false, quiet: true });
    expect(parse('scan -qv').options).toEqual({ quiet: true, verbose: true });
  });

  it('takes all behind `--` as it is', () => {
    expect(parse('scan -- --all -q')).toMatchObject({ options: {}, args: ['--all', '-q'] });
  });

  it('asks for help or the version', () => {
    for (const line of ['', '--help', '-h', 'help']) expect(topic(line)).toEqual([]);
    expect(topic('scan --help')).toEqual(['scan']);
    expect(topic('scan --all -h a.js')).toEqual(['scan']);
    expect(topic('rules explain --help')).toEqual(['rules explain']);
    for (const line of ['rules --help', 'rules -h', 'help rules'])
      expect(topic(line)).toEqual(['rules list', 'rules explain', 'rules test']);
    expect(parseArguments(['--version'])).toEqual({ kind: 'version' });
  });
});

describe('a command line that is wrong names', () => {
  it.each([
    ['scna', 'unknown command "scna"; did you mean scan?'],
    ['help scna', 'did you mean scan?'],
    ['frobnicate', 'unknown command "frobnicate"'],
    ['--vresion', 'did you mean --version?'],
    ['rules', 'needs a subcommand: list, explain, test'],
    ['rules lsit', 'unknown command "rules lsit"; did you mean rules list?'],
    ['scan --formt json', 'unknown option "--formt"; did you mean --format?'],
    ['scan --no-colr', 'did you mean --no-color?'],
    ['scan -x', 'unknown option "-x"'],
    ['install --format json', 'unknown option "--format"'],
    ['scan --no-quiet', 'unknown option "--no-quiet"'],
    ['scan --constructor', 'unknown option "--constructor"'],
    ['scan --fail-on hgih', 'unknown value of --fail-on "hgih"; did you mean high?'],
    ['scan --fail-on nothing', '(known: critical, high, medium, low, info)'],
    ['scan --log-format=xml', '(known: text, json)'],
    ['scan --format', '--format needs a value'],
    ['scan --format --quiet', '--format needs a value'],
    ['scan --quiet=yes', '--quiet takes no value'],
    ['scan --no-color=yes', '--color takes no value'],
    ['rules explain', 'rules explain needs ID'],
    ['rules explain a b', 'rules explain: unexpected argument "b"'],
    ['install here', 'install: unexpected argument "here"'],
    ['hook', 'hook needs NAME'],
  ])('what is wrong: %s', (line, message) => {
    expect(() => parseArguments(words(line))).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) as string }) as Error,
    );
  });

  it.each([
    ['scna', '`code-guardian --help`'],
    ['--vresion', '`code-guardian --help`'],
    ['rules lsit', '`code-guardian rules --help`'],
    ['scan --formt', '`code-guardian scan --help`'],
  ])('where to read on: %s', (line, hint) => {
    expect(() => parseArguments(words(line))).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) as string }) as Error);
  });
});

describe('the table of commands', () => {
  it('has every name once, and every command can be called', () => {
    expect(new Set(COMMANDS.map(({ name }) => name)).size).toBe(COMMANDS.length);
    for (const { name, minArgs = 0 } of COMMANDS) expect(parse(`${name} ${'x '.repeat(minArgs)}`).name).toBe(name);
  });

  it('uses every option', () => {
    const used = new Set<string>(['help', 'version', ...COMMANDS.flatMap(({ options }) => options)]);
    expect(Object.keys(OPTIONS).filter((name) => !used.has(name))).toEqual([]);
  });
});
