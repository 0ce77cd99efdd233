/** What a system cannot tell of the customer, and why: fields by reason. */
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { pathLabel, type Words } from '../../../words/path-words.ts';
import type { View } from './queries.ts';
import { reasonIn } from './reasons.ts';
import { texts } from './texts.ts';
import classes from './view-column.module.css';

export function Omissions({ view, words }: { readonly view: View; readonly words: Words }) {
  const t = useTexts(texts);
  const format = useFormat();
  const count = view.omitted.length;
  if (count === 0) {
    return (
      <p className={classes.tellsAll}>
        <Icon name="check" size={14} /> {t.tellsAll}
      </p>
    );
  }
  const byReason = Map.groupBy(view.omitted, ({ reason }) => reason);
  return (
    <details className={classes.omissions}>
      <summary>{count === 1 ? t.cannotTellOne : t.cannotTell(format.number(count))}</summary>
      {[...byReason].map(([reason, omitted]) => (
        <div key={reason}>
          <h4>{reasonIn(words.language, reason, view.title)}</h4>
          <ul>
            {omitted.map(({ path }) => (
              <li key={path}>{pathLabel(path, words)}</li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
}
