/** The command line: one file a command, and one place that turns errors into words and exit codes. */
import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { ConcordError } from '../record/errors.ts';
import { StartError } from '../store/start-errors.ts';
import { ConfigurationError } from './configuration.ts';
import { credentialCommand } from './credential.ts';
import { demoCommand } from './demo.ts';
import { migrateCommand } from './migrate.ts';
import { objectCommand } from './object.ts';
import { serveCommand } from './serve.ts';
import { tenantCommand } from './tenant.ts';
import { tradeCommand } from './trade.ts';

/** Exit codes are documented in the README: 1 something went wrong, 2 the command or a setting is wrong. */
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const program = new Command('concord')
  .description("One customer record that speaks five vendors' APIs on the wire.")
  .version(manifest.version)
  .exitOverride(error => process.exit(error.exitCode === 0 ? 0 : EXIT_USAGE))
  .showHelpAfterError();

const COMMANDS = [
  serveCommand,
  demoCommand,
  migrateCommand,
  tenantCommand,
  credentialCommand,
  objectCommand,
  tradeCommand,
];

for (const command of COMMANDS) {
  program.addCommand(command().copyInheritedSettings(program));
}

try {
  await program.parseAsync();
} catch (error) {
  const expected =
    error instanceof ConfigurationError || error instanceof StartError || error instanceof ConcordError;
  console.error(
    `concord: ${expected ? error.message : `unexpected error: ${(error as Error)?.stack ?? error}`}`,
  );
  process.exit(error instanceof ConfigurationError ? EXIT_USAGE : EXIT_FAILED);
}
