/** Looks for a typed value in all bodies. */
import { CloseButton, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { leavesOf } from './json-lines.ts';
import classes from './page.module.css';
import type { View } from './queries.ts';
import { texts } from './texts.ts';

export function Find({
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
