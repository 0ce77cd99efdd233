/** The line of time: changes by day, newest first, older ones as one goes down. */
import { Button, Loader } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { Problem } from '../../../shared/problem.tsx';
import { ChangeItem } from './change-item.tsx';
import { NotFoundNotice, NothingHere } from './notices.tsx';
import classes from './page.module.css';
import type { Change, Revert } from './queries.ts';
import type { HistorySearch } from './search.ts';
import { texts } from './texts.ts';

export interface TimelineProps {
  readonly changes: readonly Change[];
  readonly search: HistorySearch;
  /** The sequence of the change that just came in. */
  readonly arrived: number | undefined;
  readonly mayRevert: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly error: unknown;
  /** Up to when changes were archived. */
  readonly archivedUntil: string | null;
  linkTo(sequence: number): string;
  onMore(): void;
  onRevert(revert: Revert): void;
  onAsItWas(at: string): void;
  onShowAll(): void;
}

/** A filter that leaves fewer than these asks for more by itself. */
const ENOUGH = 10;

export function Timeline(props: TimelineProps) {
  const { changes, search, hasMore, isLoadingMore, error, archivedUntil, onMore } = props;
  const t = useTexts(texts);
  const format = useFormat();
  const shown =
    search.dialect === undefined ? changes : changes.filter(({ dialect }) => dialect === search.dialect);
  const isLinkedThere =
    search.change === undefined || shown.some(({ sequence }) => sequence === search.change);
  const wantsMore = hasMore && !isLoadingMore && !error && (!isLinkedThere || shown.length < ENOUGH);
  useEffect(() => {
    if (wantsMore) onMore();
  }, [wantsMore, onMore]);
  const linked = useLinked(search.change, isLinkedThere);
  const isFiltered = search.dialect !== undefined;
  if (shown.length === 0 && !hasMore && (isFiltered || archivedUntil === null)) {
    return <NothingHere isFiltered={isFiltered} onShowAll={props.onShowAll} />;
  }
  return (
    <>
      {!isLinkedThere && !hasMore && <NotFoundNotice />}
      {byDay(shown).map(({ day, changes: ofDay }) => (
        <section key={day}>
          <Day day={day} />
          <ol className={classes.timeline}>
            {ofDay.map(change => (
              <ChangeItem
                key={`${change.sequence} ${change.sequence === search.change}`}
                change={change}
                isLinked={change.sequence === search.change}
                isNew={change.sequence === props.arrived}
                mayRevert={props.mayRevert}
                link={props.linkTo(change.sequence)}
                cardRef={change.sequence === search.change ? linked : undefined}
                onRevert={props.onRevert}
                onAsItWas={props.onAsItWas}
              />
            ))}
          </ol>
        </section>
      ))}
      {error ? (
        <Problem error={error} onRetry={onMore} />
      ) : hasMore ? (
        <More isLoading={isLoadingMore} onMore={onMore} />
      ) : (
        <p className={classes.end}>
          {archivedUntil === null ? t.beginning : t.archived(format.date(archivedUntil))}
        </p>
      )}
    </>
  );
}

/** Leads to the change that the address names, once it is there. */
function useLinked(sequence: number | undefined, isThere: boolean) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (sequence === undefined || !isThere || !card.current) return;
    card.current.scrollIntoView({ block: 'center' });
    card.current.focus({ preventScroll: true });
  }, [sequence, isThere]);
  return card;
}

function byDay(changes: readonly Change[]): { readonly day: string; readonly changes: readonly Change[] }[] {
  const days = new Map<string, Change[]>();
  for (const change of changes) {
    const day = localDay(new Date(change.at));
    const ofDay = days.get(day);
    if (ofDay) ofDay.push(change);
    else days.set(day, [change]);
  }
  return [...days].map(([day, ofDay]) => ({ day, changes: ofDay }));
}

/** Of the person's own clock. */
const localDay = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map(part => String(part).padStart(2, '0'))
    .join('-');

function Day({ day }: { readonly day: string }) {
  const t = useTexts(texts);
  const format = useFormat();
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  const name =
    day === localDay(new Date()) ? t.today : day === localDay(yesterday) ? t.yesterday : format.date(day);
  return <h3 className={classes.day}>{name}</h3>;
}

/** Asks for more when it comes into sight; a button for those who do not scroll. */
function More({ isLoading, onMore }: { readonly isLoading: boolean; onMore(): void }) {
  const t = useTexts(texts);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!button.current || isLoading) return;
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(), {
      rootMargin: '400px',
    });
    seen.observe(button.current);
    return () => seen.disconnect();
  }, [isLoading, onMore]);
  return (
    <Button
      ref={button}
      variant="subtle"
      ml={22}
      onClick={onMore}
      disabled={isLoading}
      leftSection={isLoading ? <Loader size={14} /> : <Icon name="chevronDown" size={16} />}
    >
      {t.older}
    </Button>
  );
}
