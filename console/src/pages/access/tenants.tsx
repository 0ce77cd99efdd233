/** The tenants of the installation, for those who may make others. */
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../../api/session.ts';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Problem } from '../../shared/problem.tsx';
import { NewTenantDialog } from './new-tenant-dialog.tsx';
import classes from './page.module.css';
import { tenantsQuery } from './queries.ts';
import { RowsSkeleton } from './rows-skeleton.tsx';
import { type Issued, SecretsDialog } from './secrets-dialog.tsx';
import { texts } from './texts.ts';

export function Tenants() {
  const t = useTexts(texts).tenants;
  const format = useFormat();
  const session = useSession();
  const tenants = useQuery(tenantsQuery);
  const [isCreating, setCreating] = useState(false);
  const [issued, setIssued] = useState<Issued>();
  if (tenants.isError && !tenants.data)
    return <Problem error={tenants.error} onRetry={() => tenants.refetch()} />;
  if (!tenants.data) return <RowsSkeleton />;
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed" size="sm">
          {t.lead}
        </Text>
        <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setCreating(true)}>
          {t.create}
        </Button>
      </Group>
      <ul className={classes.card}>
        {tenants.data.map(({ name, createdAt }) => (
          <li key={name} className={classes.row}>
            <span className={classes.icon} aria-hidden="true">
              <Icon name="building" size={20} />
            </span>
            <Group gap={8} className={classes.about!}>
              <Text fw={600} className={classes.name!}>
                {name}
              </Text>
              {name === session.tenant && (
                <Badge variant="light" tt="none" fw={600}>
                  {t.current}
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed" className={classes.when!}>
              {t.since} {format.date(createdAt)}
            </Text>
          </li>
        ))}
      </ul>
      <NewTenantDialog
        opened={isCreating}
        onClose={() => setCreating(false)}
        onIssued={shown => {
          setCreating(false);
          setIssued(shown);
        }}
      />
      {issued && <SecretsDialog issued={issued} onClose={() => setIssued(undefined)} />}
    </Stack>
  );
}
