import { looksRandom, namedKey, namedSamples, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, base64url, hex } from '../drafting/sample.ts';
import { hexOf, alnumOf, lowerAlnumOf, upperAlnumOf, base64urlOf, base64Of, UUID, bytesOf, shape, either } from '../drafting/shapes.ts';

export const cryptoExchanges = ruleSet(
  {
    severity: 'critical',
    why: 'Anyone who has it can trade, and withdraw what the account holds.',
    advice: 'Delete the key where it was created. Limit the new one to your addresses and to the rights it needs.',
  },
  () => [
    {
      id: 'coinbase-key',
      message: 'Coinbase API key',
      ...namedSecret({ names: ['coinbase'], value: '[A-Za-z\\d]{64}' }),
      docs: 'https://docs.cdp.coinbase.com/get-started/authentication/cdp-api-keys',
      samples: () => namedSamples('coinbase', alnum(64)),
    },
    {
      id: 'binance-key',
      message: 'Binance API key or secret',
      ...namedSecret({ names: ['binance'], value: '[A-Za-z\\d]{64}' }),
      docs: 'https://www.binance.com/en/support/faq/detail/360002502072',
      samples: () => namedSamples('binance', alnum(64)),
    },
    {
      id: 'kraken-secret',
      message: 'Kraken private key',
      ...namedKey({ names: ['kraken'], value: either(bytesOf(64), base64Of(56)), words: ['secret', 'private', 'key'] }),
      docs: 'https://support.kraken.com/hc/articles/360000919966',
    },
    {
      id: 'kucoin-secret',
      message: 'KuCoin API secret',
      ...namedKey({ names: ['kucoin'], value: UUID, words: ['secret', 'key', 'token'] }),
      docs: 'https://www.kucoin.com/docs-new/authentication',
    },
    {
      id: 'bittrex-key',
      message: 'Bittrex API key or secret',
      ...namedKey({ names: ['bittrex'], value: lowerAlnumOf(32) }),
      severity: 'low',
      docs: 'https://bittrex.github.io/api/v3',
    },
    {
      id: 'bitfinex-secret',
      message: 'Bitfinex API key or secret',
      ...namedKey({ names: ['bitfinex'], value: alnumOf(43) }),
      docs: 'https://docs.bitfinex.com/docs/api-keys',
    },
    {
      id: 'polymarket-secret',
      message: 'Polymarket API secret',
      ...namedKey({
        names: ['polymarket', 'poly_api', 'clob_'],
        value: either(shape`${base64urlOf(43)}=`, UUID),
        words: ['secret', 'key', 'token'],
      }),
      docs: 'https://docs.polymarket.com/developers/CLOB/authentication',
    },
    {
      id: 'alchemy-key',
      message: 'Alchemy API key',
      severity: 'medium',
      why: 'Anyone who has it can query the blockchain at your expense.',
      ...namedKey({ names: ['alchemy'], value: either(base64urlOf(32), shape`alcht_${alnumOf(30)}`), words: ['key', 'token', 'id'] }),
      docs: 'https://www.alchemy.com/docs/create-an-api-key',
    },
    {
      id: 'infura-key',
      message: 'Infura API key',
      ...namedKey({ names: ['infura'], value: hexOf(32), words: ['key', 'id', 'token', 'secret'] }),
      severity: 'medium',
      why: 'Anyone who has it can query the blockchain at your expense.',
      docs: 'https://docs.metamask.io/developer-tools/dashboard/how-to/secure-an-api/',
    },
    {
      id: 'infura-url',
      message: 'Infura URL with its key',
      severity: 'medium',
      confidence: 'medium',
      keywords: ['.infura.io/'],
      pattern: /\.infura\.io\/(?:ws\/)?v3\/(?<secret>[\da-f]{32})(?!\w)/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      why: 'Anyone who has it can query the blockchain at your expense.',
      docs: 'https://docs.metamask.io/developer-tools/dashboard/how-to/secure-an-api/',
      samples: () => ({
        found: [`https://mainnet.infura.io/v3/${hex(32)}`, `wss://sepolia.infura.io/ws/v3/${hex(32)}`],
        ignored: [
          'https://mainnet.infura.io/v3/YOUR-PROJECT-ID',
          `https://mainnet.infura.io/v3/${hex(31)}`,
          'https://x.infura.io/v3/${KEY}',
        ],
      }),
    },
    {
      id: 'alchemy-url',
      message: 'Alchemy URL with its key',
      severity: 'medium',
      confidence: 'medium',
      keywords: ['.alchemy.com/v2/', '.alchemyapi.io/v2/'],
      pattern: /\.alchemy(?:api)?\.(?:com|io)\/v2\/(?<secret>[\w-]{32})(?![\w-])/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      why: 'Anyone who has it can query the blockchain at your expense.',
      docs: 'https://www.alchemy.com/docs/create-an-api-key',
      samples: () => ({
        found: [`https://eth-mainnet.g.alchemy.com/v2/${base64url(32)}`, `https://eth-goerli.alchemyapi.io/v2/${base64url(32)}`],
        ignored: ['https://eth-mainnet.g.alchemy.com/v2/your-api-key', `https://eth-mainnet.g.alchemy.com/v2/${base64url(31)}`],
      }),
    },
    {
      id: 'etherscan-key',
      message: 'Etherscan API key',
      ...namedKey({
        names: ['etherscan', 'bscscan', 'polygonscan', 'arbiscan', 'snowtrace', 'basescan'],
        value: upperAlnumOf(34),
        words: ['key', 'token'],
      }),
      severity: 'low',
      why: 'Anyone who has it can query the blockchain in your name.',
      docs: 'https://docs.etherscan.io/getting-an-api-key',
    },
  ],
);
