/** The customers as a grid of which only the rows in sight are there. The focus stays on the grid; one row is the active one. */
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot leave out the rows that are not in sight.
import { Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { DialectBadge } from '../../shared/dialect.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Status } from '../../shared/status.tsx';
import { sharedTexts } from '../../shared/texts.ts';
import classes from './customer-grid.module.css';
import type { Row, Rows } from './rows.ts';
import { texts } from './texts.ts';

/** In pixels; the style sheet has the same. */
const ROW_WIDE = 52;
const ROW_NARROW = 76;
const WIDE = '(min-width: 62em)';
/** Rows above and below the screen, so that a quick scroll meets no blanks. */
const OVERSCAN = 12;
/** The next page is asked for when so many rows are left. */
const AHEAD = 40;

export interface CustomerGridProps {
  readonly id: string;
  readonly rows: Rows;
  /** Index of the active row. */
  readonly active: number;
  onKeyDown(event: KeyboardEvent): void;
  onActive(index: number): void;
}

/** For `aria-activedescendant`. */
export const rowId = (grid: string, row: Row): string => `${grid}-${row.customer.id}`;

export function CustomerGrid({
  id,
  rows: { rows, total, stale, hasMore, more },
  active,
  onKeyDown,
  onActive,
}: CustomerGridProps) {
  const t = useTexts(texts);
  const wide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  const size = wide ? ROW_WIDE : ROW_NARROW;
  const body = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    // What stands above may become taller: filters that wrap, a banner.
    const measure = () => setMargin((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const virtual = useWindowVirtualizer({
    count: rows.length + (hasMore ? 1 : 0),
    estimateSize: () => size,
    overscan: OVERSCAN,
    scrollMargin: margin,
    // The head of the page covers the first rows of the window.
    scrollPaddingStart: 64,
    scrollPaddingEnd: 16,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of a row changed.
  useEffect(() => virtual.measure(), [size]);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) more();
  }, [hasMore, last, rows.length, more]);
  const moved = useRef(active);
  useEffect(() => {
    if (moved.current !== active) virtual.scrollToIndex(active);
    moved.current = active;
  }, [active, virtual]);
  const current = rows[active];
  return (
    <div
      id={id}
      role="grid"
      aria-label={t.title}
      aria-rowcount={(total ?? -1) < 0 ? -1 : (total ?? 0) + 1}
      aria-colcount={COLUMNS.length}
      aria-busy={stale}
      aria-activedescendant={current && rowId(id, current)}
      tabIndex={0}
      className={classes.grid}
      onKeyDown={onKeyDown}
    >
      <div role="row" aria-rowindex={1} className={classes.head} tabIndex={-1}>
        {COLUMNS.map(column => (
          <div key={column} role="columnheader" tabIndex={-1}>
            {t.columns[column]}
          </div>
        ))}
      </div>
      <div ref={body} role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const row = rows[index];
          const style = { transform: `translateY(${start - margin}px)` };
          return row ? (
            <GridRow
              key={row.customer.id}
              id={rowId(id, row)}
              row={row}
              index={index}
              active={index === active}
              start={start - margin}
              onActive={onActive}
            />
          ) : (
            <div key="more" className={classes.more} style={style} aria-hidden="true">
              <Skeleton height={14} width="40%" />
            </div>
          );
        })}
      </div>
    </div>
  );
}

const COLUMNS = ['name', 'contact', 'place', 'through', 'changed'] as const;

interface GridRowProps {
  readonly id: string;
  readonly row: Row;
  readonly index: number;
  readonly active: boolean;
  /** Where it begins, in pixels. */
  readonly start: number;
  onActive(index: number): void;
}

/** Drawn again when it becomes another or the active one, not whenever the list moves. */
const GridRow = memo(function GridRow({
  id,
  row: { customer, match, because },
  index,
  active,
  start,
  onActive,
}: GridRowProps) {
  const t = useTexts(texts);
  const shared = useTexts(sharedTexts);
  const format = useFormat();
  const place = [customer.city, customer.country && format.country(customer.country)].filter(Boolean);
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      className={classes.row}
      style={{ transform: `translateY(${start}px)` }}
      tabIndex={-1}
      onPointerMove={active ? undefined : () => onActive(index)}
    >
      <div role="gridcell" className={classes.name} tabIndex={-1}>
        <span className={classes.kind} title={shared.kind[customer.kind]}>
          <Icon name={customer.kind === 'business' ? 'building' : 'person'} size={16} />
          <span className="visually-hidden">{shared.kind[customer.kind]}</span>
        </span>
        {/* Its reach is the whole row, so that every way to open a link works on it. */}
        <Link to="/customers/$id" params={{ id: customer.id }} tabIndex={-1} className={classes.link}>
          {customer.name}
        </Link>
        <span className={classes.number}>{customer.number}</span>
        {because && <span className={classes.match}>{because}</span>}
        {match === 'similar' && !because && <span className={classes.match}>{t.similar}</span>}
        {match === 'id' && <span className={classes.match}>{t.byId}</span>}
        {(customer.archived || customer.status === 'inactive') && (
          <Status status={customer.status} archived={customer.archived} />
        )}
      </div>
      <div role="gridcell" className={classes.contact} tabIndex={-1}>
        {customer.email ?? customer.phone ?? ''}
      </div>
      <div role="gridcell" className={classes.place} tabIndex={-1}>
        {place.join(', ')}
      </div>
      <div role="gridcell" className={classes.through} tabIndex={-1}>
        <DialectBadge name={customer.createdBy} />
      </div>
      <div role="gridcell" className={classes.changed} tabIndex={-1}>
        {format.date(customer.updatedAt)}
      </div>
    </div>
  );
});
