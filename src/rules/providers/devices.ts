import { markedToken } from '../drafting/marked-token.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { hexOf, upperHexOf, alnumOf, lowerAlnumOf, UUID, JWT } from '../drafting/shapes.ts';

export const devices = ruleSet(
  {
    severity: 'medium',
    why: 'Anyone who has it can read and control your devices.',
    advice: 'Revoke it where it was issued, and keep the new one out of the firmware repository.',
  },
  () => [
    {
      id: 'adafruit-key',
      message: 'Adafruit IO key',
      ...markedToken({ markers: ['aio_'], body: alnumOf(28), isAmbiguous: true }),
      docs: 'https://io.adafruit.com/api/docs/#authentication',
    },
    {
      id: 'adafruit-legacy-key',
      message: 'Adafruit IO key (legacy format)',
      ...namedKey({ names: ['adafruit', 'aio_'], value: lowerAlnumOf(32), words: ['key', 'token', 'secret'] }),
      docs: 'https://io.adafruit.com/api/docs/#authentication',
    },
    {
      id: 'particle-token',
      message: 'Particle access token',
      ...namedKey({ names: ['particle_', 'particle-', 'particle.io'], value: hexOf(40), words: ['token'] }),
      docs: 'https://docs.particle.io/reference/cloud-apis/access-tokens/',
    },
    {
      id: 'ubidots-token',
      message: 'Ubidots token',
      ...markedToken({ markers: ['BBFF-', 'BBUS-'], body: alnumOf(30), isAmbiguous: true }),
      docs: 'https://docs.ubidots.com/reference/authentication',
    },
    {
      id: 'smartthings-token',
      message: 'SmartThings access token',
      ...namedKey({ names: ['smartthings', 'smart_things'], value: UUID, words: ['token', 'secret', 'key', 'pat\\b'] }),
      docs: 'https://developer.smartthings.com/docs/getting-started/authorization-and-permissions',
    },
    {
      id: 'samsara-token',
      message: 'Samsara API token',
      ...markedToken({ markers: ['samsara_api_'], body: alnumOf(26, 32) }),
      docs: 'https://developers.samsara.com/docs/authentication',
    },
    {
      id: 'home-assistant-token',
      message: 'Home Assistant access token',
      ...namedKey({ names: ['home_assistant', 'homeassistant', 'home-assistant', 'hass_'], value: JWT, words: ['token'] }),
      docs: 'https://developers.home-assistant.io/docs/auth_api/#long-lived-access-token',
    },
    {
      id: 'steam-key',
      message: 'Steam Web API key',
      ...namedKey({ names: ['steam'], value: upperHexOf(32), words: ['key'] }),
      severity: 'low',
      docs: 'https://steamcommunity.com/dev/apikey',
    },
  ],
);
