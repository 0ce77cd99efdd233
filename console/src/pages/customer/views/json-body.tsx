/** One body as coloured JSON, with the marks of the page. Every value is text, never markup. */
import { memo } from 'react';
import { useTexts } from '../../../i18n/language.tsx';
import classes from './json-body.module.css';
import { type JsonLine, type Leaf, linesOf } from './json-lines.ts';
import { isInOwnWords, type RecordTexts, textOf } from './own-words.ts';
import { texts } from './texts.ts';

export interface JsonBodyProps {
  readonly body: unknown;
  readonly label: string;
  readonly record: RecordTexts;
  /** In small letters. */
  readonly find: string;
  /** The value that is pointed at, wherever it stands. */
  readonly pointed: string | undefined;
  /** Pointers of values that changed a moment ago. */
  readonly changed: ReadonlySet<string>;
}

export const JsonBody = memo(function JsonBody({
  body,
  label,
  record,
  find,
  pointed,
  changed,
}: JsonBodyProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wide scrolls in its own box, by keyboard too.
    <section className={classes.scroll} tabIndex={0} aria-label={label}>
      <pre className={classes.body}>
        {linesOf(body).map(line => (
          <Line
            key={line.pointer}
            line={line}
            isOwn={line.bracket === undefined && isInOwnWords(line.value as Leaf, record)}
            isPointed={
              pointed !== undefined && line.bracket === undefined && textOf(line.value as Leaf) === pointed
            }
            isChanged={changed.has(line.pointer)}
            find={find}
          />
        ))}
      </pre>
    </section>
  );
});

interface LineProps {
  readonly line: JsonLine;
  readonly isOwn: boolean;
  readonly isPointed: boolean;
  readonly isChanged: boolean;
  readonly find: string;
}

const Line = memo(function Line({ line, isOwn, isPointed, isChanged, find }: LineProps) {
  const { depth, name, bracket, value, continues } = line;
  return (
    <span className={classes.line} style={{ paddingInlineStart: `${depth * 1.1 + 0.4}em` }}>
      {name !== undefined && (
        <>
          <span className={classes.name}>{JSON.stringify(name)}</span>
          <span className={classes.mark}>: </span>
        </>
      )}
      {bracket === undefined ? (
        <Value value={value as Leaf} isOwn={isOwn} isPointed={isPointed} isChanged={isChanged} find={find} />
      ) : (
        <span className={classes.mark}>{bracket}</span>
      )}
      {continues && <span className={classes.mark}>,</span>}
      {'\n'}
    </span>
  );
});

const kindOf = (value: Leaf): string => (value === null ? 'null' : typeof value);

function Value({
  value,
  isOwn,
  isPointed,
  isChanged,
  find,
}: Omit<LineProps, 'line'> & { readonly value: Leaf }) {
  const t = useTexts(texts);
  const text = JSON.stringify(value);
  const isFound = find !== '' && textOf(value).toLocaleLowerCase().includes(find);
  const shown = isFound ? <mark className={classes.found}>{text}</mark> : text;
  return (
    <span
      className={classes[kindOf(value)]}
      data-text={textOf(value)}
      data-own={isOwn || undefined}
      data-pointed={isPointed || undefined}
      data-changed={isChanged || undefined}
    >
      {shown}
      {isChanged && <Said>{t.mark.changed}</Said>}
      {isOwn && <Said>{t.mark.own}</Said>}
    </span>
  );
}

/** A mark for the ear: it is no part of the JSON that one selects and copies. */
const Said = ({ children }: { readonly children: string }) => (
  <span className={`visually-hidden ${classes.said}`}> ({children})</span>
);
