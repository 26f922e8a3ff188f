import { build } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { messageGate } from '../../build/message-gate.ts';
import { MESSAGE_GATE } from '../../src/startup/message-gate.ts';

describe('the message gate of the bundle', () => {
  it('is the text that the rules give', async () => {
    const { output } = await build({ input: 'src/host/version.ts', plugins: [messageGate()], write: false, logLevel: 'silent' });
    const files = output.map((file) => [file.fileName, file.type === 'asset' ? file.source : null]);
    expect(files).toContainEqual(['message-gate.sh', MESSAGE_GATE]);
  });
});
