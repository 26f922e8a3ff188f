import { looksRandom } from '../drafting/named-secret.ts';
import { isPlausiblePassword } from '../drafting/plausible-password.ts';
import { ruleSet, type Sample } from '../../engine/rule.ts';
import { alnum, base64, hex } from '../drafting/sample.ts';

export const devicePasswords = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who reads it can decode or guess the password.',
    advice: 'Change the password, and keep the file that holds it out of the repository.',
  },
  () => [
    {
      id: 'wifi-password',
      message: 'Wi-Fi password',
      severity: 'low',
      confidence: 'medium',
      keywords: ['psk="', 'WIFI:'],
      pattern: /(?:psk="|WIFI:(?=[TSP]:)[^\n]{0,80}?\bP:)(?<secret>[^";\n]{8,63})(?=[";])/,
      boundary: 'none',
      judge: ({ secret }) => isPlausiblePassword(secret),
      docs: 'https://w1.fi/cgit/hostap/plain/wpa_supplicant/wpa_supplicant.conf',
      samples: () => ({
        found: [`network={\n  ssid="north"\n  psk="${alnum(14)}"\n}`, `WIFI:T:WPA;S:north;P:${alnum(14)};;`],
        ignored: ['psk="your password"', 'WIFI:T:WPA;S:north;P:password;;', 'psk="$PSK"'],
      }),
    },
    {
      id: 'cisco-password',
      message: 'Password in a Cisco device configuration',
      severity: 'medium',
      keywords: ['password 7 ', 'key 7 ', 'secret 5 $', 'secret 8 $', 'secret 9 $'],
      pattern:
        /(?:(?:password|key) 7 (?<seven>(?:0\d|1[0-5])[\dA-F]{6,60})|secret (?:5 \$1\$[./\w]{1,8}\$[./\w]{22}|8 \$8\$[./\w]{14}\$[./\w]{43}|9 \$9\$[./\w]{14}\$[./\w]{43}))(?![\w./])/,
      docs: 'https://www.cisco.com/c/en/us/support/docs/security-vpn/remote-authentication-dial-user-service-radius/107614-64.html',
      samples: () => ({
        found: [
          `username me password 7 0822${hex(12).toUpperCase()}\n`,
          `tacacs-server key 7 1511${hex(12).toUpperCase()}\n`,
          `enable secret 5 $1$${alnum(4)}$${alnum(22)}\n`,
          `enable secret 8 $8$${alnum(14)}$${alnum(43)}\n`,
          `enable secret 9 $9$${alnum(14)}$${alnum(43)}\n`,
        ],
        ignored: ['username me password 7 <hash>\n', 'password 7 times\n', 'enable secret 5 $1$salt$hash\n'],
      }),
    },
    {
      id: 'gpp-password',
      message: 'Password in a Windows Group Policy',
      keywords: ['cpassword='],
      pattern: /cpassword=["'](?<secret>[A-Za-z\d+/]{20,200}={0,2})["']/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      why: 'Anyone can decrypt it: Microsoft has published the key.',
      docs: 'https://learn.microsoft.com/security-updates/securitybulletins/2014/ms14-025',
      samples: () => ({
        found: [`<Properties userName="me" cpassword="${base64(32)}" />`],
        ignored: ['<Properties cpassword="" />', '<Properties cpassword="%PASSWORD%" />'],
      }),
    },
    {
      id: 'rdp-password',
      message: 'Password in a Remote Desktop file',
      keywords: ['password 51:b:'],
      pattern: /password 51:b:(?<secret>[\dA-Fa-f]{100,2000})/,
      why: 'Anyone with access to the account that stored it can decrypt it.',
      docs: 'https://learn.microsoft.com/windows-server/remote/remote-desktop-services/remotepc/rdp-files',
      samples: () => ({
        found: [`password 51:b:${hex(300).toUpperCase()}\n`],
        ignored: ['password 51:b:\n', `password 51:b:${hex(40)}\n`],
      }),
    },
    {
      id: 'unattend-password',
      message: 'Password in a Windows answer file',
      keywords: ['Password><Value>', 'Password>\n'],
      paths: ['**/*unattend*.xml', '**/*autounattend*.xml', '**/sysprep.xml'],
      pattern: /Password>\s{0,40}<Value>(?<secret>[^<>\s]{5,200})<\/Value>/,
      boundary: 'none',
      judge: ({ secret }) => /^[A-Za-z\d+/]{12,}={0,2}$/.test(secret) || isPlausiblePassword(secret),
      docs: 'https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/microsoft-windows-shell-setup-autologon-password',
      samples: () => {
        const file = (text: string): Sample => ({ path: 'autounattend.xml', text });
        return {
          found: [
            file(`<AutoLogon><Password><Value>${alnum(14)}</Value></Password></AutoLogon>`),
            file(`<AdministratorPassword>\n  <Value>${base64(24)}</Value>\n</AdministratorPassword>`),
          ],
          ignored: [file('<Password><Value>password</Value></Password>'), file('<Password><Value></Value></Password>')],
        };
      },
    },
  ],
);
