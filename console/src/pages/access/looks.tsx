/** Who looked at which customer's identity document, when and why. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { Copy } from '../../shared/copy.tsx';
import { useKnownCustomer } from '../../shared/customer-name.ts';
import { Empty } from '../../shared/empty.tsx';
import { Icon } from '../../shared/icons.tsx';
import { AnchorLink } from '../../shared/links.tsx';
import { Problem } from '../../shared/problem.tsx';
import classes from './page.module.css';
import { type Reveal, revealsQuery } from './queries.ts';
import { RowsSkeleton } from './rows-skeleton.tsx';
import { texts } from './texts.ts';

/** Of an id, where there is no name. */
const SHORT = 8;

export function Looks() {
  const t = useTexts(texts).looks;
  const looks = useInfiniteQuery(revealsQuery);
  if (looks.isError && !looks.data) return <Problem error={looks.error} onRetry={() => looks.refetch()} />;
  if (!looks.data) return <RowsSkeleton />;
  const items = looks.data.pages.flatMap(page => page.items);
  return (
    <Stack>
      <Text c="dimmed" size="sm">
        {t.lead}
      </Text>
      {items.length === 0 ? (
        <div className={classes.card}>
          <Empty icon="eye" title={t.emptyTitle}>
            {t.empty}
          </Empty>
        </div>
      ) : (
        <ul className={classes.card}>
          {items.map(look => (
            <Look key={look.id} look={look} />
          ))}
        </ul>
      )}
      {looks.isFetchNextPageError && <Problem error={looks.error} onRetry={() => looks.fetchNextPage()} />}
      {looks.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={looks.isFetchingNextPage} onClick={() => looks.fetchNextPage()}>
            {t.more}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Look({ look }: { readonly look: Reveal }) {
  const t = useTexts(texts).looks;
  const format = useFormat();
  const { actor, customerId, documentId, at, reason, requestId } = look;
  const customer = useKnownCustomer(customerId)?.name || t.customer(customerId.slice(0, SHORT));
  return (
    <li className={classes.row}>
      <span className={classes.icon} aria-hidden="true">
        <Icon name={documentId === null ? 'download' : 'eye'} size={20} />
      </span>
      <div className={classes.about}>
        <Text className={classes.name!}>
          <b>{actor}</b> {documentId === null ? t.exported : t.looked}{' '}
          <AnchorLink to="/customers/$id" params={{ id: customerId }} fw={600}>
            {customer}
          </AnchorLink>
        </Text>
        <Text size="sm" c="dimmed" className={classes.name!}>
          {reason ? <q>{reason}</q> : t.noReason}
        </Text>
      </div>
      <div className={classes.when}>
        <time dateTime={at}>{format.dateTime(at)}</time>
        <Group gap={4} wrap="nowrap">
          <code title={requestId}>{requestId.slice(0, SHORT)}</code>
          <Copy value={requestId} what={t.request} />
        </Group>
      </div>
    </li>
  );
}
