import { markedToken } from '../drafting/marked-token.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { tokenSamples, uuid } from '../drafting/sample.ts';
import {
  hexOf,
  upperHexOf,
  alnumOf,
  lowerAlnumOf,
  base64urlOf,
  base64Of,
  UUID,
  bytesOf,
  shape,
  either,
  type Shape,
} from '../drafting/shapes.ts';

/** A name, the ID of the service, and the secret. */
const NOTIFY_KEY: Shape = {
  source: `\\w{1,40}-${UUID.source}-${UUID.source}`,
  sample: (seed) => `live-${uuid(`a${seed}`)}-${uuid(`b${seed}`)}`,
  isFixed: false,
};

export const messaging = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can send messages and make calls at your expense.',
    advice: 'Rotate it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'vonage-secret',
      message: 'Vonage (Nexmo) API secret',
      ...namedKey({ names: ['vonage', 'nexmo'], value: alnumOf(16), words: ['secret'] }),
      docs: 'https://developer.vonage.com/en/account/overview',
    },
    {
      id: 'plivo-token',
      message: 'Plivo auth token',
      ...namedKey({ names: ['plivo'], value: alnumOf(40), words: ['token', 'auth'] }),
      docs: 'https://www.plivo.com/docs/account/credentials',
    },
    {
      id: 'messagebird-key',
      message: 'MessageBird access key',
      ...namedKey({ names: ['messagebird'], value: either(alnumOf(25), shape`live_${alnumOf(25)}`, UUID) }),
      docs: 'https://developers.messagebird.com/api/',
    },
    {
      id: 'telnyx-key',
      message: 'Telnyx API key',
      ...markedToken({ markers: ['KEY01'], body: shape`${upperHexOf(30)}_${alnumOf(22)}` }),
      docs: 'https://developers.telnyx.com/docs/account-setup/api-keys',
    },
    {
      id: 'sinch-secret',
      message: 'Sinch key secret',
      ...namedKey({ names: ['sinch'], value: either(base64urlOf(30, 40), bytesOf(16)), words: ['secret', 'token'] }),
      docs: 'https://community.sinch.com/t5/Customer-Dashboard/',
    },
    {
      id: 'bandwidth-secret',
      message: 'Bandwidth API secret',
      ...namedKey({
        names: ['bandwidth_api', 'bandwidth_client', 'bw_api', 'bandwidth.com'],
        value: either(hexOf(48), alnumOf(56, 64)),
        words: ['secret', 'token'],
      }),
      docs: 'https://dev.bandwidth.com/docs/account/credentials/',
    },
    {
      id: 'onesignal-key',
      message: 'OneSignal API key',
      ...markedToken({ markers: ['os_v2_app_', 'os_v2_org_'], body: lowerAlnumOf(100, 106) }),
      docs: 'https://documentation.onesignal.com/docs/en/keys-and-ids',
    },
    {
      id: 'onesignal-legacy-key',
      message: 'OneSignal API key (legacy format)',
      ...namedKey({ names: ['onesignal', 'one_signal'], value: base64Of(48) }),
      docs: 'https://documentation.onesignal.com/docs/en/keys-and-ids',
    },
    {
      id: 'pushover-token',
      message: 'Pushover token or user key',
      ...namedKey({ names: ['pushover'], value: lowerAlnumOf(30) }),
      severity: 'low',
      docs: 'https://pushover.net/api',
    },
    {
      id: 'pushbullet-token',
      message: 'Pushbullet access token',
      ...namedKey({ names: ['pushbullet'], value: shape`o.${alnumOf(32)}` }),
      severity: 'medium',
      docs: 'https://docs.pushbullet.com/#authentication',
    },
    {
      id: 'gc-notify-key',
      message: 'GC Notify API key',
      severity: 'medium',
      keywords: ['gcntfy-'],
      pattern: /gcntfy-[\w-]{1,60}?-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/,
      docs: 'https://documentation.notification.canada.ca/en/keys.html',
      samples: () => tokenSamples(`gcntfy-north-${uuid('a')}-`, uuid('b')),
    },
    {
      id: 'govuk-notify-key',
      message: 'GOV.UK Notify API key',
      ...namedKey({
        names: ['notify_api', 'govuk_notify', 'notify-api', 'gov_notify', 'notifications.service.gov.uk'],
        value: NOTIFY_KEY,
        words: ['key'],
      }),
      severity: 'medium',
      docs: 'https://docs.notifications.service.gov.uk/rest-api.html#api-keys',
    },
  ],
);
