/** The frame around one customer: who it is, how each system calls it, what can be done with it. */
import { Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLink, Outlet, useParams } from '@tanstack/react-router';
import { type ComponentPropsWithRef, useState } from 'react';
import { type Customer, customerQuery } from '../../api/customer.ts';
import { isProblem } from '../../api/problem.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Icon } from '../../shared/icons.tsx';
import { AnchorLink } from '../../shared/links.tsx';
import { Status } from '../../shared/status.tsx';
import { sharedTexts } from '../../shared/texts.ts';
import { PageSkeleton } from '../../shell/page-skeleton.tsx';
import { Actions } from './actions.tsx';
import { Identifiers } from './identifiers.tsx';
import classes from './layout.module.css';
import { RemovedCustomer } from './removed-customer.tsx';
import { texts } from './texts.ts';

const Tab = createLink((props: ComponentPropsWithRef<'a'>) => <a {...props} className={classes.tab} />);

const isGone = (error: Error): boolean => isProblem(error, 'customer-not-found');

export function CustomerLayout() {
  const { id } = useParams({ from: '/shell/customers/$id' });
  const found = useQuery({ ...customerQuery(id), throwOnError: error => !isGone(error) });
  // Remembered, because each part of the page that asks for the record asks anew, and the error is away meanwhile.
  const [gone, setGone] = useState<string>();
  if (found.error && gone !== id) setGone(id);
  // What was read before stays on the page until the person leaves it: drafts and messages are in it.
  if (found.data) return <Frame customer={found.data.body} etag={found.data.etag} />;
  return gone === id ? <RemovedCustomer id={id} /> : <PageSkeleton />;
}

function Frame({ customer, etag }: { readonly customer: Customer; readonly etag: string }) {
  const t = useTexts(texts);
  const shared = useTexts(sharedTexts);
  const { id } = customer;
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
