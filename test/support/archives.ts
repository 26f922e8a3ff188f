import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

/** A member of a zip archive, and in what its headers lie. */
export interface ZipMember {
  readonly name: string;
  readonly content: string | Buffer;
  readonly isStored?: boolean;
  readonly flags?: number;
  readonly method?: number;
  readonly checksum?: number;
  readonly size?: number;
  readonly packedSize?: number;
  /** Sizes, checksum and offset stand where there is room for 64 bits. */
  readonly isLong?: boolean;
  /** It has a header of its own and the directory does not list it. */
  readonly isUnlisted?: boolean;
  /** The directory says that it stands there. */
  readonly offset?: number;
  /** Sizes and checksum come behind the data. */
  readonly isStreamed?: boolean;
}

const LONG = 0xffffffff;

function numbers(...fields: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(8);
      field.writeBigUInt64LE(BigInt(value));
      return field.subarray(0, bytes);
    }),
  );
}

/** A zip archive as programs write it. */
export function zip(members: readonly ZipMember[], { comment = '', count = undefined as number | undefined, isLong = false } = {}): Buffer {
  const parts: Buffer[] = [];
  const listed: Buffer[] = [];
  let at = 0;
  for (const member of members) {
    const { name, isStored = false, isLong = false, isStreamed = false, isUnlisted = false } = member;
    const content = Buffer.from(member.content);
    const packed = isStored ? content : deflateRawSync(content);
    const method = member.method ?? (isStored ? 0 : 8);
    const flags = (member.flags ?? 0) | (isStreamed ? 8 : 0);
    const checksum = member.checksum ?? crc32(content);
    const size = member.size ?? content.length;
    const packedSize = member.packedSize ?? packed.length;
    const offset = member.offset ?? at;
    const path = Buffer.from(name);
    const localExtra = isLong ? numbers([2, 1], [2, 16], [8, size], [8, packedSize]) : Buffer.alloc(0);
    const stated = isStreamed ? [0, 0, 0] : [checksum, isLong ? LONG : packedSize, isLong ? LONG : size];
    const local = Buffer.concat([
      numbers([4, 0x04034b50], [2, 20], [2, flags], [2, method], [4, 0]),
      numbers([4, stated[0]!], [4, stated[1]!], [4, stated[2]!], [2, path.length], [2, localExtra.length]),
      path,
      localExtra,
      packed,
      isStreamed ? numbers([4, 0x08074b50], [4, checksum], [4, packedSize], [4, size]) : Buffer.alloc(0),
    ]);
    const extra = isLong ? numbers([2, 1], [2, 24], [8, size], [8, packedSize], [8, offset]) : Buffer.alloc(0);
    if (!isUnlisted) {
      listed.push(
        numbers([4, 0x02014b50], [2, 20], [2, 20], [2, flags], [2, method], [4, 0], [4, checksum]),
        numbers([4, isLong ? LONG : packedSize], [4, isLong ? LONG : size], [2, path.length], [2, extra.length]),
        numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, isLong ? LONG : offset]),
        path,
        extra,
      );
    }
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(listed);
  const stated = count ?? members.filter(({ isUnlisted }) => isUnlisted !== true).length;
  const longEnd = Buffer.concat([
    numbers([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, stated], [8, stated], [8, directory.length], [8, at]),
    numbers([4, 0x07064b50], [4, 0], [8, at + directory.length], [4, 1]),
  ]);
  const end = numbers(
    [4, 0x06054b50],
    [4, 0],
    [2, isLong ? 0xffff : stated],
    [2, isLong ? 0xffff : stated],
    [4, isLong ? LONG : directory.length],
    [4, isLong ? LONG : at],
    [2, comment.length],
  );
  return Buffer.concat([...parts, directory, ...(isLong ? [longEnd] : []), end, Buffer.from(comment)]);
}

/** A member of a tape archive. */
export interface TarMember {
  readonly name: string;
  readonly content?: string | Buffer;
  readonly type?: string;
  readonly prefix?: string;
  /** The size as its header says it. */
  readonly size?: number;
  /** As GNU writes numbers that are too long for octal digits. */
  readonly isBinarySize?: boolean;
}

export function tarMember({ name, content = '', type = '0', prefix = '', size, isBinarySize = false }: TarMember): Buffer {
  const data = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  const stated = size ?? data.length;
  if (isBinarySize) {
    header[124] = 0x80;
    header.writeUInt32BE(stated, 132);
  } else {
    header.write(`${stated.toString(8).padStart(11, '0')}\0`, 124);
  }
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257, 'latin1');
  header.write(prefix, 345, 155);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

/** A tape archive with its end. */
export function tar(members: readonly TarMember[]): Buffer {
  return Buffer.concat([...members.map(tarMember), Buffer.alloc(1024)]);
}

/** A record of a pax header. */
export function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (String(length).length + rest !== length) length++;
  return `${length} ${key}=${value}\n`;
}

/** A file of gzip that has the name of what is in it. */
export function gzipNamed(name: string, content: string | Buffer): Buffer {
  const packed = gzipSync(content);
  packed[3] = 8;
  return Buffer.concat([packed.subarray(0, 10), Buffer.from(`${name}\0`), packed.subarray(10)]);
}
