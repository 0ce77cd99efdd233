/** Custom fields: any JSON under a name, edited as text and checked before it is sent. */
import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { useRemove } from './actions.tsx';
import { type Editor, useEditor } from './editor.ts';
import { EditorForm } from './editor-form.tsx';
import { EntryMenu } from './entry-menu.tsx';
import { Shown } from './inline-field.tsx';
import { readJson, writeJson } from './json-value.ts';
import classes from './record.module.css';
import { useRecord } from './record-context.tsx';
import { AddButton, Section } from './section.tsx';
import { texts } from './texts.ts';

/** A field of the name `new` has another path. */
const NEW_PATH = 'customFields+';

interface Written {
  readonly name: string;
  /** JSON. */
  readonly text: string;
}

/** As in the paths of provenance. */
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

export function CustomFields() {
  const t = useTexts(texts);
  const format = useFormat();
  const { customer, editable } = useRecord();
  const added = useFieldEditor(NEW_PATH, { name: '', text: '""' });
  const names = Object.keys(customer.customFields).sort(format.compare);
  return (
    <Section
      title={t.sections.customFields}
      action={
        editable &&
        !added.open && <AddButton label={t.custom.add} onClick={added.begin} origin={added.origin} />
      }
    >
      {names.length === 0 && !added.open && <p className={classes.none}>{t.custom.none}</p>}
      <dl className={classes.fields}>
        {names.map(name => (
          <CustomField key={name} name={name} value={customer.customFields[name]} />
        ))}
      </dl>
      {added.open && editable && <FieldForm editor={added} path={NEW_PATH} label={t.custom.add} isNew />}
    </Section>
  );
}

const useFieldEditor = (path: string, initial: Written): Editor<Written> =>
  useEditor(path, initial, (customer, { name, text }) => {
    const reading = readJson(text);
    return reading.ok
      ? { ...customer, customFields: { ...customer.customFields, [name.trim()]: reading.value } }
      : customer;
  });

function CustomField({ name, value }: { readonly name: string; readonly value: unknown }) {
  const t = useTexts(texts);
  const { editable } = useRecord();
  const remove = useRemove();
  const path = `customFields/${escaped(name)}`;
  const editor = useFieldEditor(path, { name, text: writeJson(value) });
  if (editor.open && editable) {
    return (
      <div className={classes.wide}>
        <dt className="visually-hidden">{name}</dt>
        <dd>
          <FieldForm editor={editor} path={path} label={t.edit(name)} />
        </dd>
      </div>
    );
  }
  return (
    <div className={classes.field} data-path={path} data-menu={editable || undefined}>
      <dt>{name}</dt>
      <dd>
        <Shown
          label={name}
          text={typeof value === 'string' ? value : JSON.stringify(value)}
          origin={editor.origin}
          onEdit={editor.begin}
        />
      </dd>
      {editable && (
        <dd className={classes.menuCell}>
          <EntryMenu
            what={name}
            actions={[
              { label: t.editNow, icon: 'edit', run: editor.begin },
              {
                label: t.remove,
                icon: 'trash',
                danger: true,
                run: () =>
                  remove(path, name, customer => {
                    const { [name]: _gone, ...customFields } = customer.customFields;
                    return { ...customer, customFields };
                  }),
              },
            ]}
          />
        </dd>
      )}
    </div>
  );
}

function FieldForm(props: {
  readonly editor: Editor<Written>;
  readonly path: string;
  readonly label: string;
  readonly isNew?: boolean;
}) {
  const { editor, path, label, isNew } = props;
  const t = useTexts(texts);
  const { customer } = useRecord();
  const [tried, setTried] = useState(false);
  const { name, text } = editor.value;
  const reading = readJson(text);
  const taken = isNew && Object.hasOwn(customer.customFields, name.trim());
  const nameFault = isNew && name.trim() === '' ? t.custom.noName : taken ? t.custom.taken : undefined;
  const valueFault = reading.ok ? undefined : reading.reason === 'null' ? t.custom.noNull : t.custom.invalid;
  const ready = (): boolean => {
    setTried(true);
    return nameFault === undefined && valueFault === undefined;
  };
  return (
    <EditorForm editor={editor} path={path} label={label} shows={[]} ready={ready}>
      <Stack gap="sm">
        {isNew && (
          <TextInput
            label={t.custom.name}
            value={name}
            maxLength={200}
            error={tried ? nameFault : undefined}
            onChange={event => editor.change({ name: event.currentTarget.value, text })}
            autoComplete="off"
          />
        )}
        <Textarea
          label={isNew ? t.custom.value : name}
          description={t.custom.hint}
          value={text}
          autosize
          minRows={1}
          maxRows={16}
          spellCheck={false}
          error={tried ? valueFault : undefined}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={event => editor.change({ name, text: event.currentTarget.value })}
          onKeyDown={event => {
            // A line break is Shift+Enter, as Enter saves.
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
        />
        {tried && !reading.ok && reading.reason === 'invalid' && (
          <Group gap="xs">
            <Button
              size="compact-sm"
              variant="light"
              onClick={() => editor.change({ name, text: writeJson(text) })}
            >
              {t.custom.asText}
            </Button>
            <Text size="sm" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {writeJson(text)}
            </Text>
          </Group>
        )}
      </Stack>
    </EditorForm>
  );
}
