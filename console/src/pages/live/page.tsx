/** The change feed as it happens. */
import { Button, Chip, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type DialectInfo, dialectsQuery } from '../../api/dialects.ts';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { useDialectTitle } from '../../shared/dialect.tsx';
import { Empty } from '../../shared/empty.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Problem } from '../../shared/problem.tsx';
import { Announcer } from './announcer.tsx';
import { ChangeList } from './change-list.tsx';
import { ConnectionState } from './connection-state.tsx';
import { type Feed, type FeedState, useFeed } from './feed.ts';
import classes from './page.module.css';
import { OWN } from './sentence.tsx';
import { texts } from './texts.ts';

const ALL = '';

export function LivePage() {
  const t = useTexts(texts);
  const feed = useFeed();
  const { dialect } = useSearch({ from: '/shell/live' });
  const isShown = (change: { readonly dialect: string }) =>
    dialect === undefined || change.dialect === dialect;
  const changes = feed.changes.filter(isShown);
  const held = feed.held.filter(isShown).length;
  const { connection } = feed;
  return (
    <Stack gap="md" className={classes.page}>
      <title>{`${t.title} · Concord`}</title>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1}>{t.title}</Title>
          <Text c="dimmed">{t.lead}</Text>
        </div>
        <Group gap="md">
          <ConnectionState connection={connection} />
          <PauseButton feed={feed} held={held} />
        </Group>
      </Group>
      <Filter dialect={dialect} />
      {connection.state === 'lost' && connection.error !== undefined && (
        <Problem error={connection.error} onRetry={feed.retry} />
      )}
      {changes.length === 0 ? (
        <div className={classes.box}>
          <Nothing feed={feed} dialect={dialect} held={held} />
        </div>
      ) : (
        <ChangeList changes={changes} held={held} paused={feed.paused} onHold={feed.hold} />
      )}
      <Announcer changes={changes} />
    </Stack>
  );
}

function PauseButton({ feed, held }: { readonly feed: Feed & FeedState; readonly held: number }) {
  const t = useTexts(texts);
  const format = useFormat();
  const { paused } = feed;
  return (
    <Button
      variant={paused ? 'filled' : 'default'}
      leftSection={<Icon name={paused ? 'play' : 'pause'} size={16} />}
      onClick={() => feed.pause(!paused)}
    >
      {!paused ? t.pause : held > 0 ? t.resumeWith(format.number(held)) : t.resume}
    </Button>
  );
}

function Filter({ dialect }: { readonly dialect: string | undefined }) {
  const t = useTexts(texts);
  const navigate = useNavigate({ from: '/live' });
  const title = useDialectTitle();
  const dialects: readonly DialectInfo[] = useQuery(dialectsQuery).data ?? [];
  const known = [OWN, ...dialects.map(({ name }) => name)];
  // A name of an old link is shown, so that it can be taken away.
  const names = dialect === undefined || known.includes(dialect) ? known : [...known, dialect];
  const choose = (value: string | string[]): void => {
    const chosen = String(value);
    void navigate({ search: chosen === ALL ? {} : { dialect: chosen }, replace: true });
  };
  return (
    <div role="radiogroup" aria-label={t.filter}>
      <Chip.Group value={dialect ?? ALL} onChange={choose}>
        <Group gap={6}>
          <Chip value={ALL} size="sm" variant="outline">
            {t.all}
          </Chip>
          {names.map(name => (
            <Chip key={name} value={name} size="sm" variant="outline">
              {name === OWN ? 'Concord' : title(name)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </div>
  );
}

interface NothingProps {
  readonly feed: FeedState;
  readonly dialect: string | undefined;
  readonly held: number;
}

function Nothing({ feed, dialect, held }: NothingProps) {
  const t = useTexts(texts);
  const title = useDialectTitle();
  const navigate = useNavigate({ from: '/live' });
  if (feed.paused || held > 0)
    return (
      <Empty icon="pause" title={t.pausedTitle}>
        {t.paused}
      </Empty>
    );
  if (dialect === undefined || feed.changes.length === 0)
    return (
      <Empty icon="live" title={t.waitingTitle}>
        {t.waiting}
      </Empty>
    );
  return (
    <Empty
      icon="filter"
      title={t.waitingTitle}
      action={
        <Button variant="default" onClick={() => navigate({ search: {} })}>
          {t.showAll}
        </Button>
      }
    >
      {t.waitingFiltered(dialect === OWN ? 'Concord' : title(dialect))}
    </Empty>
  );
}
