/** Identity documents: masked, and shown for a short time to those who may, each look recorded. */
import { Group, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '../../../api/session.ts';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { useRemove } from './actions.tsx';
import { useCountryOptions } from './choices.ts';
import { type Editor, useEditor } from './editor.ts';
import { EditorForm, useRule } from './editor-form.tsx';
import { editParty, type Owner, pathOf, put, without } from './edits.ts';
import { useEntries } from './entries.ts';
import { EntryMenu } from './entry-menu.tsx';
import { Shown } from './inline-field.tsx';
import classes from './record.module.css';
import { useRecord } from './record-context.tsx';
import { RevealButton, RevealedNumber } from './reveal.tsx';
import { AddButton, Section } from './section.tsx';
import { texts } from './texts.ts';
import { type IdentityDocument, NEW } from './types.ts';

const EMPTY: IdentityDocument = {
  ...{ id: NEW, kind: 'passport', value: null, issuingCountry: null, issuingRegion: null, expiryDate: null },
};

export function Documents({ owner }: { readonly owner?: string }) {
  const t = useTexts(texts);
  const { editable } = useRecord();
  const documents = useEntries('identityDocuments', owner);
  const added = useDocumentEditor(owner, EMPTY);
  const path = pathOf(owner, `identityDocuments/${NEW}`);
  return (
    <Section
      title={t.sections.documents}
      level={owner === undefined ? 2 : 4}
      action={
        editable &&
        !added.open && <AddButton label={t.document.add} onClick={added.begin} origin={added.origin} />
      }
    >
      {documents.length === 0 && !added.open && <p className={classes.none}>{t.document.none}</p>}
      <ul className={classes.list}>
        {documents.map(document => (
          <DocumentRow key={document.id} owner={owner} document={document} />
        ))}
      </ul>
      {added.open && editable && <DocumentForm editor={added} path={path} label={t.document.add} />}
    </Section>
  );
}

const useDocumentEditor = (owner: Owner, document: IdentityDocument): Editor<IdentityDocument> =>
  useEditor(pathOf(owner, `identityDocuments/${document.id}`), document, (customer, value) =>
    editParty(customer, owner, party => ({
      ...party,
      identityDocuments: put(party.identityDocuments, {
        ...value,
        value: value.value?.trim() || null,
        issuingRegion: value.issuingRegion?.trim() || null,
        expiryDate: value.expiryDate || null,
      }),
    })),
  );

function DocumentRow({ owner, document }: { readonly owner: Owner; readonly document: IdentityDocument }) {
  const t = useTexts(texts);
  const format = useFormat();
  const { editable } = useRecord();
  const { reveal } = useSession();
  const editor = useDocumentEditor(owner, document);
  const remove = useRemove();
  const [number, setNumber] = useState<string | null>(null);
  const path = pathOf(owner, `identityDocuments/${document.id}`);
  const kind = t.documentKind[document.kind];
  if (editor.open && editable) {
    return (
      <li>
        <DocumentForm editor={editor} path={path} label={t.edit(kind)} />
      </li>
    );
  }
  const issued = [
    document.issuingCountry && format.country(document.issuingCountry),
    document.issuingRegion,
  ].filter(Boolean);
  const expired = document.expiryDate !== null && document.expiryDate < new Date().toISOString().slice(0, 10);
  return (
    <li className={classes.row}>
      <Icon name="shield" size={18} className={classes.rowIcon!} />
      <div className={classes.rowMain} data-path={path}>
        {number === null ? (
          <Shown
            label={kind}
            text={document.value ?? t.document.noNumber}
            origin={editor.origin}
            onEdit={editor.begin}
          />
        ) : (
          <RevealedNumber number={number} what={kind} onHide={() => setNumber(null)} />
        )}
        <p className={classes.rowNotes}>
          {[kind, ...issued].join(' · ')}
          {document.expiryDate && (
            <span className={expired ? classes.expired : undefined}>
              {' · '}
              {(expired ? t.document.expired : t.document.expires)(format.date(document.expiryDate))}
            </span>
          )}
        </p>
      </div>
      <Group gap={2} wrap="nowrap">
        {reveal && document.value !== null && number === null && (
          <RevealButton documentId={document.id} what={kind} onRevealed={setNumber} />
        )}
        {editable && (
          <EntryMenu
            what={kind}
            actions={[
              { label: t.editNow, icon: 'edit', run: editor.begin },
              {
                label: t.remove,
                icon: 'trash',
                danger: true,
                run: () =>
                  remove(path, kind, customer =>
                    editParty(customer, owner, party => ({
                      ...party,
                      identityDocuments: without(party.identityDocuments, document.id),
                    })),
                  ),
              },
            ]}
          />
        )}
      </Group>
    </li>
  );
}

function DocumentForm(props: {
  readonly editor: Editor<IdentityDocument>;
  readonly path: string;
  readonly label: string;
}) {
  const { editor, path, label } = props;
  const t = useTexts(texts);
  const rule = useRule();
  const countries = useCountryOptions();
  const document = editor.value;
  const change = (part: Partial<IdentityDocument>): void => editor.change({ ...document, ...part });
  const shows = ['kind', 'value', 'issuingCountry', 'issuingRegion', 'expiryDate'];
  return (
    <EditorForm editor={editor} path={path} label={label} shows={shows}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <NativeSelect
          label={t.fields.kind}
          value={document.kind}
          data={Object.entries(t.documentKind).map(([value, name]) => ({ value, label: name }))}
          error={rule(editor.fault('kind'))}
          onChange={event => change({ kind: event.currentTarget.value as IdentityDocument['kind'] })}
        />
        <TextInput
          label={t.fields.number}
          {...(document.id !== NEW && {
            description: t.document.keepNumber,
            inputWrapperOrder: ['label', 'input', 'description', 'error'],
          })}
          value={document.value ?? ''}
          error={rule(editor.fault('value'))}
          onChange={event => change({ value: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
        />
        <NativeSelect
          label={t.fields.issuingCountry}
          value={document.issuingCountry ?? ''}
          data={[{ value: '', label: t.empty }, ...countries]}
          error={rule(editor.fault('issuingCountry'))}
          onChange={event => change({ issuingCountry: event.currentTarget.value || null })}
        />
        <TextInput
          label={t.fields.issuingRegion}
          value={document.issuingRegion ?? ''}
          error={rule(editor.fault('issuingRegion'))}
          onChange={event => change({ issuingRegion: event.currentTarget.value })}
          autoComplete="off"
        />
        <TextInput
          label={t.fields.expiryDate}
          type="date"
          value={document.expiryDate ?? ''}
          error={rule(editor.fault('expiryDate'))}
          onChange={event => change({ expiryDate: event.currentTarget.value })}
        />
      </SimpleGrid>
    </EditorForm>
  );
}
