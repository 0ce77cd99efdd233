/** Fields before and after, with the words that differ marked, and a button beside each where there is one. */
import type { ReactNode } from 'react';
import { useTexts } from '../../../i18n/language.tsx';
import { sharedTexts } from '../../../shared/texts.ts';
import { fieldLabel, pathLabel, placeOf } from '../../../words/path-words.ts';
import { type Piece, wordDifference } from '../../../words/word-difference.ts';
import classes from './field-table.module.css';
import { useValueWords, useWords } from './words.tsx';

export interface FieldRow {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface FieldTableProps {
  readonly rows: readonly FieldRow[];
  readonly caption: string;
  readonly before: string;
  readonly after: string;
  /** Values are not known any more. */
  readonly erased?: boolean;
  /** For a field, or for an item that came or went as a whole. */
  readonly action?: (path: string) => ReactNode;
}

export function FieldTable({ rows, caption, before, after, erased = false, action }: FieldTableProps) {
  const t = useTexts(sharedTexts);
  const words = useWords();
  const columns = erased ? 1 : 3;
  return (
    <table className={classes.table}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t.field}</th>
          {!erased && <th scope="col">{before}</th>}
          {!erased && <th scope="col">{after}</th>}
          {action && (
            <td>
              <span className="visually-hidden" />
            </td>
          )}
        </tr>
      </thead>
      {grouped(rows).map(({ item, rows: ofGroup }) => (
        <tbody key={item ?? ofGroup[0]!.path}>
          {item !== undefined && (
            <tr className={classes.item}>
              <th scope="rowgroup" colSpan={columns}>
                {pathLabel(item, words)}
              </th>
              {action && <td className={classes.action}>{isWhole(ofGroup) && action(item)}</td>}
            </tr>
          )}
          {ofGroup.map(row => (
            <tr key={row.path}>
              <th scope="row">
                {item === undefined ? pathLabel(row.path, words) : fieldLabel(row.path, item, words)}
              </th>
              {!erased && <Values row={row} before={before} after={after} />}
              {action && (
                <td className={classes.action}>
                  {(item === undefined || !isWhole(ofGroup)) && action(row.path)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

interface Group {
  /** The path of what the rows belong to; absent for rows that stand alone. */
  readonly item: string | undefined;
  readonly rows: readonly FieldRow[];
}

/** So many fields of one item are told below its name, and not each with it. */
const TOGETHER = 2;

function grouped(rows: readonly FieldRow[]): Group[] {
  const groups: { item: string | undefined; rows: FieldRow[] }[] = [];
  for (const row of rows) {
    const item = itemOf(row.path);
    const last = groups.at(-1);
    if (last && last.item === item) last.rows.push(row);
    else groups.push({ item, rows: [row] });
  }
  return groups.flatMap((group): Group[] =>
    group.item !== undefined && group.rows.length < TOGETHER
      ? group.rows.map(row => ({ item: undefined, rows: [row] }))
      : [group],
  );
}

/** The item came or went: its fields are not taken back one by one. */
const isWhole = (rows: readonly FieldRow[]): boolean =>
  rows.every(({ before }) => before === null) || rows.every(({ after }) => after === null);

/** `addresses/<id>` of what lies below it. */
function itemOf(path: string): string | undefined {
  const { items } = placeOf(path);
  return items.length === 0
    ? undefined
    : path
        .split('/')
        .slice(0, items.length * 2)
        .join('/');
}

function Values({
  row: { path, before, after },
  ...titles
}: {
  readonly row: FieldRow;
  readonly before: string;
  readonly after: string;
}) {
  const shown = useValueWords();
  const [from, to] = [shown(path, before), shown(path, after)];
  const pieces = from === undefined || to === undefined ? undefined : wordDifference(from, to);
  return (
    <>
      <td data-title={titles.before}>
        <Side text={from} pieces={pieces?.before} side="before" />
      </td>
      <td data-title={titles.after}>
        <Side text={to} pieces={pieces?.after} side="after" />
      </td>
    </>
  );
}

interface SideProps {
  readonly text: string | undefined;
  readonly pieces: readonly Piece[] | undefined;
  readonly side: 'before' | 'after';
}

function Side({ text, pieces, side }: SideProps) {
  const t = useTexts(sharedTexts);
  if (text === undefined) return <span className={classes.nothing}>{t.nothing}</span>;
  // `del` and `ins` say it to those who do not see the colours.
  const Whole = side === 'before' ? 'del' : 'ins';
  return (
    <Whole className={classes.value}>
      {(pieces ?? [{ text, isSame: false }]).map((piece, at) =>
        piece.isSame ? (
          piece.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text do not move.
          <mark key={at} className={classes.changed}>
            {piece.text}
          </mark>
        ),
      )}
    </Whole>
  );
}
