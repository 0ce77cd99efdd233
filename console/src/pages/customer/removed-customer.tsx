/** A customer who is not there (any more): whoever follows an old link still finds who removed whom, and when. */
import { Stack, Text, Title } from '@mantine/core';
import { Navigate, Outlet, useMatchRoute } from '@tanstack/react-router';
import { useTexts } from '../../i18n/language.tsx';
import { Icon } from '../../shared/icons.tsx';
import { AnchorLink } from '../../shared/links.tsx';
import classes from './layout.module.css';
import { texts } from './texts.ts';

export function RemovedCustomer({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  const onHistory = useMatchRoute()({ to: '/customers/$id/history', params: { id } });
  return (
    <Stack gap="lg">
      <title>{`${t.removedTitle} · Concord`}</title>
      <header className={classes.header}>
        <AnchorLink to="/customers" size="sm" className={classes.back}>
          <Icon name="chevronLeft" size={16} /> {t.all}
        </AnchorLink>
        <Title order={1}>{t.removedTitle}</Title>
        <Text>{t.removedText}</Text>
      </header>
      {onHistory ? <Outlet /> : <Navigate to="/customers/$id/history" params={{ id }} replace />}
    </Stack>
  );
}
