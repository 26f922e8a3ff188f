/** Bytes. Pointers have some 130; Git LFS reads no longer file as one. */
const MAX_POINTER = 1024;

const POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-\d-\w+ sha256:[\da-f]{64}\n)*oid sha256:[\da-f]{64}\nsize (\d{1,16})\n$/;

/** Size in bytes of the file that a Git LFS pointer stands for; null if the content is no pointer. Git has the pointer alone. */
export function lfsSizeOf(content: Buffer): number | null {
  if (content.length >= MAX_POINTER || content[0] !== 0x76) return null;
  const [, size] = POINTER.exec(content.toString('latin1')) ?? [];
  return size === undefined ? null : Number(size);
}
