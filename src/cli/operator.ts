/** `concord operator`: makes and lists those who use Concord's own API and its console. */
import { Command, Option } from 'commander';
import { OPERATOR_ROLES, OWN_DIALECT } from '../record/access.ts';
import { createCredential, listCredentials, tenantOption } from './credential.ts';
import type { CredentialOptions } from './credential-options.ts';
import { withStoreOptions } from './options.ts';

export function operatorCommand(): Command {
  const operator = new Command('operator').description(
    'make and list operators; `concord credential rotate` and `revoke` change and end them',
  );

  withStoreOptions(
    operator.command('create').description('make an operator and show the password or key, once'),
  )
    .addOption(tenantOption())
    .requiredOption('--name <name>', 'what history calls the operator, such as "front desk"')
    .addOption(
      new Option('--role <role>', 'what the operator may do: look, change customers, or run the tenant')
        .choices([...OPERATOR_ROLES])
        .makeOptionMandatory(),
    )
    .option('--login <login>', 'the login of a person; without it, a key for a program is made')
    .option('--reveal', 'may see the numbers of identity documents; each look is recorded')
    .option('--installation', 'may list and make tenants; for an admin only')
    .option('--json', 'answer with one line of JSON')
    .action((options: CredentialOptions) => createCredential({ ...options, dialect: OWN_DIALECT }));

  withStoreOptions(operator.command('list').description('list the operators of a tenant, without secrets'))
    .addOption(tenantOption())
    .option('--json', 'answer with one line of JSON')
    .action((options: CredentialOptions) =>
      listCredentials(options, credential => credential.dialect === OWN_DIALECT),
    );

  return operator;
}
