import { constants } from 'node:buffer';
import { viewsOf } from '../../engine/decode.ts';
import type { ScanInput } from '../../engine/scan-input.ts';
import { type Part, unpack } from '../../engine/archive/unpack.ts';
import type { SkipReason } from '../../report/scan-report.ts';
import { memberInput } from '../collector.ts';
import type { RunContext } from '../run-context.ts';
import type { ScannedFile } from '../scanned-file.ts';

/** A member has no size in the repository and is no link there: only its name is judged. */
const MEMBER_FACTS = { size: null, target: null, exists: () => true, caseCollisions: [] } as const;

/**
 * Scans everything in an archive, under paths such as `lib/app.zip!/config/.env`. All of it counts as new. A member that could not be scanned
 * leaves the archive unscanned, whatever was found in the rest.
 */
export function scanArchive(
  { policy, collector, limits }: RunContext,
  file: ScannedFile,
  archive: Buffer,
): 'spotless' | 'marked' | 'partial' {
  let isSpotless = true;
  let isWhole = true;
  const miss = (path: string, reason: SkipReason, detail: string): void => {
    isWhole = false;
    collector.skip({ path }, reason, detail);
  };
  for (const part of unpackWithin({ policy, limits }, file.path, archive)) {
    if (collector.isDone()) {
      isWhole = false;
      break;
    }
    if (limits.isOver()) {
      miss(file.path, 'timeout', 'performance.timeout');
      break;
    }
    const member = memberOf(file, part.path);
    const isIgnored = policy.isIgnoredPath(part.path);
    const refusal = part.kind === 'content' && !isIgnored ? limits.refuse(part.bytes.length) : null;
    if (isIgnored) {
      if (part.kind === 'name') collector.skip(member, 'excluded', 'ignore.paths');
    } else if (part.kind === 'missed') {
      miss(part.path, part.reason, part.detail);
    } else if (refusal !== null) {
      miss(part.path, 'too-large', refusal);
    } else {
      const isFine = part.kind === 'name' ? collector.checkFile(member, MEMBER_FACTS) : collector.scanMember(member, part.bytes);
      isSpotless &&= isFine;
    }
  }
  collector.cover(file, archive, isWhole);
  return !isWhole ? 'partial' : isSpotless ? 'spotless' : 'marked';
}

/** The contents of an archive, to tell later what only moved. */
export function* listContents(
  { policy, limits }: Pick<RunContext, 'policy' | 'limits'>,
  path: string,
  archive: Buffer,
): Generator<ScanInput> {
  for (const part of unpackWithin({ policy, limits }, path, archive)) {
    if (limits.isOver()) return;
    if (part.kind !== 'content' || policy.isIgnoredPath(part.path)) continue;
    for (const { bytes } of viewsOf(part.bytes)) yield memberInput(policy, part.path, bytes);
  }
}

function* unpackWithin({ policy, limits }: Pick<RunContext, 'policy' | 'limits'>, path: string, archive: Buffer): Generator<Part> {
  const { maxArchiveSize, archiveDepth } = policy.config.performance;
  const isLast = limits.budget.left < maxArchiveSize;
  // The engine sees a content as one string, and V8 limits the length of a string.
  const most = Math.min(isLast ? limits.budget.left : maxArchiveSize, constants.MAX_STRING_LENGTH);
  const budget = { left: most };
  try {
    yield* unpack(archive, path, {
      maxDepth: archiveDepth,
      maxMember: limits.maxFileSize,
      budget,
      keys: {
        maxDepth: 'performance.archiveDepth',
        maxMember: 'performance.maxFileSize',
        budget: isLast ? 'performance.maxTotalBytes' : 'performance.maxArchiveSize',
      },
    });
  } finally {
    limits.budget.left -= most - budget.left;
  }
}

function memberOf(file: ScannedFile, path: string): ScannedFile {
  if (path === file.path) return file;
  const { pathBytes } = file;
  const rest = Buffer.from(path.slice(file.path.length));
  return {
    ...file,
    path,
    pathBytes: pathBytes === undefined ? undefined : Buffer.concat([Buffer.from(pathBytes, 'base64'), rest]).toString('base64'),
    // Only the archive's own name is that of a new file.
    status: 'modified',
  };
}
