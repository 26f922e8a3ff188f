import type { Plugin } from 'rolldown';
import { evaluate } from './evaluate.ts';

/** Writes the shell test that the shim of commit-msg runs before it starts Node. */
export function messageGate(): Plugin {
  return {
    name: 'message-gate',
    async generateBundle() {
      const { MESSAGE_GATE } = await evaluate('src/startup/message-gate.ts');
      this.emitFile({ type: 'asset', fileName: 'message-gate.sh', source: MESSAGE_GATE as string });
    },
  };
}
