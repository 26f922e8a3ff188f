import { decodeBase58, encodeBase58, encodeBase58Check, proveBase58Check } from '../../engine/proofs/base58check.ts';
import { encodeMnemonic, proveMnemonic } from '../../engine/proofs/bip39.ts';
import { proveWif, proveRippleSeed, encodeRippleSeed } from '../../engine/proofs/wallet-keys.ts';
import { lowerInTests } from '../drafting/lower-in-tests.ts';
import { looksRandom, namedSecret, TO_VALUE } from '../drafting/named-secret.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { alnum, bytes, hex } from '../drafting/sample.ts';

/** Words of a phrase; the lists of BIP-39 have words of three to eight letters. */
const PHRASE = String.raw`(?<secret>[a-z]{3,8}(?:[ ,"']{1,4}[a-z]{3,8}){11,23})(?![\w ,]{0,3}[a-z])`;

/** Test phrases repeat one word many times. */
function judgePhrase(candidate: Candidate): Judgement {
  const words = wordsOf(candidate.secret);
  return new Set(words).size >= words.length - 2 && lowerInTests('medium')(candidate);
}

function wordsOf(phrase: string): string[] {
  return phrase.match(/[a-z]+/g) ?? [];
}

export const wallets = ruleSet(
  {
    why: 'Anyone who has it controls the account and can sign as its owner.',
    advice: 'Create a new one, move everything to it, and keep it out of the repository.',
  },
  () => [
    {
      id: 'bitcoin-private-key',
      message: 'Bitcoin private key (WIF)',
      confidence: 'medium',
      keywords: ['wif=', 'wif:', 'wif"', 'wif_', 'privkey', 'priv_key', 'private_key', 'privatekey', 'private key', 'bitcoin', 'btc_'],
      pattern:
        /(?:wif|priv(?:ate)?[ _]?key|bitcoin|btc_)[\w.\s:"'{(=<>,/@-]{0,40}?["'=:\s(](?<secret>[5KL9c][1-9A-HJ-NP-Za-km-z]{50,51})(?!\w)/i,
      boundary: 'none',
      prove: proveWif,
      judge: lowerInTests('medium'),
      docs: 'https://en.bitcoin.it/wiki/Wallet_import_format',
      samples: () => {
        const wif = encodeBase58Check(Buffer.concat([Buffer.of(0x80), bytes(32), Buffer.of(1)]));
        const uncompressed = encodeBase58Check(Buffer.concat([Buffer.of(0x80), bytes(32)]));
        return {
          found: [
            ...['WIF', '"wif"', 'wif_', 'privkey', 'priv_key', 'private_key', 'Private key'].map((name) => `${name}: ${wif}\n`),
            `privateKey: '${uncompressed}'`,
            `WIF=${wif}\n`,
            `bitcoin: { key: '${wif}' }`,
            `btc_key = "${wif}"`,
          ],
          ignored: [`WIF=${wif.slice(0, -1)}\n`, `WIF=${wif.slice(0, -2)}11\n`, `OTHER=${wif}\n`],
        };
      },
    },
    {
      id: 'bitcoin-encrypted-key',
      message: 'Bitcoin private key encrypted with a passphrase (BIP-38)',
      ...namedSecret({
        names: ['bip38', 'bip-38', 'bitcoin', 'encryptedkey', 'encrypted_key'],
        value: '6P[RYWXZfno][1-9A-HJ-NP-Za-km-z]{55}',
        credential: 'key|(?=["\']?\\s?[=:])',
      }),
      severity: 'medium',
      prove: (key) => (proveBase58Check(key) === 'passed' ? 'passed' : 'failed'),
      docs: 'https://en.bitcoin.it/wiki/BIP_0038',
      samples: () => {
        const key = encodeBase58Check(Buffer.concat([Buffer.of(1, 0x42, 0xc0), bytes(36)]));
        return {
          found: ['BIP38', 'bip-38-key', 'bitcoin_key', 'encryptedKey', 'ENCRYPTED_KEY'].map((name) => `${name}=${key}\n`),
          ignored: [`BIP38=6PR${alnum(55)}\n`, `BIP38=${key.slice(0, -1)}\n`, `OTHER=${key}\n`],
        };
      },
    },
    {
      id: 'ripple-seed',
      message: 'XRP Ledger seed',
      ...namedSecret({ names: ['ripple', 'xrpl', 'xrp_'], value: 's[1-9A-HJ-NP-Za-km-z]{28}', credential: 'seed|secret|wallet|key' }),
      prove: proveRippleSeed,
      docs: 'https://xrpl.org/docs/concepts/accounts/cryptographic-keys',
      samples: () => {
        const seed = encodeRippleSeed(bytes(16));
        return {
          found: [`XRP_SEED=${seed}\n`, `xrpl_seed: ${seed}\n`, `ripple: { secret: '${seed}' }`],
          ignored: [`XRP_SEED=${seed.slice(0, -1)}\n`, `XRP_SEED=${seed.slice(0, -2)}rr\n`, `OTHER_SEED=${seed}\n`],
        };
      },
    },
    {
      id: 'solana-key',
      message: 'Solana private key',
      ...namedSecret({
        names: ['solana', 'phantom', 'sol_'],
        value: '[1-9A-HJ-NP-Za-km-z]{86,88}',
        credential: 'private|secret|key|wallet',
      }),
      prove: (key) => (decodeBase58(key)?.length === 64 ? null : 'failed'),
      docs: 'https://solana.com/docs/core/accounts',
      samples: () => {
        const key = encodeBase58(bytes(64));
        return {
          found: [`SOLANA_PRIVATE_KEY=${key}\n`, `phantom: { secretKey: '${key}' }`, `SOL_KEY="${key}"\n`],
          ignored: [`SOLANA_PRIVATE_KEY=${key.slice(0, 80)}\n`, `OTHER_PRIVATE_KEY=${key}\n`, 'SOLANA_PRIVATE_KEY=your-key\n'],
        };
      },
    },
    {
      id: 'solana-keypair',
      message: 'Solana key pair as a byte array',
      severity: 'high',
      confidence: 'medium',
      keywords: ['secretKey', 'secret_key', 'keypair'],
      pattern:
        /(?:secret_?key|keypair)[\w"'\]]{0,20}\s{0,3}[:=(]\s{0,3}(?:[\w.]{1,30}\(){0,2}\[(?<secret>\s{0,40}\d{1,3}(?:,\s{0,40}\d{1,3}){63}),?\s{0,40}\]/i,
      boundary: 'none',
      judge: ({ secret }) => {
        const list = secret.split(',').map(Number);
        return list.every((byte) => byte < 256) && new Set(list).size > 30;
      },
      docs: 'https://solana.com/docs/core/accounts',
      samples: () => {
        const list = (length: number): string => Array.from(bytes(length), String).join(', ');
        return {
          found: ['const secretKey = ', 'secret_key: ', '"keypair": ', 'Keypair.fromSecretKey(Uint8Array.from('].map(
            (head) => `${head}[${list(64)}]`,
          ),
          ignored: [`const secretKey = [${list(32)}]`, `const table = [${list(64)}]`, `const keypair = [${'0,'.repeat(63)}0]`],
        };
      },
    },
    {
      id: 'ethereum-private-key',
      message: 'Private key for Ethereum or another chain',
      confidence: 'medium',
      keywords: ['private_key', 'privatekey', 'private-key', 'private key', 'deployer', 'wallet'],
      pattern: new RegExp(`(?:private[_ -]?key|deployer|wallet)${TO_VALUE}(?<secret>0x[\\da-f]{64})(?!\\w)`, 'i'),
      boundary: 'none',
      skipsGenerated: true,
      judge: (candidate) => looksRandom(candidate.secret.slice(2)) && lowerInTests('medium')(candidate),
      docs: 'https://ethereum.org/en/developers/docs/accounts/',
      samples: () => ({
        found: ['PRIVATE_KEY', 'privateKey', 'private-key', 'private key', 'DEPLOYER', 'WALLET_KEY'].map(
          (name) => `${name}=0x${hex(64)}\n`,
        ),
        ignored: [`PRIVATE_KEY=0x${hex(63)}\n`, `TX_HASH=0x${hex(64)}\n`, `PRIVATE_KEY=0x${'0'.repeat(63)}1\n`, 'PRIVATE_KEY=0x...\n'],
      }),
    },
    {
      id: 'ethereum-keystore',
      message: 'Ethereum keystore with a passphrase',
      severity: 'medium',
      keywords: ['"ciphertext"'],
      pattern: /"ciphertext"\s{0,5}:\s{0,5}"(?<secret>[\da-f]{64})"/i,
      boundary: 'none',
      judge: ({ text, start, end }) => {
        const around = text.slice(Math.max(0, start - 800), end + 800);
        return /"kdf"\s*:/.test(around) && /"mac"\s*:/.test(around);
      },
      why: 'Anyone who has it can guess its passphrase without limit.',
      docs: 'https://ethereum.org/en/developers/docs/data-structures-and-encoding/web3-secret-storage/',
      samples: () => {
        const file = (crypto: object): string => JSON.stringify({ version: 3, crypto });
        return {
          found: [file({ ciphertext: hex(64), kdf: 'scrypt', mac: hex(64) })],
          ignored: [file({ ciphertext: hex(64) }), file({ ciphertext: hex(32), kdf: 'scrypt', mac: hex(64) })],
        };
      },
    },
    {
      id: 'seed-phrase',
      message: 'Wallet seed phrase',
      confidence: 'medium',
      keywords: ['mnemonic', 'seed_phrase', 'seedphrase', 'seed phrase', 'recovery phrase', 'recovery_phrase'],
      pattern: new RegExp(
        `(?:mnemonic|(?:seed|recovery)[ _]?phrase)[\\w"'\\])]{0,12}\\s{0,3}[:=(]{1,2}\\s{0,3}\\[?\\s{0,3}["'\`]?${PHRASE}`,
        'i',
      ),
      boundary: 'none',
      prove: (phrase) => proveMnemonic(wordsOf(phrase)),
      judge: judgePhrase,
      docs: 'https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki',
      samples: () => {
        const words = encodeMnemonic(bytes(16));
        const phrase = words.join(' ');
        const other = 'pulp goat tunnel velvet cradle orbit manual fabric lemon shiver garage';
        return {
          found: ['MNEMONIC', 'seed_phrase', 'seedPhrase', 'seed phrase', 'recovery phrase', 'RECOVERY_PHRASE'].map(
            (name) => `${name}="${phrase}"\n`,
          ),
          ignored: [
            `MNEMONIC="${words.slice(1).join(' ')}"\n`,
            `MNEMONIC="${other} zephyr"\n`,
            `TEXT="${phrase}"\n`,
            `MNEMONIC="${'test '.repeat(11)}junk"\n`,
            'mnemonic: "the words that you were shown when you made the wallet and wrote"',
          ],
          doubtful: [`MNEMONIC="${words.toReversed().join(' ')}"\n`],
        };
      },
    },
  ],
);
