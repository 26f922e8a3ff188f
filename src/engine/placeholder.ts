import { createHash } from 'node:crypto';

/** SHA-256 of values that providers print in their own documentation; hashed, so that no such value is in the source. */
const DOCUMENTED = new Set([
  '1a5d44a2dca19669d72edf4c4f1c27c4c1ca4b4408fbb17f6ce4ad452d78ddb3', // AWS documentation key id
  '78314b11be2e581549ac1c4f616563fad3fdf0c3b71678f6e2299182080e0598', // AWS documentation secret
  'c6ea27c534f993d31f0aef882e3d200e7b87470c379ae79c8f9b19d3bd363dc9', // AWS documentation second key id
  '0114c1456f2504384f9111557e6dc0dd99de9fbc6644c6afa8a1bcac8ef391b1', // AWS documentation secret of signed requests
  '0e8ad95d75d71161d9eb8929c48030c857b8774d9812bb1a5898ea81643e415b', // AWS documentation secret of signed requests, older
  '7f75367e7881255134e1375e723d1dea8ad5f6a4fdb79d938df1f1754a830606', // jwt.io sample
  '0011cc25eb4320717494d2703e8cba85743e71b500283c21c8b88147992f9059', // Azurite account key
  'aa6547439583c3a275d4542a0df6c1ad6a863971be9f2a2220f027cc02aef615', // Cosmos DB emulator key
  '2cafc0970149a84f3b9e62eaf169f36f59907a3b3e31f7b82e68c69cd27f7326', // Stripe shared test key
  'f2d6ca16515033e5dce14eba840b979d27b5cbae24bb3e5bf484339667f86397', // Stripe older shared test key
  '8be5d113c0871ce1a122d68a7dff940ab7b09ad8dfcfd9a85aa5c1acc026279e', // TOTP documentation seed
  '60a09e4357868c1e9b801052726d061c370429f723db84523ed58ac354f6eb8a', // Hardhat account 0
  'f79cd64f9cea237897b8133e4b905b361c6f166faa5a1c64c32280938f5b707e', // Hardhat mnemonic
  'c557eec878dfd852ba3f88087c4f350f09c55537ab5e549c3cd14320ec3cef38', // BIP-39 all-zero vector
  'e81e4f7446abd21b0f2cdadc222d46456aad2e212422495171fab4b6f591a0a9', // Telegram documentation token
  '731fa294d036e54f19df879bfcd4fe72d967dc6327800c5f74a48414a3f258c9', // Telegram documentation token, older
  '2d5b07fb8139fde810a85d62a6a89b4a245236c8bc403dbbe039e2ece6f9ada8', // Bearer token of RFC 7628
  'd8467a36fb39799ed35d263afc62b4169288869e012d6834f096757b9f52665c', // Bearer token of Google's documents on XOAUTH2
  '2ef2503d964e9668092e6878d3c390ca7909bbbffabd781857115e3be4bb3e5a', // AES-128 key of NIST SP 800-38A
  'c12ce25303a023aa1317614428c0ac8ef707c5a370d7c766353c66df5d2cb46f', // AES-192 key of NIST SP 800-38A
  '837e8e636d452b6133d5a5c56de1eb57c08a94bbe632804fa621a49014c5c034', // AES-256 key of NIST SP 800-38A
  '8b1b17a9740c068accab5c3d0d652c8e3cc13206e70bb73b42ea41d4c2de3c12', // Key of RFC 7515
  'f7d838701b86c5dfb57bf95fbc5ce6df204cfc9f15ad6cdb39fd22f8776e47b6', // HS256 phrase of jwt.io
]);

const SAMPLE_WORD =
  /EXAMPLE|example|FAKE|DUMMY|dummy|PLACEHOLDER|placeholder|your[-_]?|YOUR[-_]?|REDACTED|redacted|changeme|CHANGEME|not[-_]a[-_]real/;
const FILLER_RUN = /([xX*.#])\1{5}|(\S)\2{7}/;
/** Keys with armour and other long values contain zero bytes: only a long run is filler there. */
const LONG_FILLER_RUN = /(\S)\1{63}/;
const LONG_VALUE = 250;
const ALPHABET_RUN = /abcdefghij|ABCDEFGHIJ|0123456789|1234567890|qwertyuiop/;

/**
 * Is a value with a provider's format a harmless example?
 *
 * @returns why, in a few words; null if it looks real
 */
export function placeholderReason(value: string): string | null {
  if (SAMPLE_WORD.test(value)) return 'says that it is an example';
  const body = withoutIds(value);
  if ((value.length > LONG_VALUE ? LONG_FILLER_RUN : FILLER_RUN).test(body)) return 'filled with one repeated character';
  if (ALPHABET_RUN.test(body)) return 'runs through the alphabet';
  if (DOCUMENTED.has(createHash('sha256').update(value, 'latin1').digest('hex'))) return "an example from the provider's documentation";
  return null;
}

/** IDs of accounts and workspaces may well be `1234567890` or full of zeros; the part next to them has to be random. */
function withoutIds(value: string): string {
  return value.length > LONG_VALUE ? value : value.replace(/(?<![A-Za-z\d])\d{6,14}(?=[-:])/g, '');
}
