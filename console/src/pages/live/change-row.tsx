/** One change: who did what to whom, through which API and when. */
import { Text } from '@mantine/core';
import { useState } from 'react';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { useKnownCustomer } from '../../shared/customer-name.ts';
import { DialectBadge } from '../../shared/dialect.tsx';
import { AnchorLink } from '../../shared/links.tsx';
import type { Change } from './entries.ts';
import classes from './page.module.css';
import { Sentence } from './sentence.tsx';
import { texts } from './texts.ts';

/** What happened this long ago is drawn as new; what comes into sight by scrolling is not. */
const NEW_MILLISECONDS = 5_000;

export function ChangeRow({ change }: { readonly change: Change }) {
  const t = useTexts(texts);
  const format = useFormat();
  const { customerId, sequence, at, dialect, fields } = change;
  const isRemoved = fields.some(({ path, after }) => path === 'id' && after === null);
  const known = useKnownCustomer(customerId, !isRemoved);
  const customer = known?.name || t.customer(format.number(change.customerNumber));
  const [isNew] = useState(() => Date.now() - Date.parse(at) < NEW_MILLISECONDS);
  return (
    <article className={classes.change} data-new={isNew || undefined}>
      <time dateTime={at} title={format.dateTime(at, 'seconds')} className={classes.time}>
        {format.time(at)}
      </time>
      <div className={classes.what}>
        <AnchorLink to="/customers/$id" params={{ id: customerId }} fw={600} className={classes.who!}>
          {customer}
        </AnchorLink>
        <Text size="sm" className={classes.sentence!}>
          <Sentence change={change} record={known} />
        </Text>
      </div>
      <div className={classes.through}>
        <DialectBadge name={dialect} />
        <AnchorLink
          to="/customers/$id/history"
          params={{ id: customerId }}
          search={{ change: sequence } as object}
          size="sm"
          aria-label={t.historyOf(customer)}
        >
          {t.history}
        </AnchorLink>
      </div>
    </article>
  );
}
