import { archiveKindOf } from '../../engine/archive/archive-kind.ts';
import type { ArchiveRun } from './scan-archive.ts';
import type { Unit } from '../scanned-file.ts';

/** Looks at a content that is there already, and into it where it is an archive. */
export async function scanContent(run: ArchiveRun, unit: Unit, content: Buffer): Promise<void> {
  if (archiveKindOf(content) === null) {
    run.collector.scan(unit, content);
  } else {
    const { scanArchive } = await import('./scan-archive.ts');
    scanArchive(run, unit, content);
  }
}
