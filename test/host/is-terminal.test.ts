import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isTerminal } from '../../src/host/host.ts';
import { createFolder } from '../support/repository.ts';
import { HAS_TERMINAL } from '../support/terminal.ts';

/** Opens a pseudo terminal, prints its name, and holds it open until its input ends. */
const OPEN_PTY = 'import os, sys; ends = os.openpty(); print(os.ttyname(ends[1]), flush=True); sys.stdin.read()';

async function openTerminalDevice(): Promise<string> {
  const child = spawn('python3', ['-c', OPEN_PTY], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.stdin.end());
  const [name] = (await once(child.stdout, 'data')) as [Buffer];
  return name.toString().trim();
}

function open(path: string, flags = 'r'): number {
  const descriptor = openSync(path, flags);
  onTestFinished(() => closeSync(descriptor));
  return descriptor;
}

describe('isTerminal', () => {
  it('says what node:tty says of a file, a pipe and devices', () => {
    const [file, pipe] = [join(createFolder(), 'file'), join(createFolder(), 'pipe')];
    writeFileSync(file, '');
    execFileSync('mkfifo', [pipe]);
    const descriptors = [open(file), open(pipe, 'r+'), open('/dev/null'), open('/dev/zero')];
    expect(descriptors.map(isTerminal)).toEqual(descriptors.map(isatty));
    expect(descriptors.map(isTerminal)).toEqual([false, false, false, false]);
  });

  it.runIf(HAS_TERMINAL)('says what node:tty says of a terminal', async () => {
    const descriptor = open(await openTerminalDevice());
    expect([isTerminal(descriptor), isatty(descriptor)]).toEqual([true, true]);
  });
});
