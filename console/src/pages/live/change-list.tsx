/** The changes, of which only those in sight are in the page. Stands still while somebody reads further down. */
import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { Icon } from '../../shared/icons.tsx';
import { ChangeRow } from './change-row.tsx';
import { type Change, keyOf } from './entries.ts';
import classes from './page.module.css';
import { texts } from './texts.ts';

/** Pixels of a row before it is measured. */
const ROW_ESTIMATE = 68;
const OVERSCAN = 6;
/** Who has scrolled less than this still looks at the top. */
const TOP_PIXELS = 4;

export interface ChangeListProps {
  readonly changes: readonly Change[];
  readonly held: number;
  readonly paused: boolean;
  onHold(holding: boolean): void;
}

export function ChangeList({ changes, held, paused, onHold }: ChangeListProps) {
  const t = useTexts(texts);
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: changes.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_ESTIMATE,
    overscan: OVERSCAN,
    getItemKey: index => keyOf(changes[index]!),
  });
  // The list may go away while it is held, for example with the filter.
  const release = useRef(onHold);
  release.current = onHold;
  useEffect(() => () => release.current(false), []);
  const toTop = (): void => {
    rows.scrollToOffset(0);
    onHold(false);
    box.current?.focus();
  };
  return (
    <div className={classes.frame}>
      {held > 0 && !paused && (
        <Button
          className={classes.fresh!}
          size="xs"
          radius="xl"
          leftSection={<Icon name="chevronUp" size={14} />}
          onClick={toTop}
        >
          {t.showNew(format.number(held))}
        </Button>
      )}
      <section
        ref={box}
        className={classes.box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by the keyboard.
        tabIndex={0}
        aria-label={t.list}
        onScroll={event => onHold(event.currentTarget.scrollTop > TOP_PIXELS)}
      >
        <ol className={classes.list} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(row => (
            <li
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              aria-setsize={changes.length}
              aria-posinset={row.index + 1}
              className={classes.row}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <ChangeRow change={changes[row.index]!} />
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
