/** What each system sees of a customer. */
import { Chip, CloseButton, Group, Skeleton, Switch, Tabs, TextInput, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type PointerEvent, type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { customerQuery } from '../../../api/customer.ts';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { useDialectTitle } from '../../../shared/dialect.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { Problem } from '../../../shared/problem.tsx';
import { namesOf } from '../../../words/names.ts';
import type { Words } from '../../../words/path-words.ts';
import { useCustomerLive } from '../history/live.ts';
import { useChangedLeaves } from './changed-leaves.ts';
import { leavesOf } from './json-lines.ts';
import { textsOfRecord } from './own-words.ts';
import classes from './page.module.css';
import { type View, viewsQuery } from './queries.ts';
import type { ViewsSearch } from './search.ts';
import { texts } from './texts.ts';
import { ViewColumn, type ViewColumnProps } from './view-column.tsx';

/** Narrower than this, one system at a time. */
const WIDE = '(min-width: 62em)';

export function ViewsPage() {
  const t = useTexts(texts);
  const { id } = useParams({ from: '/shell/customers/$id' });
  const search = useSearch({ from: '/shell/customers/$id/views' });
  const navigate = useNavigate();
  const views = useQuery(viewsQuery(id));
  const record = useQuery(customerQuery(id)).data?.body;
  useCustomerLive(id);
  const [hidesEmpty, setHidesEmpty] = useState(false);
  const changed = useChangedLeaves(views.data);
  const { language } = useFormat();
  const title = useDialectTitle();
  const recordTexts = useMemo(() => textsOfRecord(record), [record]);
  const names = useMemo(() => namesOf(record, []), [record]);
  const words: Words = { language, names, dialect: title };
  const find = useDeferredValue(search.find ?? '').toLocaleLowerCase();
  const go = (to: ViewsSearch): void =>
    void navigate({
      to: '/customers/$id/views',
      params: { id },
      search: to,
      replace: true,
      resetScroll: false,
    });
  return (
    <div>
      <Title order={2}>{t.title}</Title>
      <p className={classes.intro}>{t.intro}</p>
      <div className={classes.tools}>
        <Find
          value={search.find ?? ''}
          views={views.data ?? []}
          onChange={text => go({ ...search, find: text === '' ? undefined : text })}
        />
        <Switch
          label={t.empty}
          checked={hidesEmpty}
          onChange={event => setHidesEmpty(event.currentTarget.checked)}
          mb={8}
        />
      </div>
      <Legend />
      <p className="visually-hidden" role="status" aria-live="polite">
        {changed.size > 0 ? t.updated : ''}
      </p>
      {views.error && !views.data ? (
        <Problem error={views.error} onRetry={() => void views.refetch()} />
      ) : views.data ? (
        <Bodies
          views={views.data}
          only={search.only}
          onOnly={only => go({ ...search, only })}
          marks={{ words, record: recordTexts, find, changed, hidesEmpty }}
        />
      ) : (
        <Group role="status" aria-label={t.loading} align="start" wrap="nowrap">
          {[420, 360, 480].map(height => (
            <Skeleton key={height} height={height} radius="md" />
          ))}
        </Group>
      )}
    </div>
  );
}

function Find({
  value,
  views,
  onChange,
}: {
  readonly value: string;
  readonly views: readonly View[];
  onChange(text: string): void;
}) {
  const t = useTexts(texts);
  const format = useFormat();
  const needle = value.toLocaleLowerCase();
  const count = useMemo(
    () =>
      needle === ''
        ? 0
        : views
            .flatMap(view => view.requests)
            .flatMap(({ body }) => [...leavesOf(body).values()])
            .filter(text => unquoted(text).toLocaleLowerCase().includes(needle)).length,
    [views, needle],
  );
  const told =
    needle === '' ? '' : count === 0 ? t.noHits : count === 1 ? t.hit : t.hits(format.number(count));
  return (
    <div>
      <TextInput
        label={t.find}
        placeholder={t.findHint}
        value={value}
        w={260}
        maw="100%"
        onChange={event => onChange(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') onChange('');
        }}
        leftSection={<Icon name="search" size={16} />}
        rightSection={
          value === '' ? null : <CloseButton size="sm" aria-label={t.clear} onClick={() => onChange('')} />
        }
      />
      <span className="visually-hidden" role="status" aria-live="polite">
        {told}
      </span>
      {told !== '' && (
        <span className={classes.hits} aria-hidden="true">
          {told}
        </span>
      )}
    </div>
  );
}

const unquoted = (json: string): string => String(JSON.parse(json)).trim();

function Legend() {
  const t = useTexts(texts);
  return (
    <ul className={classes.legend} aria-label={t.legend}>
      <li>
        <span className={`${classes.sample} ${classes.own}`}>Abc</span> {t.ownWords}
      </li>
      <li>
        <span className={`${classes.sample} ${classes.changed}`}>Abc</span> {t.changed}
      </li>
      <li>
        <span className={`${classes.sample} ${classes.pointed}`}>Abc</span> {t.equal}
      </li>
    </ul>
  );
}

interface BodiesProps {
  readonly views: readonly View[];
  /** Comma-separated. */
  readonly only: string | undefined;
  readonly marks: Omit<ViewColumnProps, 'view' | 'pointed'>;
  onOnly(only: string | undefined): void;
}

function Bodies({ views, only, marks, onOnly }: BodiesProps) {
  const t = useTexts(texts);
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false }) ?? true;
  const [pointed, setPointed] = useState<string>();
  const all = views.map(({ dialect }) => dialect);
  const wanted = only?.split(',').filter(name => all.includes(name)) ?? all;
  const chosen = wanted.length === 0 ? all : wanted;
  const point = (event: PointerEvent): void => {
    const text = (event.target as HTMLElement).closest<HTMLElement>('[data-text]')?.dataset.text;
    // What says nothing stands everywhere.
    setPointed(text === undefined || text.length < 2 || text === 'null' ? undefined : text);
  };
  const column = (view: View): ReactNode => (
    <ViewColumn key={view.dialect} view={view} pointed={pointed} {...marks} />
  );
  if (!isWide) {
    return (
      <Tabs
        value={chosen[0] ?? null}
        onChange={dialect => onOnly(dialect ?? undefined)}
        keepMounted={false}
        variant="pills"
        onPointerOver={point}
      >
        <Tabs.List mb="md">
          {views.map(({ dialect, title }) => (
            <Tabs.Tab key={dialect} value={dialect}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {views.map(view => (
          <Tabs.Panel key={view.dialect} value={view.dialect}>
            {column(view)}
          </Tabs.Panel>
        ))}
      </Tabs>
    );
  }
  return (
    <>
      <Chip.Group
        multiple
        value={[...chosen]}
        onChange={names =>
          onOnly(names.length === 0 || names.length === all.length ? undefined : names.join(','))
        }
      >
        <Group gap="xs" mb="md" role="group" aria-label={t.systems}>
          {views.map(({ dialect, title }) => (
            <Chip key={dialect} value={dialect} size="xs" variant="outline">
              {title}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <section
        className={classes.columns}
        aria-label={t.region}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wide scrolls in its own box, by keyboard too.
        tabIndex={0}
        onPointerOver={point}
        onPointerLeave={() => setPointed(undefined)}
      >
        {views.filter(({ dialect }) => chosen.includes(dialect)).map(column)}
      </section>
    </>
  );
}
