import { archiveKindOf } from '../../engine/archive/archive-kind.ts';
import type { RunContext } from '../run-context.ts';
import type { ScannedFile } from '../scanned-file.ts';

/** Scans a content that is in memory already, and looks into it if it is an archive. */
export async function scanContent(context: RunContext, file: ScannedFile, content: Buffer): Promise<void> {
  if (archiveKindOf(content) === null) {
    context.collector.scan(file, content);
  } else {
    const { scanArchive } = await import('./scan-archive.ts');
    scanArchive(context, file, content);
  }
}
