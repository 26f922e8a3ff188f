'use strict';

const { pathToFileURL } = require('node:url');

/** A formatter of ESLint that writes SARIF 2.1.0, as far as the tests need it. */
module.exports = (results, { rulesMeta }) => {
  const rules = Object.keys(rulesMeta).map((id) => ({
    id,
    shortDescription: { text: rulesMeta[id].docs?.description ?? id },
    helpUri: rulesMeta[id].docs?.url,
  }));
  const messages = results.flatMap(({ filePath, messages: list }) => list.map((message) => ({ filePath, ...message })));
  const run = {
    tool: { driver: { name: 'ESLint', rules } },
    // What cannot be parsed has not been looked at.
    invocations: [{ executionSuccessful: !messages.some(({ fatal }) => fatal === true) }],
    results: messages.map(({ filePath, ruleId, message, severity, line, column, endLine, endColumn }) => ({
      ruleId: ruleId ?? undefined,
      ruleIndex: rules.findIndex(({ id }) => id === ruleId),
      level: severity === 2 ? 'error' : 'warning',
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: pathToFileURL(filePath).href },
            region: { startLine: line, startColumn: column, endLine, endColumn },
          },
        },
      ],
    })),
  };
  return JSON.stringify({ version: '2.1.0', runs: [run] });
};
