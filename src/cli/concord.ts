/** The command line: one file a command, and one place that turns errors into words and exit codes. */
import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { ConcordError } from '../record/errors.ts';
import { StartError } from '../store/start-errors.ts';
import { ConfigurationError } from './configuration.ts';
import { credentialCommand } from './credential.ts';
import { customerCommand } from './customer.ts';
import { demoCommand } from './demo.ts';
import { keyCommand } from './key.ts';
import { migrateCommand } from './migrate.ts';
import { objectCommand } from './object.ts';
import { operatorCommand } from './operator.ts';
import { serveCommand } from './serve.ts';
import { tenantCommand } from './tenant.ts';
import { tradeCommand } from './trade.ts';

/** Exit codes are documented in the README: 1 something went wrong, 2 the command or a setting is wrong. */
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Errors that say that what was asked is wrong. */
const USAGE_CODES = new Set<string>([
  'value-invalid',
  'value-taken',
  'customer-not-found',
  'object-not-found',
  'state-conflict',
]);

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
  operatorCommand,
  customerCommand,
  objectCommand,
  tradeCommand,
  keyCommand,
];

/** Every command below it tells wrong usage in the same way, with the same exit code. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const each of command.commands) inherit(each, command);
  return command;
}

for (const command of COMMANDS) program.addCommand(inherit(command(), program));

try {
  await program.parseAsync();
} catch (error) {
  console.error(`concord: ${messageOf(error)}`);
  process.exit(isUsage(error) ? EXIT_USAGE : EXIT_FAILED);
}

function messageOf(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof StartError || error instanceof ConcordError) {
    return error.message;
  }
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (syscall !== undefined && path !== undefined) return `cannot use ${path} (${syscall}: ${code}).`;
  return `unexpected error: ${(error as Error)?.stack ?? error}`;
}

/** What was asked is wrong, and asking again would not help. */
function isUsage(error: unknown): boolean {
  return (
    error instanceof ConfigurationError || (error instanceof ConcordError && USAGE_CODES.has(error.code))
  );
}
