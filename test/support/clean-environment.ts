// Runs before each test file. Nothing of the caller's git, nor of a hook that runs the tests, gets into them: tests that
// run in this process, and programs that they start, would read it.
for (const name of Object.keys(process.env)) if (/^(?:GIT|CODE_GUARDIAN)_(?!TEST_)/.test(name)) delete process.env[name];
process.env['GIT_CONFIG_NOSYSTEM'] = '1';
process.env['GIT_CONFIG_GLOBAL'] = '/dev/null';
