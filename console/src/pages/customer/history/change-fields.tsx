/** The fields of one change: those that people ask for, and folded away the technical ones and the wordings. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { pathLabel, placeOf } from '../../../words/path-words.ts';
import { isTechnical } from '../../../words/sentence.ts';
import type { ChangeItemProps } from './change-item.tsx';
import { type FieldRow, FieldTable } from './field-table.tsx';
import classes from './page.module.css';
import type { Change } from './queries.ts';
import { texts } from './texts.ts';
import { useWords } from './words.tsx';

/** That a customer came or went is not taken back field by field. */
export const isRevertible = ({ erased, fields }: Change): boolean =>
  !erased && fields.length > 0 && !fields.some(({ path }) => path === 'id');

export interface Parted {
  readonly plain: readonly FieldRow[];
  readonly technical: readonly FieldRow[];
  readonly wordings: ReadonlyMap<string, readonly FieldRow[]>;
}

/** Fields, and apart from them those that few ask for, and how the systems worded them. */
export function parted(fields: readonly FieldRow[]): Parted {
  const plain: FieldRow[] = [];
  const technical: FieldRow[] = [];
  const wordings = new Map<string, FieldRow[]>();
  for (const field of fields) {
    const { target } = placeOf(field.path);
    if (target?.kind === 'wording') {
      wordings.set(target.dialect, [...(wordings.get(target.dialect) ?? []), field]);
    } else if (isTechnical(field.path)) technical.push(field);
    else plain.push(field);
  }
  return plain.length > 0 ? { plain, technical, wordings } : { plain: technical, technical: [], wordings };
}

export function Fields({
  change,
  mayRevert,
  onRevert,
  rows,
  caption,
}: ChangeItemProps & { readonly rows: readonly FieldRow[]; readonly caption: string }) {
  const t = useTexts(texts);
  const words = useWords();
  const { sequence } = change;
  const showsButtons = mayRevert && isRevertible(change) && change.fields.length > 1;
  return (
    <FieldTable
      rows={rows}
      caption={caption}
      before={t.was}
      after={t.became}
      erased={change.erased}
      {...(showsButtons && {
        action: (path: string) => (
          <Tooltip label={t.takeBack}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t.takeBackField(pathLabel(path, words))}
              onClick={() => onRevert({ sequence, path })}
            >
              <Icon name="undo" size={14} />
            </ActionIcon>
          </Tooltip>
        ),
      })}
    />
  );
}

export function Wording({
  dialect,
  ...props
}: ChangeItemProps & { readonly dialect: string; readonly rows: readonly FieldRow[] }) {
  const t = useTexts(texts);
  const format = useFormat();
  const words = useWords();
  const title = t.wording(format.number(props.rows.length), words.dialect(dialect));
  return <Folded {...props} title={title} hint={t.wordingHint} />;
}

export function Folded({
  title,
  hint,
  ...props
}: ChangeItemProps & {
  readonly title: string;
  readonly hint?: string;
  readonly rows: readonly FieldRow[];
}) {
  return (
    <details className={classes.wording}>
      <summary>{title}</summary>
      {hint !== undefined && <p className={classes.note}>{hint}</p>}
      <div className={classes.body}>
        <Fields {...props} caption={title} />
      </div>
    </details>
  );
}
