import { describe, expect, it } from 'vitest';
import { decodeValue } from '../../src/engine/encoded.ts';
import { base64 } from '../../src/rules/drafting/sample.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64');

describe('decodeValue', () => {
  it('reads text in base64 and base64url, with padding or without, over several lines', () => {
    const text = 'user: ada ~~~ password: ???';
    const value = encode(text);
    const forms = [
      value,
      value.replace(/=+$/, ''),
      Buffer.from(text).toString('base64url'),
      value.match(/.{1,20}/g)!.join('\n  '),
      value.match(/.{1,20}/g)!.join('\\n'),
    ];
    expect(forms.map((form) => decodeValue(form)?.toString())).toEqual(forms.map(() => text));
    expect(decodeValue(encode('Grüße aus dem Norden'))?.toString()).toBe('Grüße aus dem Norden');
  });

  it('leaves what is no text, too short, too long or no base64', () => {
    expect(decodeValue(base64(48))).toBeNull();
    expect(decodeValue(encode('ada'))).toBeNull();
    expect(decodeValue(encode('a'.repeat(64 * 1024)))).not.toBeNull();
    expect(decodeValue(encode('a'.repeat(64 * 1024 + 3)))).toBeNull();
    expect(decodeValue('this is a sentence, and not base64')).toBeNull();
  });
});
