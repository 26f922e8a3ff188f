/** CRC-32 (IEEE). Loads `node:zlib` with the first value that has a checksum, because most commits have no such value. */
export function crc32(text: string): number {
  return process.getBuiltinModule('node:zlib').crc32(text);
}
