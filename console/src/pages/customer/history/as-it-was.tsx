/** The record as it was at a moment, to read, with what is different today. */
import { Alert, Drawer, Group, Skeleton, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type Customer, customerQuery } from '../../../api/customer.ts';
import { isProblem } from '../../../api/problem.ts';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Empty } from '../../../shared/empty.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { Problem } from '../../../shared/problem.tsx';
import { sharedTexts } from '../../../shared/texts.ts';
import { capitalised } from '../../../words/grammar.ts';
import { namesOf } from '../../../words/names.ts';
import { listNoun } from '../../../words/nouns.ts';
import { fieldLabel, pathLabel } from '../../../words/path-words.ts';
import classes from './as-it-was.module.css';
import { customerAtQuery } from './queries.ts';
import { type ComparedField, compared, fieldsOf, type Section, sectionsOf } from './record-fields.ts';
import { texts } from './texts.ts';
import { useValueWords, useWords } from './words.tsx';

export interface AsItWasProps {
  readonly id: string;
  /** ISO 8601; the drawer is closed without. */
  readonly at: string | undefined;
  onMove(at: string): void;
  onClose(): void;
}

export function AsItWas({ id, at, onMove, onClose }: AsItWasProps) {
  const t = useTexts(texts);
  const s = useTexts(sharedTexts);
  return (
    <Drawer
      opened={at !== undefined}
      onClose={onClose}
      title={<span className={classes.title}>{t.at.title}</span>}
      position="right"
      size="xl"
      closeButtonProps={{ 'aria-label': s.close }}
      // A dialog's head is no head of the page.
      attributes={{ header: { role: 'none' } }}
    >
      {at !== undefined && <Moment id={id} at={at} onMove={onMove} />}
    </Drawer>
  );
}

/** `2026-11-24T16:39:34.924`, as the person's clock shows it, for an input of date and time. */
function localOf(instant: string): string {
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, -1);
}

function Moment({ id, at, onMove }: { readonly id: string; readonly at: string; onMove(at: string): void }) {
  const t = useTexts(texts);
  const format = useFormat();
  const then = useQuery({ ...customerAtQuery(id, at), placeholderData: previous => previous });
  const now = useQuery(customerQuery(id));
  return (
    <Stack>
      <div>
        <TextInput
          type="datetime-local"
          step="0.001"
          label={t.at.moment}
          value={localOf(at)}
          max="9999-12-31T23:59"
          onChange={event => {
            const moment = new Date(event.currentTarget.value);
            if (!Number.isNaN(moment.getTime())) onMove(moment.toISOString());
          }}
        />
        <Text size="sm" c="dimmed" mt="xs">
          <strong>{format.dateTime(at, 'seconds')}</strong> – {t.at.hint}
        </Text>
      </div>
      {Date.parse(at) > Date.now() && (
        <Alert color="amber" icon={<Icon name="info" />}>
          {t.at.future}
        </Alert>
      )}
      {then.error ? (
        isProblem(then.error, 'customer-not-found') ? (
          <Empty icon="history" title={t.at.absent} />
        ) : (
          <Problem error={then.error} onRetry={() => void then.refetch()} />
        )
      ) : then.data ? (
        <Comparison then={then.data} now={now.data?.body} />
      ) : (
        <Stack role="status" aria-label={t.loading}>
          <Skeleton height={18} width="40%" />
          <Skeleton height={140} />
          <Skeleton height={140} />
        </Stack>
      )}
    </Stack>
  );
}

function Comparison({ then, now }: { readonly then: Customer; readonly now: Customer | undefined }) {
  const t = useTexts(texts);
  const format = useFormat();
  const [only, setOnly] = useState(false);
  const all = useMemo(() => compared(fieldsOf(then), fieldsOf(now ?? then)), [then, now]);
  const count = all.filter(({ differs }) => differs).length;
  const sections = sectionsOf(only ? all.filter(({ differs }) => differs) : all);
  const told =
    count === 0 ? t.at.same : count === 1 ? t.at.oneDifference : t.at.differences(format.number(count));
  return (
    <>
      <Group justify="space-between">
        <Text size="sm" fw={500} role="status">
          {told}
        </Text>
        {count > 0 && (
          <Switch
            size="sm"
            label={t.at.only}
            checked={only}
            onChange={event => setOnly(event.currentTarget.checked)}
          />
        )}
      </Group>
      {sections.map(section => (
        <Part key={section.list ?? ''} section={section} then={then} />
      ))}
    </>
  );
}

function Part({ section: { list, groups }, then }: { readonly section: Section; readonly then: Customer }) {
  const t = useTexts(texts);
  const { language } = useFormat();
  const words = useWords();
  // What an address is called today is no name for it then.
  const names = useMemo(() => namesOf(then, []), [then]);
  const thenWords = { ...words, names: (id: string) => (names(id).name ? names(id) : words.names(id)) };
  const title =
    list === undefined
      ? t.at.person
      : list === 'customFields'
        ? t.at.custom
        : capitalised(listNoun(list, language).word);
  return (
    <section className={classes.section}>
      <Title order={3} size="h4">
        {title}
      </Title>
      {groups.map(({ item, fields }) => (
        <div key={item} className={classes.group}>
          {item !== '' && (
            <h4 className={classes.item} data-differs={fate(fields) !== 'stays' || undefined}>
              {pathLabel(item, thenWords)}{' '}
              {fate(fields) !== 'stays' && (
                <em className={classes.fate}>{fate(fields) === 'gone' ? t.at.gone : t.at.notThen}</em>
              )}
            </h4>
          )}
          <dl className={classes.fields}>
            {fields.map(field => (
              <Field
                key={field.path}
                field={field}
                isAlone={item === '' || fate(fields) === 'stays'}
                label={
                  item === '' ? pathLabel(field.path, thenWords) : fieldLabel(field.path, item, thenWords)
                }
              />
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}

/** Of a whole item: not every field of it needs to say so. */
function fate(fields: readonly ComparedField[]): 'stays' | 'gone' | 'new' {
  if (fields.every(({ is }) => is === undefined)) return 'gone';
  return fields.every(({ was }) => was === undefined) ? 'new' : 'stays';
}

function Field({
  field: { path, ...field },
  isAlone,
  label,
}: {
  readonly field: ComparedField;
  /** Its item does not tell it for all. */
  readonly isAlone: boolean;
  readonly label: string;
}) {
  const t = useTexts(texts);
  const shown = useValueWords();
  const [was, is] = [shown(path, field.was), shown(path, field.is)];
  return (
    <div className={classes.field} data-differs={(field.differs && isAlone) || undefined}>
      <dt>{label}</dt>
      <dd>
        {!isAlone && (was ?? is)}
        {isAlone && (was === undefined ? <em className={classes.nothing}>{t.at.notThen}</em> : was)}
        {field.differs && isAlone && (
          <span className={classes.today}>
            {t.at.today}: {is === undefined ? <em>{t.at.gone}</em> : <ins>{is}</ins>}
          </span>
        )}
      </dd>
    </div>
  );
}
