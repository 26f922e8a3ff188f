import { describe, expect, it } from 'vitest';
import { linesAround } from '../../../src/rules/reading/code-line.ts';

function around(text: string): string[] {
  return linesAround(text, text.indexOf('HERE')).map((line) => line.trim());
}

describe('linesAround', () => {
  it('gives the lines that hold a place, the nearest first', () => {
    expect(around('class A {\n  f() {\n    x();\n    if (a) {\n\n      y();\n      HERE')).toEqual(['', 'if (a) {', 'f() {', 'class A {']);
  });

  it('leaves blocks that have ended', () => {
    expect(around('f() {\n  if (a) {\n    x();\n  }\n  HERE')).toEqual(['', 'f() {']);
  });

  it('gives the condition of an else', () => {
    expect(around('if verify\n  a\nelse\n  HERE')).toEqual(['', 'else', 'if verify']);
    expect(around('if (a) {\n  b();\n} else {\n  HERE')).toEqual(['', '} else {', 'if (a) {']);
  });

  it('gives the line itself up to the place', () => {
    expect(around('if (a) HERE')).toEqual(['if (a)']);
  });

  it('looks no further than a few thousand characters', () => {
    expect(around(`f() {\n${'  x\n'.repeat(2000)}  HERE`)).toEqual(['']);
  });
});
