/** Representatives of a business: each with contact points, addresses and documents of their own. */
import { Badge, Group, NativeSelect, SimpleGrid, TextInput, Title } from '@mantine/core';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { useRemove } from './actions.tsx';
import { Addresses } from './addresses.tsx';
import { useCountryOptions } from './choices.ts';
import { ContactPoints } from './contact-points.tsx';
import { Documents } from './documents.tsx';
import { type Editor, useEditor } from './editor.ts';
import { EditorForm, useRule } from './editor-form.tsx';
import { put, without } from './edits.ts';
import { EntryMenu } from './entry-menu.tsx';
import { Shown } from './inline-field.tsx';
import { useLabels } from './labels.ts';
import classes from './record.module.css';
import { useDrafts, useRecord } from './record-context.tsx';
import { AddButton, Section } from './section.tsx';
import { texts } from './texts.ts';
import { NEW, type Representative } from './types.ts';

const EMPTY: Representative = {
  ...{ id: NEW, role: 'authorizedSigner', givenName: null, familyName: null, gender: null },
  ...{ birthDate: null, citizenship: null, identityDocuments: [], contactPoints: [], addresses: [] },
};

export function Representatives() {
  const t = useTexts(texts);
  const { customer, editable, session } = useRecord();
  const drafts = useDrafts();
  const added = usePersonEditor(EMPTY);
  // Somebody who was removed elsewhere while they are edited here.
  const gone = Object.keys(drafts).flatMap(path => {
    const [list, id] = path.split('/');
    if (list !== 'representatives' || id === NEW) return [];
    if (customer.representatives.some(person => person.id === id)) return [];
    return session.drafts.base(path)?.body.representatives.filter(person => person.id === id) ?? [];
  });
  const people = [...customer.representatives, ...new Map(gone.map(person => [person.id, person])).values()];
  if (customer.kind === 'individual' && people.length === 0) return null;
  return (
    <Section
      title={t.sections.representatives}
      action={
        editable &&
        !added.open && <AddButton label={t.people.add} onClick={added.begin} origin={added.origin} />
      }
    >
      {people.length === 0 && !added.open && <p className={classes.none}>{t.people.none}</p>}
      {added.open && editable && (
        <PersonForm editor={added} path={`representatives/${NEW}`} label={t.people.add} />
      )}
      <ul className={classes.people}>
        {people.map(person => (
          <Person key={person.id} person={person} />
        ))}
      </ul>
    </Section>
  );
}

/** The person's own fields: the lists are edited, and merged, by themselves. */
type Own = Omit<Representative, 'identityDocuments' | 'contactPoints' | 'addresses'>;

function usePersonEditor(person: Representative): Editor<Own> {
  const { identityDocuments, contactPoints, addresses, ...own } = person;
  return useEditor<Own>(`representatives/${person.id}`, own, (customer, value) => {
    const known = customer.representatives.find(({ id }) => id === person.id);
    const lists = known ?? { identityDocuments, contactPoints, addresses };
    const named = {
      ...value,
      givenName: value.givenName?.trim() || null,
      familyName: value.familyName?.trim() || null,
      birthDate: value.birthDate || null,
    };
    return { ...customer, representatives: put(customer.representatives, { ...lists, ...named }) };
  });
}

function Person({ person }: { readonly person: Representative }) {
  const t = useTexts(texts);
  const format = useFormat();
  const { editable } = useRecord();
  const labels = useLabels();
  const editor = usePersonEditor(person);
  const remove = useRemove();
  const path = `representatives/${person.id}`;
  const name = labels.person(person);
  const facts = [
    person.gender && t.gender[person.gender],
    person.birthDate && format.date(person.birthDate),
    person.citizenship && format.country(person.citizenship),
  ].filter(Boolean);
  return (
    <li className={classes.person}>
      <Title order={3} size="h4" className="visually-hidden">
        {name}
      </Title>
      {editor.open && editable ? (
        <PersonForm editor={editor} path={path} label={t.edit(name)} />
      ) : (
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div className={classes.rowMain} data-path={path}>
            <div className={classes.personName}>
              <Shown
                label={t.personRole[person.role]}
                text={name}
                origin={editor.origin}
                onEdit={editor.begin}
              />
            </div>
            <Group gap={6} className={classes.rowNotes!}>
              <Badge size="sm" variant="light" tt="none">
                {t.personRole[person.role]}
              </Badge>
              <span>{facts.join(' · ')}</span>
            </Group>
          </div>
          {editable && (
            <EntryMenu
              what={name}
              actions={[
                { label: t.editNow, icon: 'edit', run: editor.begin },
                {
                  label: t.remove,
                  icon: 'trash',
                  danger: true,
                  run: () =>
                    remove(path, name, customer => ({
                      ...customer,
                      representatives: without(customer.representatives, person.id),
                    })),
                },
              ]}
            />
          )}
        </Group>
      )}
      <ContactPoints owner={person.id} />
      <Addresses owner={person.id} />
      <Documents owner={person.id} />
    </li>
  );
}

function PersonForm(props: { readonly editor: Editor<Own>; readonly path: string; readonly label: string }) {
  const { editor, path, label } = props;
  const t = useTexts(texts);
  const rule = useRule();
  const countries = useCountryOptions();
  const person = editor.value;
  const change = (part: Partial<Own>): void => editor.change({ ...person, ...part });
  const text = (name: 'givenName' | 'familyName' | 'birthDate', type = 'text') => (
    <TextInput
      label={t.fields[name]}
      type={type}
      value={person[name] ?? ''}
      error={rule(editor.fault(name))}
      onChange={event => change({ [name]: event.currentTarget.value })}
      autoComplete="off"
    />
  );
  const shows = ['role', 'givenName', 'familyName', 'gender', 'birthDate', 'citizenship'];
  return (
    <EditorForm editor={editor} path={path} label={label} shows={shows}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        {text('givenName')}
        {text('familyName')}
        <NativeSelect
          label={t.fields.role}
          value={person.role}
          data={Object.entries(t.personRole).map(([value, name]) => ({ value, label: name }))}
          onChange={event => change({ role: event.currentTarget.value as Own['role'] })}
        />
        <NativeSelect
          label={t.fields.gender}
          value={person.gender ?? ''}
          data={[
            { value: '', label: t.empty },
            ...Object.entries(t.gender).map(([value, name]) => ({ value, label: name })),
          ]}
          onChange={event => change({ gender: (event.currentTarget.value || null) as Own['gender'] })}
        />
        {text('birthDate', 'date')}
        <NativeSelect
          label={t.fields.citizenship}
          value={person.citizenship ?? ''}
          data={[{ value: '', label: t.empty }, ...countries]}
          error={rule(editor.fault('citizenship'))}
          onChange={event => change({ citizenship: event.currentTarget.value || null })}
        />
      </SimpleGrid>
    </EditorForm>
  );
}
