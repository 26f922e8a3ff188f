import type { StageConfig } from './config.ts';

/** A stage's name; one that uses a known scanner may leave it out. */
export function idOfStage({ id, use }: Pick<StageConfig, 'id' | 'use'>): string {
  return id ?? use ?? '';
}
