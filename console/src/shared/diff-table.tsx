/** Fields before and after a change. */
import { useTexts } from '../i18n/language.tsx';
import classes from './diff-table.module.css';
import { sharedTexts } from './texts.ts';

export interface DiffRow {
  readonly path: string;
  /** What people call the field; the path where it has no name. */
  readonly label?: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A value as one reads it: texts as they are, everything else as JSON. Always text, never markup. */
export const shown = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 2);

export function DiffTable({
  rows,
  caption,
}: {
  readonly rows: readonly DiffRow[];
  readonly caption: string;
}) {
  const t = useTexts(sharedTexts);
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.field}</th>
            <th scope="col">{t.before}</th>
            <th scope="col">{t.after}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ path, label, before, after }) => (
            <tr key={path}>
              <th scope="row">{label ?? path}</th>
              <td>
                <Value value={before} side="before" />
              </td>
              <td>
                <Value value={after} side="after" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ value, side }: { readonly value: unknown; readonly side: 'before' | 'after' }) {
  const t = useTexts(sharedTexts);
  if (value === null || value === undefined || value === '')
    return <span className={classes.nothing}>{t.nothing}</span>;
  // `del` and `ins` say it to those who do not see the colours.
  return side === 'before' ? <del>{shown(value)}</del> : <ins>{shown(value)}</ins>;
}
