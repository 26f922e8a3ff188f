/** CRC-32 (IEEE). `node:zlib` is loaded with the first value that has a checksum: most commits hold none. */
export function crc32(text: string): number {
  return process.getBuiltinModule('node:zlib').crc32(text);
}
