import { markedToken } from '../drafting/marked-token.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, uuid } from '../drafting/sample.ts';
import { hexOf, alnumOf, lowerAlnumOf, base64urlOf, base64Of, shape, type Shape, digitsOf } from '../drafting/shapes.ts';

/** Two ids and, in newer tokens, the organization. */
const WEBEX: Shape = {
  source: '[A-Za-z\\d]{64}_[A-Za-z\\d]{4}_[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}',
  sample: (seed) => `${alnum(64, seed)}_P${alnum(3, seed)}_${uuid(seed)}`,
  isFixed: false,
};

export const chatApps = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can read and write messages in your name.',
    advice: 'Revoke or regenerate it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'telegram-legacy-token',
      message: 'Telegram bot token (legacy format)',
      ...namedKey({ names: ['telegram', 'tg_bot'], value: shape`${digitsOf(5, 16)}:A${base64urlOf(34)}`, words: ['token', 'bot', 'key'] }),
      severity: 'critical',
      advice: 'Send /revoke to @BotFather.',
      docs: 'https://core.telegram.org/bots/features#botfather',
    },
    {
      id: 'discord-session-token',
      message: 'Discord user token (account with two-factor authentication)',
      severity: 'critical',
      ...markedToken({ markers: ['mfa.'], body: base64urlOf(84) }),
      advice: 'Change the password; this ends all sessions.',
      docs: 'https://support.discord.com/hc/articles/23698486022807',
    },
    {
      id: 'discord-client-secret',
      message: 'Discord client secret',
      ...namedKey({ names: ['discord'], value: base64urlOf(32), words: ['client_?secret', 'secret'] }),
      docs: 'https://discord.com/developers/docs/topics/oauth2',
    },
    {
      id: 'dingtalk-secret',
      message: 'DingTalk robot signing secret',
      ...namedKey({ names: ['dingtalk', 'dingding'], value: shape`SEC${hexOf(64)}` }),
      docs: 'https://open.dingtalk.com/document/robots/customize-robot-security-settings',
    },
    {
      id: 'lark-app-secret',
      message: 'Lark (Feishu) app secret',
      ...namedKey({ names: ['lark', 'feishu'], value: alnumOf(32), words: ['secret'] }),
      docs: 'https://open.larksuite.com/document/home/introduction-to-custom-app-development/self-built-application-development-process',
    },
    {
      id: 'line-channel-token',
      message: 'LINE channel access token',
      ...namedKey({
        names: [
          'line_channel',
          'line-channel',
          'linechannel',
          'line_bot',
          'line.bot',
          'linebot',
          'line_access',
          'channelaccess',
          'channel_access',
        ],
        value: shape`${base64Of(150, 180)}=`,
        words: ['token', 'secret'],
      }),
      docs: 'https://developers.line.biz/en/docs/basics/channel-access-token/',
    },
    {
      id: 'line-channel-secret',
      message: 'LINE channel secret',
      ...namedKey({
        names: ['line_channel', 'line-channel', 'linechannel', 'line_bot', 'line.bot', 'linebot'],
        value: hexOf(32),
        words: ['secret'],
      }),
      docs: 'https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/',
    },
    {
      id: 'webex-token',
      message: 'Cisco Webex token',
      ...namedKey({ names: ['webex', 'ciscospark'], value: WEBEX, words: ['token', 'bot', 'auth'] }),
      docs: 'https://developer.webex.com/docs/bots',
    },
    {
      id: 'zulip-key',
      message: 'Zulip API key',
      ...namedKey({ names: ['zulip'], value: alnumOf(32), words: ['key'] }),
      severity: 'medium',
      docs: 'https://zulip.com/api/api-keys',
    },
    {
      id: 'mattermost-token',
      message: 'Mattermost access token',
      ...namedKey({ names: ['mattermost', 'mm_token'], value: lowerAlnumOf(26), words: ['token', 'key', 'secret'] }),
      severity: 'medium',
      docs: 'https://developers.mattermost.com/integrate/reference/personal-access-token/',
    },
    {
      id: 'rocketchat-token',
      message: 'Rocket.Chat access token',
      ...namedKey({ names: ['rocketchat', 'rocket_chat', 'rocket.chat'], value: base64urlOf(43), words: ['token', 'auth'] }),
      severity: 'medium',
      docs: 'https://developer.rocket.chat/apidocs/personal-access-tokens',
    },
  ],
);
