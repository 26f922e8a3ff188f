import { ruleSet, type Proof } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, digits, hex, tokenSamples, uuid } from '../drafting/sample.ts';

/** The first part is the ID of the bot (17 to 20 digits) in base64. */
function proveDiscordToken(token: string): Proof {
  const id = Buffer.from(token.slice(0, token.indexOf('.')), 'base64').toString('latin1');
  return /^\d{17,20}$/.test(id) ? 'passed' : 'failed';
}

const WHY_WEBHOOK = 'Anyone who has the URL can post to the channel.';

export const chat = ruleSet(
  {
    why: 'Anyone who has it can read and write messages in your name.',
    advice: 'Revoke or regenerate it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'discord-token',
      message: 'Discord bot token',
      keywords: ['discord', 'token', 'login(', 'bot '],
      pattern:
        /(?:discord[\w.\s:"'{(=-]{0,60}?|(?:token|login\(|bot )["'\]]{0,3}\s{0,3}[=:(,]?\s{0,3}["'`]?)(?<![A-Za-z\d])(?<secret>[MNO][DTjz][A-Za-z\d]{22,26}\.[\w-]{6}\.[\w-]{27,38})(?![\w-])/i,
      boundary: 'none',
      prove: proveDiscordToken,
      docs: 'https://discord.com/developers/docs/topics/oauth2#bots',
      samples: () => {
        const id = Buffer.from(`1${digits(17)}`).toString('base64');
        const token = `${id}.G${alnum(5)}.${base64url(38)}`;
        return {
          found: [`DISCORD=${token}\n`, `BOT_TOKEN='${token}'`, `client.login("${token}");`, `headers: { Authorization: 'Bot ${token}' }`],
          ignored: [
            `TOKEN=MTI${alnum(21)}.G${alnum(5)}.${base64url(38)}\n`,
            `TOKEN=${token}ab\n`,
            `TOKEN=${token.slice(0, -12)}\n`,
            'client.login(process.env.TOKEN)',
          ],
        };
      },
    },
    {
      id: 'discord-webhook',
      message: 'Discord webhook',
      severity: 'high',
      keywords: ['discord.com', 'discordapp.com'],
      pattern: /discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{17,20}\/[\w-]{60,70}/,
      boundary: 'none',
      why: WHY_WEBHOOK,
      docs: 'https://support.discord.com/hc/articles/228383668',
      samples: () =>
        allSamples(
          ...['discord.com/api/', 'discordapp.com/api/v10/'].map((head) => {
            const { found, ignored } = tokenSamples(`${head}webhooks/${digits(18)}/`, base64url(68), 60);
            return { found, ignored: ignored.filter((text) => !(text as string).includes('=w')) };
          }),
          {
            found: [`https://ptb.discord.com/api/webhooks/${digits(19)}/${base64url(68)}`],
            ignored: ['https://discord.com/api/webhooks/'],
          },
        ),
    },
    {
      id: 'telegram-bot-token',
      message: 'Telegram bot token',
      keywords: [':AA'],
      pattern: /(?<=(?<!\d)\d{8,10}):(?<secret>AA[\w-]{32,33})(?![\w-])/,
      boundary: 'none',
      docs: 'https://core.telegram.org/bots/features#botfather',
      advice: 'Send /revoke to @BotFather.',
      samples: () => {
        const token = `${digits(10)}:AA${base64url(33)}`;
        return {
          found: [`TOKEN=${token}\n`, `fetch('https://api.telegram.org/bot${token}/getMe')`, token.slice(2)],
          ignored: [`TOKEN=${token}a\n`, `TOKEN=${token.slice(0, -2)}\n`, `TOKEN=1${token}\n`, `TOKEN=${token.replace(':AA', ':aa')}\n`],
        };
      },
    },
    {
      id: 'microsoft-teams-webhook',
      message: 'Microsoft Teams webhook',
      severity: 'high',
      keywords: ['webhook.office.com/', 'outlook.office.com/webhook/'],
      pattern:
        /(?:webhook\.office\.com\/webhookb2|outlook\.office\.com\/webhook)\/[\da-z-]{36}@(?:[\da-z-]{36}\/IncomingWebhook\/[\da-z]{32}\/[\da-z-]{36}(?:\/V2[\w-]{20,60})?|(?=[\s"'`]|$))/,
      boundary: 'none',
      // Code elsewhere may append the rest.
      judge: ({ secret }) => !secret.endsWith('@') || { severity: 'low', confidence: 'low', evidence: 'only the first half of the URL' },
      why: WHY_WEBHOOK,
      docs: 'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook',
      samples: () => {
        const path = (last: string): string => `${uuid('a')}@${uuid('b')}/IncomingWebhook/${hex(32)}/${last}`;
        return {
          found: [
            `https://north.webhook.office.com/webhookb2/${path(uuid('c'))}`,
            `"https://outlook.office.com/webhook/${path(uuid('c'))}"`,
          ],
          ignored: [
            `https://north.webhook.office.com/webhookb2/${path(uuid('c').slice(1))}`,
            'https://north.webhook.office.com/webhookb2/<id>',
          ],
          doubtful: [`const url = 'https://outlook.office.com/webhook/${uuid('a')}@' + rest;`],
        };
      },
    },
    {
      id: 'google-chat-webhook',
      message: 'Google Chat webhook',
      severity: 'high',
      keywords: ['chat.googleapis.com/v1/spaces/'],
      pattern: /chat\.googleapis\.com\/v1\/spaces\/[\w-]{8,14}\/messages\?key=AIza[\w-]{35}&token=[\w%-]{30,100}/,
      why: WHY_WEBHOOK,
      docs: 'https://developers.google.com/workspace/chat/quickstart/webhooks',
      samples: () =>
        tokenSamples(`chat.googleapis.com/v1/spaces/AAAA${alnum(7)}/messages?key=AIzaSy${alnum(33)}&token=`, base64url(43), 30),
    },
    {
      id: 'dingtalk-webhook',
      message: 'DingTalk webhook',
      severity: 'high',
      keywords: ['oapi.dingtalk.com/robot/send?access_token='],
      pattern: /oapi\.dingtalk\.com\/robot\/send\?access_token=[\da-f]{64}/,
      why: WHY_WEBHOOK,
      docs: 'https://open.dingtalk.com/document/robots/custom-robot-access',
      samples: () => tokenSamples('oapi.dingtalk.com/robot/send?access_token=', hex(64)),
    },
    {
      id: 'wecom-webhook',
      message: 'WeCom webhook',
      severity: 'high',
      keywords: ['qyapi.weixin.qq.com/cgi-bin/webhook/send?key='],
      pattern: /qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/send\?key=[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/,
      why: WHY_WEBHOOK,
      docs: 'https://developer.work.weixin.qq.com/document/path/91770',
      samples: () => tokenSamples('qyapi.weixin.qq.com/cgi-bin/webhook/send?key=', uuid()),
    },
    {
      id: 'lark-webhook',
      message: 'Lark webhook',
      severity: 'high',
      keywords: ['/open-apis/bot/v2/hook/'],
      pattern: /\/open-apis\/bot\/v2\/hook\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/,
      boundary: 'none',
      why: WHY_WEBHOOK,
      docs: 'https://open.larksuite.com/document/client-docs/bot-v3/add-custom-bot',
      samples: () => ({
        found: [`https://open.larksuite.com/open-apis/bot/v2/hook/${uuid()}`, `https://open.feishu.cn/open-apis/bot/v2/hook/${uuid()}`],
        ignored: [
          'https://open.larksuite.com/open-apis/bot/v2/hook/xxxxxxxx',
          `https://open.larksuite.com/open-apis/bot/v2/hook/${hex(32)}`,
        ],
      }),
    },
  ],
);
