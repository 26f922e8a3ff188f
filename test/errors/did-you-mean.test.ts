import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from '../../src/errors/did-you-mean.ts';

const WORDS = ['scan', 'install', 'uninstall', 'baseline', 'format', '--no-color'];

describe('the nearest word', () => {
  it.each([
    ['sacn', 'scan'], // two neighbours swapped
    ['scna', 'scan'],
    ['can', 'scan'], // a letter less
    ['scann', 'scan'], // a letter more
    ['scap', 'scan'], // a letter changed
    ['SCAN', 'scan'], // letter case is no edit
    ['unistall', 'uninstall'],
    ['base', 'baseline'], // a beginning
    ['--no-colour', '--no-color'],
  ])('to %s is %s', (typed, expected) => {
    expect(nearest(typed, WORDS)).toBe(expected);
  });

  it.each(['', 'x', 'frobnicate', 'ba', 'scatter'])('to %j is none', (typed) => {
    expect(nearest(typed, WORDS)).toBeNull();
  });

  it('is the closest, and of two that are as close the first', () => {
    expect(nearest('baselnie', ['basements', 'baseline'])).toBe('baseline');
    expect(nearest('cat', ['bat', 'hat'])).toBe('bat');
    expect(nearest('cat', [])).toBeNull();
  });
});

it('ends a message with the nearest word, or with nothing', () => {
  expect(didYouMean('baselnie', ['baseline'])).toBe('; did you mean baseline?');
  expect(didYouMean('baselnie', ['stats'])).toBe('');
});
