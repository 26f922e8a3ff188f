import { visible } from '../findings/redact.ts';

/** `##[error]` of GitHub and Azure Pipelines, `##vso[…]` of Azure, `##teamcity[…]`: a runner finds them anywhere in a line. */
export const RUNNER_COMMAND = /##(\w*)\[/g;

/** One line that neither a terminal nor the log of a runner reads as a command. Its start is not checked: see {@link isRunnerCommand}. */
export function asLogLine(text: string): string {
  return visible(text).replace(RUNNER_COMMAND, '##$1\ufffd');
}

/** Whether GitHub's runner would look for a command in a line: it trims the line first. */
export function isRunnerCommand(line: string): boolean {
  return line.trimStart().startsWith('::');
}
