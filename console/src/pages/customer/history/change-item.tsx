/** One change on the line of time. */
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type Ref, useId } from 'react';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Ago } from '../../../shared/ago.tsx';
import { DialectBadge, useDialectColour } from '../../../shared/dialect.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { Fields, Folded, parted, Wording } from './change-fields.tsx';
import { Foot } from './change-foot.tsx';
import classes from './page.module.css';
import type { Change, Revert } from './queries.ts';
import { texts } from './texts.ts';
import { Sentence } from './words.tsx';

export interface ChangeItemProps {
  readonly change: Change;
  readonly isLinked: boolean;
  readonly isNew: boolean;
  readonly mayRevert: boolean;
  /** The address of this change. */
  readonly link: string;
  readonly cardRef?: Ref<HTMLElement> | undefined;
  onRevert(revert: Revert): void;
  onAsItWas(at: string): void;
}

/** More fields than these are folded away. */
const SHOWN_AT_ONCE = 6;

export function ChangeItem(props: ChangeItemProps) {
  const { change, isLinked, isNew, cardRef } = props;
  const t = useTexts(texts);
  const colour = useDialectColour();
  const format = useFormat();
  const heading = useId();
  const { plain, technical, wordings } = parted(change.fields);
  const folds = plain.length > SHOWN_AT_ONCE && !isLinked;
  const [opened, { toggle }] = useDisclosure(!folds);
  return (
    <li
      className={classes.change}
      data-colour={colour(change.dialect)}
      data-linked={isLinked || undefined}
      data-new={isNew || undefined}
      data-sequence={change.sequence}
    >
      <article className={classes.card} aria-labelledby={heading} ref={cardRef} tabIndex={-1}>
        <h4 className={classes.sentence} id={heading}>
          <Sentence change={change} />
        </h4>
        <div className={classes.meta}>
          <Ago at={change.at} />
          <span aria-hidden="true">·</span>
          <span className="tabular">{format.time(change.at)}</span>
          <DialectBadge name={change.dialect} />
        </div>
        {change.erased && <p className={classes.note}>{t.erased}</p>}
        {plain.length > 0 && opened && (
          <div className={classes.body}>
            <Fields {...props} rows={plain} caption={t.title} />
          </div>
        )}
        {technical.length > 0 && opened && (
          <Folded {...props} title={t.technical(format.number(technical.length))} rows={technical} />
        )}
        {[...wordings].map(([dialect, rows]) => (
          <Wording key={dialect} {...props} dialect={dialect} rows={rows} />
        ))}
        <Foot
          {...props}
          folding={
            plain.length > SHOWN_AT_ONCE ? (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={toggle}
                aria-expanded={opened}
                rightSection={<Icon name={opened ? 'chevronUp' : 'chevronDown'} size={14} />}
              >
                {opened ? t.hideFields : t.fields(format.number(plain.length))}
              </Button>
            ) : null
          }
        />
      </article>
    </li>
  );
}
