/** One change on the line of time. */
import { ActionIcon, Button, CopyButton, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, type Ref, useId } from 'react';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Ago } from '../../../shared/ago.tsx';
import { DialectBadge, useDialectColour } from '../../../shared/dialect.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { sharedTexts } from '../../../shared/texts.ts';
import { pathLabel, placeOf } from '../../../words/path-words.ts';
import { isTechnical } from '../../../words/sentence.ts';
import { type FieldRow, FieldTable } from './field-table.tsx';
import classes from './page.module.css';
import type { Change, Revert } from './queries.ts';
import { texts } from './texts.ts';
import { Sentence, useWords } from './words.tsx';

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

/** That a customer came or went is not taken back field by field. */
export const isRevertible = ({ erased, fields }: Change): boolean =>
  !erased && fields.length > 0 && !fields.some(({ path }) => path === 'id');

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

interface Parted {
  readonly plain: readonly FieldRow[];
  readonly technical: readonly FieldRow[];
  readonly wordings: ReadonlyMap<string, readonly FieldRow[]>;
}

/** Fields, and apart from them those that few ask for, and how the systems worded them. */
function parted(fields: readonly FieldRow[]): Parted {
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

function Fields({
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

function Wording({
  dialect,
  ...props
}: ChangeItemProps & { readonly dialect: string; readonly rows: readonly FieldRow[] }) {
  const t = useTexts(texts);
  const format = useFormat();
  const words = useWords();
  const title = t.wording(format.number(props.rows.length), words.dialect(dialect));
  return <Folded {...props} title={title} hint={t.wordingHint} />;
}

function Folded({
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

function Foot({
  change,
  mayRevert,
  link,
  folding,
  onRevert,
  onAsItWas,
}: ChangeItemProps & { readonly folding: ReactNode }) {
  const t = useTexts(texts);
  const s = useTexts(sharedTexts);
  const format = useFormat();
  const [opened, { toggle }] = useDisclosure(false);
  const facts = useId();
  return (
    <>
      <div className={classes.foot}>
        {folding}
        {mayRevert && isRevertible(change) && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Icon name="undo" size={14} />}
            onClick={() => onRevert({ sequence: change.sequence })}
          >
            {t.takeBack}
          </Button>
        )}
        {!change.erased && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            c="var(--ink-soft)"
            leftSection={<Icon name="clock" size={14} />}
            onClick={() => onAsItWas(change.at)}
          >
            {t.asAfter}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          c="var(--ink-soft)"
          onClick={toggle}
          aria-expanded={opened}
          aria-controls={facts}
        >
          {t.details}
        </Button>
      </div>
      <div id={facts} hidden={!opened} className={classes.body}>
        <dl className={classes.facts}>
          <dt>{t.sequence}</dt>
          <dd className="tabular">
            {change.sequence}, {format.dateTime(change.at, 'seconds')}{' '}
            <CopyButton value={link} timeout={1_500}>
              {({ copied, copy }) => (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={copy}
                  aria-label={`${copied ? s.copied : s.copy}: ${t.link}`}
                >
                  {copied ? s.copied : `${s.copy}: ${t.link}`}
                </Button>
              )}
            </CopyButton>
          </dd>
          <dt>{t.request}</dt>
          <dd>
            <code>{change.requestId}</code>
          </dd>
          {change.event !== null && (
            <>
              <dt>{t.event}</dt>
              <dd>
                <code>{change.event}</code>
              </dd>
            </>
          )}
        </dl>
      </div>
    </>
  );
}
