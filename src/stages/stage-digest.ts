import { createHash } from 'node:crypto';
import type { StageConfig } from '../policy/config.ts';
import { idOfStage } from '../policy/stage.ts';

/** Covers everything that decides what a stage runs, and with which files of the repository. Allowing a stage allows this digest. Hex. */
export function digestStage(stage: StageConfig): string {
  const { use, command, support } = stage;
  const text = JSON.stringify([idOfStage(stage), use ?? null, command ?? null, support ?? null]);
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
