import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { hexOf, alnumOf, base64urlOf, UUID, shape, either } from '../drafting/shapes.ts';

export const securityServices = ruleSet(
  {
    severity: 'medium',
    why: 'Anyone who has it can query the service in your name, and read its findings.',
    advice: 'Reset it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'shodan-key',
      message: 'Shodan API key',
      ...namedKey({ names: ['shodan'], value: alnumOf(32), words: ['key', 'token'] }),
      docs: 'https://developer.shodan.io/api/requirements',
    },
    {
      id: 'virustotal-key',
      message: 'VirusTotal API key',
      ...namedKey({ names: ['virustotal', 'virus_total', 'vt_api', 'vt_key'], value: hexOf(64), words: ['key', 'token'] }),
      docs: 'https://docs.virustotal.com/docs/please-give-me-an-api-key',
    },
    {
      id: 'securitytrails-key',
      message: 'SecurityTrails API key',
      ...namedKey({ names: ['securitytrails', 'security_trails'], value: alnumOf(32), words: ['key', 'token'] }),
      docs: 'https://docs.securitytrails.com/docs/authentication',
    },
    {
      id: 'urlscan-key',
      message: 'urlscan.io API key',
      ...namedKey({ names: ['urlscan'], value: UUID, words: ['key', 'token'] }),
      docs: 'https://urlscan.io/docs/api/',
    },
    {
      id: 'censys-secret',
      message: 'Censys API secret',
      ...namedKey({ names: ['censys'], value: alnumOf(32), words: ['secret', 'key', 'token'] }),
      docs: 'https://docs.censys.com/reference/get-started',
    },
    {
      id: 'tenable-key',
      message: 'Tenable access or secret key',
      ...namedKey({ names: ['tenable', 'nessus'], value: hexOf(64), words: ['key', 'token', 'secret'] }),
      severity: 'high',
      docs: 'https://docs.tenable.com/vulnerability-management/Content/Settings/my-account/GenerateAPIKey.htm',
    },
    {
      id: 'rapid7-key',
      message: 'Rapid7 API key',
      ...namedKey({ names: ['rapid7', 'insightvm'], value: UUID, words: ['key', 'token'] }),
      severity: 'high',
      docs: 'https://docs.rapid7.com/insight/managing-platform-api-keys/',
    },
    {
      id: 'wiz-secret',
      message: 'Wiz client secret',
      ...namedKey({ names: ['wiz_', 'wiz-', 'wizio'], value: base64urlOf(64), words: ['secret'] }),
      severity: 'high',
      docs: 'https://www.wiz.io/academy/api-security',
    },
    {
      id: 'abuseipdb-key',
      message: 'AbuseIPDB API key',
      ...namedKey({ names: ['abuseipdb'], value: hexOf(80), words: ['key', 'token'] }),
      severity: 'low',
      docs: 'https://docs.abuseipdb.com/#introduction',
    },
    {
      id: 'captcha-secret',
      message: 'hCaptcha or Turnstile secret key',
      ...namedKey({
        names: ['hcaptcha', 'turnstile'],
        value: either(shape`0x4AAAAA${base64urlOf(25, 28)}`, shape`0x${hexOf(40)}`, shape`ES_${hexOf(32)}`),
        words: ['secret'],
      }),
      docs: 'https://developers.cloudflare.com/turnstile/get-started/server-side-validation/',
    },
  ],
);
