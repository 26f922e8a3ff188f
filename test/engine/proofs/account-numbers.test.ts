import { describe, expect, it } from 'vitest';
import { proveCardNumber, withLuhnDigit } from '../../../src/engine/proofs/card-number.ts';
import { proveIban, withIbanDigits } from '../../../src/engine/proofs/iban.ts';

describe('numbers of payment cards', () => {
  it('end with the digit of Luhn', () => {
    // The example of ISO/IEC 7812.
    expect(withLuhnDigit('7992739871')).toBe('79927398713');
  });

  it.each(['47165283901746', '53812740659283', '340917352846', '653920174865', '3589017264839', '30192847365'])('pass with %s', (start) => {
    const length = start.startsWith('34') ? 15 : start.startsWith('301') ? 14 : 16;
    const number = withLuhnDigit(start.padEnd(length - 1, '6182'));
    expect(proveCardNumber(number)).toBe(null);
    expect(proveCardNumber(number.replaceAll(/(.{4})(?=.)/g, '$1 '))).toBe(null);
    expect(proveCardNumber(number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10))).toBe('failed');
  });

  it('are none where no scheme gives them out, or where they are for tests', () => {
    expect(proveCardNumber(withLuhnDigit('912736451827364'))).toBe('failed');
    expect(proveCardNumber(withLuhnDigit('4716528390174'))).toBe('failed');
    expect(proveCardNumber(withLuhnDigit('424242424242424'))).toBe('failed');
    // Numbers that American Express and Diners Club publish.
    expect(proveCardNumber(withLuhnDigit('37828224631000'))).toBe('failed');
    expect(proveCardNumber(withLuhnDigit('3056930009020'))).toBe('failed');
    expect(proveCardNumber('0'.repeat(16))).toBe('failed');
  });
});

describe('international bank account numbers', () => {
  it('are right modulo 97', () => {
    // The example of the British banks.
    expect(proveIban(['GB82', 'WEST', '1234', '5698', '7654', '32'].join(' '))).toBe(null);
    expect(proveIban(['GB83', 'WEST', '1234', '5698', '7654', '32'].join(' '))).toBe('failed');
  });

  it('have the length of their country', () => {
    const iban = withIbanDigits('DE', '370400440532013098');
    expect(proveIban(iban)).toBe(null);
    expect(proveIban(withIbanDigits('DE', '37040044053201309'))).toBe('failed');
  });

  it('are none of a few digits', () => {
    expect(proveIban(withIbanDigits('DE', '0'.repeat(18)))).toBe('failed');
  });
});
