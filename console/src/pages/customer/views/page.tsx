/** What each system sees of a customer. */
import { Group, Skeleton, Switch, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import { customerQuery } from '../../../api/customer.ts';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { useDialectTitle } from '../../../shared/dialect.tsx';
import { Problem } from '../../../shared/problem.tsx';
import { namesOf } from '../../../words/names.ts';
import type { Words } from '../../../words/path-words.ts';
import { useCustomerLive } from '../history/live.ts';
import { Bodies } from './bodies.tsx';
import { useChangedLeaves } from './changed-leaves.ts';
import { Find } from './find.tsx';
import { textsOfRecord } from './own-words.ts';
import classes from './page.module.css';
import { viewsQuery } from './queries.ts';
import type { ViewsSearch } from './search.ts';
import { texts } from './texts.ts';

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
