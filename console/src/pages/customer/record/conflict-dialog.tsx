/** Both changed the same fields: before, yours, theirs. Each field is chosen, and what comes of it is seen before it is saved. */
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { useDialectTitle } from '../../../shared/dialect.tsx';
import { DiffTable } from '../../../shared/diff-table.tsx';
import type { Question } from './edit-session.ts';
import { withHolders } from './holders.ts';
import { useLabels } from './labels.ts';
import { mergeRecord } from './merge-record.ts';
import { provenanceQuery } from './provenance.tsx';
import { actsAt } from './provenance-paths.ts';
import classes from './record.module.css';
import { useRecord, useSaving } from './record-context.tsx';
import { texts } from './texts.ts';
import { type Conflict, changedPaths, type Side } from './three-way.ts';

export function ConflictDialog() {
  const t = useTexts(texts);
  const { question } = useSaving();
  return (
    <Modal
      opened={question !== undefined}
      onClose={() => question?.answer(undefined)}
      title={t.conflict.title}
      size="xl"
      closeOnClickOutside={false}
    >
      {question && <Choice question={question} />}
    </Modal>
  );
}

type Choices = Readonly<Record<string, Side>>;

function Choice({ question }: { readonly question: Question }) {
  const t = useTexts(texts);
  const format = useFormat();
  const [choices, setChoices] = useState<Choices>({});
  const { conflicts } = question;
  const left = conflicts.filter(({ path }) => choices[path] === undefined).length;
  const all = (side: Side) => (): void =>
    setChoices(Object.fromEntries(conflicts.map(({ path }) => [path, side])));
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        if (left === 0) question.answer(choices);
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t.conflict.lead}</Text>
        {conflicts.length > 1 && (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={all('mine')}>
              {t.conflict.allMine}
            </Button>
            <Button size="xs" variant="default" onClick={all('theirs')}>
              {t.conflict.allTheirs}
            </Button>
          </Group>
        )}
        {conflicts.map((conflict, at) => (
          <ConflictField
            key={conflict.path}
            conflict={conflict}
            question={question}
            side={choices[conflict.path]}
            onChoose={side => setChoices({ ...choices, [conflict.path]: side })}
            first={at === 0}
          />
        ))}
        {left === 0 && <Result question={question} choices={choices} />}
        <Group justify="flex-end" gap="sm">
          <Text size="sm" c="dimmed" role="status">
            {left > 0 && t.conflict.undecided(format.number(left))}
          </Text>
          <Button variant="default" onClick={() => question.answer(undefined)}>
            {t.conflict.later}
          </Button>
          <Button type="submit" disabled={left > 0}>
            {t.conflict.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ConflictField(props: {
  readonly conflict: Conflict;
  readonly question: Question;
  readonly side: Side | undefined;
  readonly first: boolean;
  readonly onChoose: (side: Side) => void;
}) {
  const { conflict, question, side, first, onChoose } = props;
  const { path } = conflict;
  const t = useTexts(texts);
  const labels = useLabels();
  const by = useAuthor(path);
  const removed = (value: unknown): boolean => value === undefined && /\//.test(path);
  const text = (value: unknown, record: Question['base']): string | undefined =>
    removed(value) ? t.conflict.removed : labels.value(path, value, record);
  const option = (of: Side, value: unknown, record: Question['base'], note?: string) => (
    // biome-ignore lint/a11y/noLabelWithoutControl: the radio within is its control.
    <label className={classes.option} data-chosen={side === of || undefined}>
      <Radio
        value={of}
        aria-label={`${of === 'mine' ? t.conflict.mine : t.conflict.theirs}: ${text(value, record) ?? t.empty}`}
        {...(first && of === 'mine' && { 'data-autofocus': true })}
      />
      <span>
        <span className={classes.optionName}>{of === 'mine' ? t.conflict.mine : t.conflict.theirs}</span>
        <Value text={text(value, record)} />
        {note && <span className={classes.optionNote}>{note}</span>}
      </span>
    </label>
  );
  return (
    <Radio.Group
      value={side ?? null}
      onChange={value => onChoose(value as Side)}
      label={labels.path(path, { ...question.base, ...question.theirs })}
      classNames={{ label: classes.conflictLabel! }}
    >
      <div className={classes.conflict}>
        <div className={classes.option} data-base>
          <span>
            <span className={classes.optionName}>{t.conflict.base}</span>
            <Value text={text(conflict.base, question.base)} />
          </span>
        </div>
        {option('mine', conflict.mine, question.mine)}
        {option('theirs', conflict.theirs, question.theirs, by)}
      </div>
    </Radio.Group>
  );
}

function Value({ text }: { readonly text: string | undefined }) {
  const t = useTexts(texts);
  return text === undefined ? (
    <span className={classes.nothing}>{t.empty}</span>
  ) : (
    <span className={classes.optionValue}>{text}</span>
  );
}

/** Who changed it: known a moment later, and not needed to choose. */
function useAuthor(path: string): string | undefined {
  const t = useTexts(texts);
  const title = useDialectTitle();
  const format = useFormat();
  const { customer } = useRecord();
  const { data } = useQuery({ ...provenanceQuery(customer.id), refetchOnMount: 'always' });
  const act = data && actsAt(data.fields, path)[0]?.act;
  return act && `${t.conflict.by(act.actor, title(act.dialect))} · ${format.ago(act.at)}`;
}

function Result({ question, choices }: { readonly question: Question; readonly choices: Choices }) {
  const t = useTexts(texts);
  const labels = useLabels();
  const { base, mine, theirs } = question;
  const { merged } = mergeRecord(base, mine, theirs, choices);
  const [before, after] = [withHolders(theirs), withHolders(merged)];
  const rows = changedPaths('', before, after).map(path => ({
    path,
    label: labels.path(path, merged),
    before: labels.value(path, valueAt(before, path), theirs),
    after: labels.value(path, valueAt(after, path), merged),
  }));
  return (
    <section aria-live="polite">
      <Text fw={600} size="sm" mb={4}>
        {t.conflict.result}
      </Text>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t.conflict.nothing}
        </Text>
      ) : (
        <DiffTable rows={rows} caption={t.conflict.result} />
      )}
    </section>
  );
}

function valueAt(record: unknown, path: string): unknown {
  return path.split('/').reduce<unknown>((value, name) => {
    if (Array.isArray(value)) {
      return value.find(each => each.id === name || each.customerId === name || each.kind === name);
    }
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }, record);
}
