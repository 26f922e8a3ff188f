import { describe, expect, it } from 'vitest';
import { asksForItsName } from '../../src/install/aliases.ts';

describe('asksForItsName', () => {
  it.each([
    'case "$(basename "$0")" in pre-commit) ;; esac',
    'hook=${0##*/}',
    '. "$0.d/all"',
    'hook_type = File.basename($0)',
    'File.basename(__FILE__)',
    'name = os.path.basename(sys.argv[0])',
    'const name = path.basename(process.argv[1]);',
    'my $name = basename($0);',
    'echo "${BASH_SOURCE[0]}"',
    'cd "$(dirname "$0")" && exec ./dispatch "$0"',
  ])('%s', (text) => {
    expect(asksForItsName(`#!/bin/sh\n${text}\n`)).toBe(true);
  });

  it.each([
    'npm test',
    'HERE="$(cd "$(dirname "$0")" && pwd)"',
    '. "$(dirname -- "$0")/_/h"',
    '. "${0%/*}/helper"',
    'cd $(dirname $0)/..',
    'git lfs pre-push "$@"',
    'echo "$10" "$1"',
  ])('not: %s', (text) => {
    expect(asksForItsName(`#!/bin/sh\n${text}\n`)).toBe(false);
  });
});
