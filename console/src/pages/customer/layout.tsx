/** The frame around one customer: who it is, how each system calls it, what can be done with it. */
import { Group, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { createLink, Outlet, useParams } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';
import { customerQuery } from '../../api/customer.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Icon } from '../../shared/icons.tsx';
import { AnchorLink } from '../../shared/links.tsx';
import { Status } from '../../shared/status.tsx';
import { sharedTexts } from '../../shared/texts.ts';
import { Actions } from './actions.tsx';
import { Identifiers } from './identifiers.tsx';
import classes from './layout.module.css';
import { texts } from './texts.ts';

const Tab = createLink((props: ComponentPropsWithRef<'a'>) => <a {...props} className={classes.tab} />);

export function CustomerLayout() {
  const t = useTexts(texts);
  const shared = useTexts(sharedTexts);
  const { id } = useParams({ from: '/shell/customers/$id' });
  const { body: customer, etag } = useSuspenseQuery(customerQuery(id)).data;
  return (
    <Stack gap="lg">
      <title>{`${customer.name} · Concord`}</title>
      <header className={classes.header}>
        <AnchorLink to="/customers" size="sm" className={classes.back}>
          <Icon name="chevronLeft" size={16} /> {t.all}
        </AnchorLink>
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div className={classes.who}>
            <Title order={1} className={classes.name}>
              {customer.name}
            </Title>
            <Group gap="xs" mt={6}>
              <Status status={customer.status} archived={customer.archived} />
              <Text size="sm" c="dimmed">
                {shared.kind[customer.kind]} · {t.number(String(customer.number))}
              </Text>
            </Group>
          </div>
          <Actions customer={customer} etag={etag} />
        </Group>
        <Identifiers ids={customer.ids} own={customer.id} />
      </header>
      <nav aria-label={t.sections} className={classes.tabs}>
        <Tab to="/customers/$id" params={{ id }} activeOptions={{ exact: true, includeSearch: false }}>
          {t.record}
        </Tab>
        <Tab to="/customers/$id/views" params={{ id }} activeOptions={{ includeSearch: false }}>
          {t.views}
        </Tab>
        <Tab to="/customers/$id/history" params={{ id }} activeOptions={{ includeSearch: false }}>
          {t.history}
        </Tab>
      </nav>
      <Outlet />
    </Stack>
  );
}
