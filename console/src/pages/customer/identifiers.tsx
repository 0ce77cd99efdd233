/** How each system calls the customer. */
import { useTexts } from '../../i18n/language.tsx';
import { Copy } from '../../shared/copy.tsx';
import { DialectBadge, useDialectTitle } from '../../shared/dialect.tsx';
import classes from './layout.module.css';
import { texts } from './texts.ts';

export interface IdentifiersProps {
  /** By the dialect's name. */
  readonly ids: Readonly<Record<string, string>>;
  /** The record's own id. */
  readonly own: string;
}

export function Identifiers({ ids, own }: IdentifiersProps) {
  const t = useTexts(texts);
  const title = useDialectTitle();
  const all = Object.entries({ concord: own, ...ids });
  return (
    <ul className={classes.ids} aria-label={t.ids}>
      {all.map(([dialect, id]) => (
        <li key={dialect} className={classes.id}>
          <DialectBadge name={dialect} />
          <code title={id}>{id}</code>
          <Copy value={id} what={t.idIn(title(dialect))} />
        </li>
      ))}
    </ul>
  );
}
