import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, tokenSamples } from '../drafting/sample.ts';
import { hexOf, alnumOf, lowerAlnumOf, base64urlOf, either, shape, UUID } from '../drafting/shapes.ts';

export const realtime = ruleSet(
  {
    severity: 'medium',
    why: 'Anyone who has it can read and send what your users exchange.',
    advice: 'Rotate it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'pubnub-secret-key',
      message: 'PubNub secret key',
      severity: 'medium',
      keywords: ['sec-c-'],
      pattern: /sec-c-[A-Za-z\d]{48}/,
      docs: 'https://www.pubnub.com/docs/general/setup/account-setup',
      samples: () => tokenSamples('sec-c-', alnum(48)),
    },
    {
      id: 'ably-key',
      message: 'Ably API key',
      ...namedKey({ names: ['ably'], value: shape`${base64urlOf(6)}.${base64urlOf(6)}:${base64urlOf(43)}` }),
      docs: 'https://ably.com/docs/auth',
    },
    {
      id: 'pusher-secret',
      message: 'Pusher secret',
      ...namedKey({ names: ['pusher'], value: hexOf(20), words: ['secret'] }),
      docs: 'https://pusher.com/docs/channels/using_channels/authorized-connections/',
    },
    {
      id: 'sendbird-token',
      message: 'Sendbird API token',
      ...namedKey({ names: ['sendbird'], value: either(hexOf(40), UUID), words: ['token', 'key', 'secret'] }),
      docs: 'https://sendbird.com/docs/chat/platform-api/v3/prepare-to-use-api',
    },
    {
      id: 'stream-secret',
      message: 'Stream API secret',
      ...namedKey({
        names: ['getstream', 'stream_api', 'stream_secret', 'stream-chat'],
        value: lowerAlnumOf(64),
        words: ['secret', 'key'],
      }),
      docs: 'https://getstream.io/chat/docs/node/tokens_and_authentication/',
    },
    {
      id: 'agora-certificate',
      message: 'Agora app certificate',
      ...namedKey({ names: ['agora'], value: hexOf(32), words: ['certificate', 'secret'] }),
      docs: 'https://docs.agora.io/en/video-calling/token-authentication/deploy-token-server',
    },
    {
      id: 'livekit-secret',
      message: 'LiveKit API secret',
      ...namedKey({ names: ['livekit'], value: base64urlOf(32, 48), words: ['secret'] }),
      docs: 'https://docs.livekit.io/home/server/generating-tokens/',
    },
    {
      id: 'zoom-secret',
      message: 'Zoom client secret',
      ...namedKey({
        names: ['zoom_', 'zoom-', 'zoomus', 'zoom.us'],
        value: alnumOf(32),
        words: ['client_?secret', 'sdk_?secret', 'secret_?token'],
      }),
      severity: 'high',
      docs: 'https://developers.zoom.us/docs/internal-apps/s2s-oauth/',
    },
  ],
);
