#!/usr/bin/env node
import { runCaseness } from './program.js';

// The reader of a pipe may have had enough (`| head`): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
// `exit` removes what is half written; the numbers are those of a shell.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

try {
  process.exitCode = await runCaseness(process.argv.slice(2), {
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
    showProgress: process.stderr.isTTY === true,
  });
} catch (error) {
  // A fault of the command itself. Its text is not shown: it could hold an answer.
  const name = error instanceof Error ? error.name : 'error';
  process.stderr.write(
    `caseness: something went wrong inside the command (${name}); nothing was written to --out\n`,
  );
  if (process.env['CASENESS_TRACE'] === '1') throw error;
  process.exitCode = 1;
}
