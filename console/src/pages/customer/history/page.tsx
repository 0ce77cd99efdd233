/** Who changed what and when, and how to take it back. */
import { Button, Select, Skeleton, Stack, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { customerQuery } from '../../../api/customer.ts';
import { dialectsQuery } from '../../../api/dialects.ts';
import { useMay } from '../../../api/session.ts';
import { useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { Problem } from '../../../shared/problem.tsx';
import { AsItWas } from './as-it-was.tsx';
import { useCustomerLive } from './live.ts';
import classes from './page.module.css';
import { type Change, historyQuery, type Revert } from './queries.ts';
import { RevertDialog } from './revert-dialog.tsx';
import { texts } from './texts.ts';
import { Timeline } from './timeline.tsx';
import { CustomerWords, Sentence } from './words.tsx';

const NONE: readonly Change[] = [];

export function HistoryPage() {
  const t = useTexts(texts);
  const { id } = useParams({ from: '/shell/customers/$id' });
  const search = useSearch({ from: '/shell/customers/$id/history' });
  const navigate = useNavigate();
  const router = useRouter();
  const mayRevert = useMay('editor');
  const record = useQuery(customerQuery(id));
  const history = useInfiniteQuery(historyQuery(id));
  const arrived = useCustomerLive(id);
  const [revert, setRevert] = useState<Revert>();
  const changes = useMemo(
    () => history.data?.pages.flatMap(page => page.items) ?? NONE,
    [history.data?.pages],
  );
  const go = (to: typeof search): void =>
    void navigate({ to: '/customers/$id/history', params: { id }, search: to, resetScroll: false });
  const linkTo = (change: number): string =>
    window.location.origin +
    router.buildLocation({ to: '/customers/$id/history', params: { id }, search: { change } }).href;
  return (
    <CustomerWords record={record.data?.body} changes={changes}>
      <div>
        <div className={classes.head}>
          <div>
            <Title order={2}>{t.title}</Title>
            <p className={classes.intro}>{t.intro}</p>
          </div>
          <div className={classes.tools}>
            <DialectFilter
              value={search.dialect}
              onChange={dialect => go({ ...search, dialect, change: undefined })}
            />
            <Button
              variant="default"
              leftSection={<Icon name="clock" size={16} />}
              onClick={() => go({ ...search, at: new Date().toISOString() })}
            >
              {t.asItWas}
            </Button>
          </div>
        </div>
        <p className="visually-hidden" role="status" aria-live="polite">
          {arrived && (
            <>
              {t.arrived} <Sentence change={arrived} />
            </>
          )}
        </p>
        {history.error && changes.length === 0 ? (
          <Problem error={history.error} onRetry={() => void history.refetch()} />
        ) : history.isPending ? (
          <TimelineSkeleton />
        ) : (
          <Timeline
            changes={changes}
            search={search}
            arrived={arrived?.sequence}
            mayRevert={mayRevert && record.data?.body.archived === false}
            linkTo={linkTo}
            hasMore={history.hasNextPage}
            isLoadingMore={history.isFetchingNextPage}
            error={history.isFetchNextPageError ? history.error : undefined}
            archivedUntil={history.data?.pages.at(-1)?.archivedUntil ?? null}
            onMore={() => void history.fetchNextPage({ cancelRefetch: false })}
            onRevert={setRevert}
            onAsItWas={at => go({ ...search, at })}
            onShowAll={() => go({})}
          />
        )}
      </div>
      <RevertDialog id={id} revert={revert} changes={changes} onClose={() => setRevert(undefined)} />
      <AsItWas
        id={id}
        at={search.at}
        onMove={at => go({ ...search, at })}
        onClose={() => go({ ...search, at: undefined })}
      />
    </CustomerWords>
  );
}

function DialectFilter({
  value,
  onChange,
}: {
  readonly value: string | undefined;
  onChange(value: string | undefined): void;
}) {
  const t = useTexts(texts);
  const dialects = useQuery(dialectsQuery).data ?? [];
  return (
    <Select
      label={t.filter}
      w={190}
      allowDeselect={false}
      value={value ?? ''}
      onChange={chosen => onChange(chosen || undefined)}
      data={[
        { value: '', label: t.all },
        { value: 'concord', label: 'Concord' },
        ...dialects.map(({ name, title }) => ({ value: name, label: title })),
      ]}
    />
  );
}

function TimelineSkeleton() {
  const t = useTexts(texts);
  return (
    <Stack role="status" aria-label={t.loading} gap="md" mt="lg">
      <Skeleton height={14} width={90} />
      {[96, 140, 72].map(height => (
        <Skeleton key={height} height={height} ml={30} w="auto" radius="md" />
      ))}
    </Stack>
  );
}
