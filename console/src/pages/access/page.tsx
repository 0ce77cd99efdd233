/** Who and what may use Concord: credentials, looks at documents, tenants. */
import { Stack, Tabs, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMay, useSession } from '../../api/session.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Empty } from '../../shared/empty.tsx';
import { Credentials } from './credentials.tsx';
import { Looks } from './looks.tsx';
import classes from './page.module.css';
import type { Part } from './search.ts';
import { Tenants } from './tenants.tsx';
import { texts } from './texts.ts';

export function AccessPage() {
  const t = useTexts(texts);
  const { role } = useSession();
  return (
    <Stack gap="lg" className={classes.page}>
      <title>{`${t.title} · Concord`}</title>
      <div>
        <Title order={1}>{t.title}</Title>
        <Text c="dimmed">{t.lead}</Text>
      </div>
      {useMay('admin') ? (
        <Parts />
      ) : (
        <div className={classes.card}>
          <Empty icon="shield" title={t.notAllowedTitle}>
            {t.notAllowed(t.role[role])}
          </Empty>
        </div>
      )}
    </Stack>
  );
}

function Parts() {
  const t = useTexts(texts);
  const { installation } = useSession();
  const { part: asked = 'credentials' } = useSearch({ from: '/shell/access' });
  const navigate = useNavigate({ from: '/access' });
  const part: Part = asked === 'tenants' && !installation ? 'credentials' : asked;
  const choose = (value: string | null): void => {
    void navigate({ search: value === 'looks' || value === 'tenants' ? { part: value } : {} });
  };
  return (
    <Tabs value={part} onChange={choose} keepMounted={false}>
      <Tabs.List mb="lg">
        <Tabs.Tab value="credentials">{t.parts.credentials}</Tabs.Tab>
        <Tabs.Tab value="looks">{t.parts.looks}</Tabs.Tab>
        {installation && <Tabs.Tab value="tenants">{t.parts.tenants}</Tabs.Tab>}
      </Tabs.List>
      <Tabs.Panel value="credentials">
        <Credentials />
      </Tabs.Panel>
      <Tabs.Panel value="looks">
        <Looks />
      </Tabs.Panel>
      {installation && (
        <Tabs.Panel value="tenants">
          <Tenants />
        </Tabs.Panel>
      )}
    </Tabs>
  );
}
