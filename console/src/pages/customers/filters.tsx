/** Filters and order of the list. They live in the address. */
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { dialectsQuery } from '../../api/dialects.ts';
import { countryCodes } from '../../i18n/countries.ts';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { sharedTexts } from '../../shared/texts.ts';
import classes from './page.module.css';
import { type CustomersSearch, SORTS, type Sort } from './search.ts';
import { texts } from './texts.ts';

export interface FiltersProps {
  readonly search: CustomersSearch;
  /** A search looks into the archive, too, and has an order of its own. */
  readonly searching: boolean;
  onChange(change: Partial<CustomersSearch>): void;
}

export function Filters({ search, searching, onChange }: FiltersProps) {
  const t = useTexts(texts);
  const shared = useTexts(sharedTexts);
  const format = useFormat();
  const { data: dialects = [] } = useQuery(dialectsQuery);
  const countries = useMemo(
    () =>
      countryCodes()
        .map(code => ({ value: code, label: format.country(code) }))
        .sort((a, b) => format.compare(a.label, b.label)),
    [format],
  );
  const chosen = (value: string) => (value === '' ? undefined : value);
  return (
    <div className={classes.filters}>
      <NativeSelect
        aria-label={t.kind}
        value={search.kind ?? ''}
        data-chosen={search.kind !== undefined}
        onChange={event => onChange({ kind: chosen(event.currentTarget.value) as CustomersSearch['kind'] })}
        data={[
          { value: '', label: t.any.kind },
          { value: 'individual', label: shared.kind.individual },
          { value: 'business', label: shared.kind.business },
        ]}
      />
      <NativeSelect
        aria-label={t.status}
        value={search.status ?? ''}
        data-chosen={search.status !== undefined}
        onChange={event =>
          onChange({ status: chosen(event.currentTarget.value) as CustomersSearch['status'] })
        }
        data={[
          { value: '', label: t.any.status },
          { value: 'active', label: shared.status.active },
          { value: 'inactive', label: shared.status.inactive },
        ]}
      />
      <NativeSelect
        aria-label={t.country}
        value={search.country ?? ''}
        data-chosen={search.country !== undefined}
        onChange={event => onChange({ country: chosen(event.currentTarget.value) })}
        data={[{ value: '', label: t.any.country }, ...countries]}
      />
      <NativeSelect
        aria-label={t.through}
        value={search.through ?? ''}
        data-chosen={search.through !== undefined}
        onChange={event => onChange({ through: chosen(event.currentTarget.value) })}
        data={[
          { value: '', label: t.any.through },
          { value: 'concord', label: 'Concord' },
          ...dialects.map(({ name, title }) => ({ value: name, label: title })),
        ]}
      />
      {!searching && (
        <NativeSelect
          aria-label={t.archive}
          value={search.archived ? 'yes' : ''}
          data-chosen={search.archived === true}
          onChange={event => onChange({ archived: event.currentTarget.value === 'yes' ? true : undefined })}
          data={[
            { value: '', label: t.archived.no },
            { value: 'yes', label: t.archived.yes },
          ]}
        />
      )}
      {!searching && (
        <NativeSelect
          aria-label={t.sort}
          className={classes.sort}
          value={search.sort ?? '-number'}
          onChange={event => onChange({ sort: event.currentTarget.value as Sort })}
          data={SORTS.map(value => ({ value, label: t.sorts[value] }))}
        />
      )}
    </div>
  );
}
