import { describe, expect, it } from 'vitest';
import { zip } from '../support/archives.ts';
import { installed } from '../support/installation.ts';
import type { Ran, TestRepository } from '../support/repository.ts';
import { letters, stripeKey } from '../support/secrets.ts';

const KEY = letters(32, 'notebook');

/** A notebook with a cell for each source, as Jupyter writes it. */
function notebook(sources: readonly string[], outputs: readonly object[] = []): string {
  const cells = sources.map((source) => ({ cell_type: 'code', metadata: {}, outputs, source: source.split(/(?<=\n)/) }));
  return `${JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

function commit(repository: TestRepository, content: string | Buffer, path = 'a.ipynb'): Ran {
  repository.write(path, content);
  repository.git('add', '--all');
  return repository.tryGit(['commit', '--message', 'change']);
}

function expectBlocked({ code, stdout, stderr }: Ran, place: string): void {
  expect({ code, text: stdout + stderr }).toEqual({ code: 1, text: expect.stringContaining(place) as unknown });
  expect(stdout + stderr).not.toContain(KEY);
}

describe('a commit of a notebook', () => {
  const plain = 'import os\nprint(os.getcwd())\n';

  it('with a secret in a cell is blocked, at the line of the file', () => {
    const leak = notebook([plain, `import os\ntoken = os.getenv("API_TOKEN", "${KEY}")\n`]);
    const line = leak.split('\n').findIndex((text) => text.includes(KEY)) + 1;
    expectBlocked(commit(installed(), leak), `a.ipynb:${line}:`);
  });

  it('with a secret in an output is blocked', () => {
    expectBlocked(
      commit(installed(), notebook([plain], [{ output_type: 'stream', name: 'stdout', text: [`${stripeKey()}\n`] }])),
      'a.ipynb:11:',
    );
  });

  it('in an archive too', () => {
    const leak = notebook([`token = os.getenv("API_TOKEN", "${KEY}")\n`]);
    expectBlocked(commit(installed(), zip([{ name: 'nb/a.ipynb', content: leak }]), 'a.zip'), 'a.zip!/nb/a.ipynb:8:');
  });

  it('that changes another line of it passes', () => {
    const repository = installed();
    const old = `token = os.getenv("API_TOKEN", "${KEY}")\n`;
    repository.write('a.ipynb', notebook([old, plain]));
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--no-verify', '--message', 'start');
    expect(commit(repository, notebook([old, `${plain}x = 1\n`]))).toMatchObject({ code: 0 });
  });

  it('with images passes without a word', () => {
    const data = { 'image/png': `${letters(60_000, 'image')}//TODO//FIXME//${letters(60_000, 'more')}\n` };
    const { code, stdout, stderr } = commit(installed(), notebook([plain], [{ output_type: 'display_data', data, metadata: {} }]));
    expect({ code, text: stdout + stderr }).toEqual({ code: 0, text: expect.stringMatching(/1 file clean \([^)]*\)\n/) as unknown });
  });
});
