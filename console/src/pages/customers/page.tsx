/** All customers: search, filters, and the way to each. */
import { ActionIcon, Button, Kbd, Skeleton, Stack, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useMay } from '../../api/session.ts';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { Empty } from '../../shared/empty.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Problem } from '../../shared/problem.tsx';
import { sharedTexts } from '../../shared/texts.ts';
import { CreateDialog } from './create-dialog.tsx';
import { CustomerGrid, rowId } from './customer-grid.tsx';
import { Filters } from './filters.tsx';
import classes from './page.module.css';
import { type Row, type Rows, useRows } from './rows.ts';
import { type CustomersSearch, QUERY_MAXIMUM } from './search.ts';
import { texts } from './texts.ts';
import { useSearchText } from './use-search-text.ts';

/** Rows that Page Up and Page Down move. */
const LEAP = 10;

export function CustomersPage() {
  const t = useTexts(texts);
  const search = useSearch({ from: '/shell/customers' });
  const navigate = useNavigate({ from: '/customers' });
  const mayCreate = useMay('editor');
  const [creating, dialog] = useDisclosure();
  const { typed, text, setTyped } = useSearchText();
  const rows = useRows(text, search);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const gridId = useId();
  const asked = JSON.stringify([text, search]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at the first answer.
  useEffect(() => setActive(0), [asked]);
  useSlash(input);

  /** Whether the rows are the answer to what stands in the box. */
  const settled = !rows.stale && text === typed.trim();
  const open = (row: Row | undefined): void => {
    if (row) void navigate({ to: '/customers/$id', params: { id: row.customer.id } });
  };
  // Enter came before the answer: it means the answer, not what stood there before.
  const [eager, setEager] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the answer is there.
  useEffect(() => {
    if (!eager || !settled) return;
    setEager(false);
    open(rows.rows[0]);
  }, [eager, settled]);

  const filter = (change: Partial<CustomersSearch>): void => {
    void navigate({ search: before => ({ ...before, ...change }), replace: true });
  };
  const clear = (): void => {
    setTyped('');
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows.rows[active];
    if (event.key === 'Escape') clear();
    if (event.key === 'Enter') {
      if (settled) open(row);
      else setEager(true);
    }
    const next = moved(event, active, rows.rows.length);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
  };
  const current = rows.rows[active];
  return (
    <Stack gap="md">
      <div className={classes.head}>
        <Title order={1}>{t.title}</Title>
        {mayCreate && (
          <Button leftSection={<Icon name="plus" />} onClick={dialog.open}>
            {t.new}
          </Button>
        )}
      </div>
      <TextInput
        ref={input}
        type="search"
        size="md"
        value={typed}
        onChange={event => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        placeholder={t.placeholder}
        aria-label={t.search}
        aria-describedby={`${gridId}-hint`}
        role="combobox"
        aria-haspopup="grid"
        aria-expanded={rows.rows.length > 0}
        aria-controls={rows.rows.length > 0 ? gridId : undefined}
        aria-activedescendant={current && rowId(gridId, current)}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        maxLength={QUERY_MAXIMUM}
        leftSection={<Icon name="search" />}
        rightSection={
          typed === '' ? (
            <Kbd className={classes.hint} aria-hidden="true">
              /
            </Kbd>
          ) : (
            <ActionIcon variant="subtle" color="gray" onClick={clear} aria-label={t.clear}>
              <Icon name="close" size={16} />
            </ActionIcon>
          )
        }
      />
      <span id={`${gridId}-hint`} className="visually-hidden">
        {t.hint}
      </span>
      <Filters search={search} searching={text !== ''} onChange={filter} />
      <Summary rows={rows} searching={text !== ''} />
      <Results
        rows={rows}
        searching={text !== ''}
        filtered={isFiltered(search)}
        onClearFilters={() => filter(NO_FILTERS)}
      >
        <CustomerGrid id={gridId} rows={rows} active={active} onKeyDown={onKeyDown} onActive={setActive} />
      </Results>
      <CreateDialog opened={creating} onClose={dialog.close} />
    </Stack>
  );
}

const NO_FILTERS: Partial<CustomersSearch> = {
  kind: undefined,
  status: undefined,
  country: undefined,
  through: undefined,
  archived: undefined,
};

const isFiltered = (search: CustomersSearch): boolean =>
  (Object.keys(NO_FILTERS) as (keyof CustomersSearch)[]).some(name => search[name] !== undefined);

/** `/` leads to the search box from everywhere but where one writes. */
function useSlash(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const writes = (event.target as HTMLElement).matches(
        'input, textarea, select, [contenteditable], [role="dialog"] *',
      );
      if (event.key !== '/' || writes || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [input]);
}

/** Where a key leads from a row, `undefined` for keys that lead nowhere. Home and End stay the text's in the box. */
function moved({ key, target }: KeyboardEvent, from: number, count: number): number | undefined {
  const within = (index: number): number => Math.max(0, Math.min(count - 1, index));
  const writes = target instanceof HTMLInputElement;
  if (key === 'ArrowDown') return within(from + 1);
  if (key === 'ArrowUp') return within(from - 1);
  if (key === 'PageDown') return within(from + LEAP);
  if (key === 'PageUp') return within(from - LEAP);
  if (key === 'Home' && !writes) return 0;
  if (key === 'End' && !writes) return within(count);
  return undefined;
}

function Summary({ rows, searching }: { readonly rows: Rows; readonly searching: boolean }) {
  const t = useTexts(texts);
  const format = useFormat();
  const { hidden, stale } = rows;
  const total = stale ? undefined : rows.total;
  return (
    <div className={classes.summary} role="status">
      {total !== undefined && <strong>{(searching ? t.found : t.count)(total, format.number(total))}</strong>}
      {total !== undefined && hidden > 0 && ` · ${t.hidden(format.number(hidden))}`}
    </div>
  );
}

interface ResultsProps {
  readonly rows: Rows;
  readonly searching: boolean;
  readonly filtered: boolean;
  readonly children: React.ReactNode;
  onClearFilters(): void;
}

function Results({ rows, searching, filtered, children, onClearFilters }: ResultsProps) {
  const t = useTexts(texts);
  const shared = useTexts(sharedTexts);
  if (rows.error) return <Problem error={rows.error} onRetry={rows.retry} />;
  if (rows.pending)
    return (
      <Stack gap={10} role="status" aria-label={shared.loading}>
        {[92, 84, 96, 78, 88, 81].map(width => (
          <Skeleton key={width} height={40} width={`${width}%`} />
        ))}
      </Stack>
    );
  if (rows.rows.length > 0) return children;
  if (filtered)
    return (
      <Empty
        icon="filter"
        title={t.filteredTitle}
        action={
          <Button variant="default" onClick={onClearFilters}>
            {t.clearFilters}
          </Button>
        }
      />
    );
  if (searching)
    return (
      <Empty icon="search" title={t.nothingTitle}>
        {t.nothing}
      </Empty>
    );
  return (
    <Empty icon="customers" title={t.emptyTitle}>
      {t.empty}
    </Empty>
  );
}
