/** Where a value comes from, on hover or focus of any field: who set it, through which API, when. Looked up when first asked. */
import { useQuery } from '@tanstack/react-query';
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { api, bodyOf, type Schema } from '../../../api/client.ts';
import { customerKey } from '../../../api/customer.ts';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Ago } from '../../../shared/ago.tsx';
import { DialectBadge } from '../../../shared/dialect.tsx';
import { AnchorLink } from '../../../shared/links.tsx';
import { useExplain } from '../../../shared/problem.tsx';
import { useLabels } from './labels.ts';
import { actsAt } from './provenance-paths.ts';
import classes from './record.module.css';
import { useRecord } from './record-context.tsx';
import { texts } from './texts.ts';

/** Passing over a field asks nothing; resting on it does. */
const OPEN_MILLISECONDS = 500;
/** Long enough to reach the popover with the pointer. */
const CLOSE_MILLISECONDS = 250;
const WIDTH_PIXELS = 300;
const MARGIN_PIXELS = 12;

export const provenanceQuery = (id: string) => ({
  queryKey: [...customerKey(id), 'provenance'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    bodyOf(api.GET('/concord/v1/customers/{id}/provenance', { params: { path: { id } }, signal })),
});

interface Target {
  readonly element: HTMLElement;
  readonly path: string;
}

const targetOf = (node: EventTarget): Target | undefined => {
  const element = node instanceof Element ? node.closest<HTMLElement>('[data-path]') : null;
  return element ? { element, path: element.dataset.path! } : undefined;
};

/** Beside the value, so that Tab leads from it into the popover. A definition list holds nothing but terms and values. */
const placeIn = (element: HTMLElement): HTMLElement => element.querySelector('dd') ?? element;

export function ProvenanceArea({ children }: { readonly children: ReactNode }) {
  const [target, setTarget] = useState<Target>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pointed = useRef<HTMLElement>(undefined);
  const after = (milliseconds: number, next: Target | undefined): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setTarget(next), milliseconds);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const onMouseOver = (event: MouseEvent): void => {
    const next = targetOf(event.target);
    if (next?.element === pointed.current) return;
    pointed.current = next?.element;
    after(next ? OPEN_MILLISECONDS : CLOSE_MILLISECONDS, next);
  };
  const onFocus = (event: FocusEvent): void => {
    const next = targetOf(event.target);
    if (next?.element === target?.element) return;
    // A click edits: it must not show a popover on its way.
    if (next && !(event.target as Element).matches(':focus-visible')) return;
    after(OPEN_MILLISECONDS, next);
  };
  const onBlur = (event: FocusEvent): void => {
    if (target && !target.element.contains(event.relatedTarget)) after(CLOSE_MILLISECONDS, undefined);
  };
  const onClick = (event: MouseEvent): void => {
    const next = targetOf(event.target);
    clearTimeout(timer.current);
    // Where a field cannot be edited, a click or Enter shows at once where it comes from.
    const plain = (event.target as Element).closest('[data-plain]');
    if (plain && next) setTarget(next);
    else if (!next) setTarget(undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    clearTimeout(timer.current);
    setTarget(undefined);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens for the buttons within.
    <div
      onMouseOver={onMouseOver}
      onMouseLeave={() => {
        pointed.current = undefined;
        after(CLOSE_MILLISECONDS, undefined);
      }}
      onFocus={onFocus}
      onBlur={onBlur}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      {children}
      {target?.element.isConnected &&
        target.element.dataset.path === target.path &&
        createPortal(<ProvenancePopover key={target.path} target={target} />, placeIn(target.element))}
    </div>
  );
}

function ProvenancePopover({ target }: { readonly target: Target }) {
  const t = useTexts(texts);
  const explain = useExplain();
  const labels = useLabels();
  const { customer } = useRecord();
  const { data, error } = useQuery(provenanceQuery(customer.id));
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: 0, above: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: its height changes with what was found.
  useLayoutEffect(() => {
    const anchor = placeIn(target.element).getBoundingClientRect();
    const value = target.element.querySelector('button')?.getBoundingClientRect() ?? anchor;
    const height = box.current?.offsetHeight ?? 0;
    const right = document.documentElement.clientWidth - MARGIN_PIXELS - WIDTH_PIXELS;
    setPlace({
      left: Math.min(value.left - anchor.left, right - anchor.left),
      above:
        anchor.bottom + height + MARGIN_PIXELS > window.innerHeight && anchor.top > height + MARGIN_PIXELS,
    });
  }, [target, data, error]);
  const acts = data && actsAt(data.fields, target.path);
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={t.provenance.show(labels.path(target.path, customer))}
      className={classes.provenance}
      data-above={place.above || undefined}
      style={{ left: place.left, width: WIDTH_PIXELS }}
    >
      <p className={classes.provenanceTitle}>{t.provenance.title}</p>
      {acts?.map(({ act, names }) => (
        <ActShown key={act.sequence} act={act} names={acts.length > 1 ? names : []} />
      ))}
      {acts?.length === 0 && <p>{t.provenance.unknown}</p>}
      {!acts && <p role="status">{error ? explain(error) : t.provenance.loading}</p>}
    </div>
  );
}

function ActShown({ act, names }: { readonly act: Schema<'Act'>; readonly names: readonly string[] }) {
  const t = useTexts(texts);
  const format = useFormat();
  const { customer } = useRecord();
  const words = names.map(name => t.fields[name as keyof typeof t.fields]).filter(Boolean);
  const search = { change: act.sequence };
  return (
    <div className={classes.act}>
      {words.length > 0 && <p className={classes.actNames}>{format.list([...new Set(words)])}</p>}
      <p>
        {t.provenance.setBy(act.actor)} <DialectBadge name={act.dialect} />
      </p>
      <p className={classes.actTime}>
        <Ago at={act.at} /> · {format.dateTime(act.at)}
      </p>
      <p className={classes.actTime}>
        {t.provenance.request} <span className={classes.id}>{act.requestId}</span>
      </p>
      <AnchorLink to="/customers/$id/history" params={{ id: customer.id }} search={search} size="sm">
        {t.provenance.history}
      </AnchorLink>
    </div>
  );
}
