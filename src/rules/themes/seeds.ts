import { crc16, encodeBase32, proveBase32Crc16 } from '../../engine/proofs/base32-crc16.ts';
import { encodeBase58Check, proveBase58Check } from '../../engine/proofs/base58check.ts';
import { lowerInTests } from '../drafting/lower-in-tests.ts';
import { namedSecret } from '../drafting/named-secret.ts';
import { ruleSet, type Sample, type Samples } from '../../engine/rule.ts';
import { allSamples, bytes } from '../drafting/sample.ts';

function seed(head: readonly number[]): string {
  const payload = Buffer.concat([Buffer.from(head), bytes(32)]);
  const checksum = Buffer.alloc(2);
  checksum.writeUInt16LE(crc16(payload));
  return encodeBase32(Buffer.concat([payload, checksum]));
}

function nearMisses(value: string): Required<Samples> {
  const other = value.at(-8) === 'A' ? 'B' : 'A';
  return {
    found: [`SEED=${value}\n`, `const seed = '${value}';`],
    ignored: [`SEED=${value.slice(0, -1)}\n`, `SEED=${value}A\n`],
    doubtful: [`SEED=${value.slice(0, -8)}${other}${value.slice(-7)}\n`],
  };
}

export const seeds = ruleSet(
  {
    why: 'Anyone who has it controls the account and can sign as its owner.',
    advice: 'Create a new one, move everything to it, and keep it out of the repository.',
  },
  () => [
    {
      id: 'nats-seed',
      message: 'NATS seed',
      // Prefixes for user, account and operator. Seeds of the other types (server, cluster, curve) are found by the name.
      keywords: ['SUA', 'SAA', 'SOA', 'nats', 'NATS', 'nkey', 'NKEY'],
      anchor: 'text',
      pattern: /S[UAONCX][A-Z2-7]{56}/,
      prove: proveBase32Crc16,
      judge: lowerInTests('medium'),
      docs: 'https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth',
      // The first five bits mark a seed, the next five its key type.
      samples: () => {
        const ofType = (type: number): string => seed([0x90 | (type >> 2), (type & 3) << 6]);
        const [server, cluster, curve] = [13, 2, 23].map((type) => `nats: ${ofType(type)}\n`);
        return allSamples(...[20, 0, 14].map((type) => nearMisses(ofType(type))), { found: [server!, cluster!, curve!], ignored: [] });
      },
    },
    {
      id: 'nats-seed-setting',
      message: 'NATS seed in a setting',
      keywords: ['seed', 'nkey'],
      pattern: /(?:seed|nkey)[^\n]{0,80}?(?<![\w+/])(?<secret>S[UAONCX][A-Z2-7]{56})(?![\w+/])/i,
      boundary: 'none',
      prove: proveBase32Crc16,
      judge: lowerInTests('medium'),
      docs: 'https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth',
      samples: () => {
        const user = seed([0x95, 0]);
        return {
          found: [`seed = "${user}"`, `const nkey = '${user}';`],
          ignored: [`name = "${user}"`, `seed = "${user.slice(1)}"`, `seed = "${user.toLowerCase()}"`],
          doubtful: [`seed := []byte("${user.slice(0, -1)}${user.endsWith('A') ? 'B' : 'A'}")`],
        };
      },
    },
    {
      id: 'stellar-seed',
      message: 'Stellar secret seed',
      ...namedSecret({ names: ['stellar', 'soroban'], value: 'S[A-D][A-Z2-7]{54}', credential: 'secret|seed|key' }),
      prove: proveBase32Crc16,
      docs: 'https://developers.stellar.org/docs/learn/fundamentals/stellar-data-structures/accounts',
      samples: () => {
        const { found, ignored, doubtful } = nearMisses(seed([0x90]));
        const named = (text: Sample): string => `STELLAR_SECRET_${text as string}`;
        return {
          found: [...found.slice(0, 1).map(named), `soroban: { secretKey: '${seed([0x90])}' }`],
          ignored: ignored.map(named),
          doubtful: doubtful.map(named),
        };
      },
    },
    {
      id: 'bitcoin-extended-key',
      message: 'Bitcoin extended private key',
      keywords: ['xprv', 'yprv', 'zprv', 'tprv'],
      pattern: /[xyzt]prv[1-9A-HJ-NP-Za-km-z]{107}/,
      prove: proveBase58Check,
      judge: lowerInTests('medium'),
      docs: 'https://en.bitcoin.it/wiki/BIP_0032',
      // The version bytes of BIP-32, 49, 84 and of the test network.
      samples: () =>
        allSamples(
          ...['0488ade4', '049d7878', '04b2430c', '04358394'].map((version) =>
            nearMisses(encodeBase58Check(Buffer.concat([Buffer.from(version, 'hex'), bytes(41), Buffer.of(0), bytes(32)]))),
          ),
        ),
    },
  ],
);
