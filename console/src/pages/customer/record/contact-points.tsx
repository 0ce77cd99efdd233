/** E-mail addresses, phones and faxes of a customer or a representative. */
import { ActionIcon, Badge, Checkbox, Group, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useTexts } from '../../../i18n/language.tsx';
import { Icon, type IconName } from '../../../shared/icons.tsx';
import { useAct, useRemove } from './actions.tsx';
import { type Editor, useEditor } from './editor.ts';
import { EditorForm, useRule } from './editor-form.tsx';
import { editParty, moved, type Owner, partyOf, pathOf, putContactPoint, without } from './edits.ts';
import { useEntries } from './entries.ts';
import { EntryMenu } from './entry-menu.tsx';
import { Shown } from './inline-field.tsx';
import classes from './record.module.css';
import { useRecord } from './record-context.tsx';
import { AddButton, Section } from './section.tsx';
import { texts } from './texts.ts';
import { type ContactPoint, type Customer, NEW, type Purpose } from './types.ts';

const KINDS = ['email', 'phone', 'fax'] as const;
const ICONS: Readonly<Record<ContactPoint['kind'], IconName>> = {
  email: 'mail',
  phone: 'phone',
  fax: 'document',
};
/** What makes sense for each kind; what the record has otherwise is offered, too. */
const PURPOSES: Readonly<Record<ContactPoint['kind'], readonly Purpose[]>> = {
  email: ['primary', 'secondary', 'commercial', 'statusUpdates'],
  phone: ['primary', 'secondary', 'mobile', 'landline', 'commercial'],
  fax: ['primary', 'secondary', 'commercial'],
};
const EMPTY: ContactPoint = {
  ...{ id: NEW, number: null, kind: 'email', value: '', purposes: [], label: null, e164: null },
};

export function ContactPoints({ owner, title }: { readonly owner?: string; readonly title?: string }) {
  const t = useTexts(texts);
  const { editable } = useRecord();
  const points = useEntries('contactPoints', owner);
  const added = useContactEditor(owner, EMPTY);
  return (
    <Section
      title={title ?? t.sections.contact}
      level={owner === undefined ? 2 : 4}
      action={
        editable &&
        !added.open && <AddButton label={t.contact.add} onClick={added.begin} origin={added.origin} />
      }
    >
      {points.length === 0 && !added.open && <p className={classes.none}>{t.contact.none}</p>}
      <ul className={classes.list}>
        {points.map((point, at) => (
          <ContactRow
            key={point.id}
            owner={owner}
            point={point}
            first={at === 0}
            last={at === points.length - 1}
          />
        ))}
      </ul>
      {added.open && editable && (
        <ContactForm
          editor={added}
          path={pathOf(owner, `contactPoints/${NEW}`)}
          label={t.contact.add}
          point={added.value}
        />
      )}
    </Section>
  );
}

const useContactEditor = (owner: Owner, point: ContactPoint): Editor<ContactPoint> =>
  useEditor(pathOf(owner, `contactPoints/${point.id}`), point, (customer, value) =>
    putIn(customer, owner, { ...value, label: value.label?.trim() || null }),
  );

const putIn = (customer: Customer, owner: Owner, point: ContactPoint): Customer =>
  editParty(customer, owner, party => ({
    ...party,
    contactPoints: putContactPoint(party.contactPoints, point),
  }));

function ContactRow(props: {
  readonly owner: Owner;
  readonly point: ContactPoint;
  readonly first: boolean;
  readonly last: boolean;
}) {
  const { owner, point, first, last } = props;
  const t = useTexts(texts);
  const { editable } = useRecord();
  const editor = useContactEditor(owner, point);
  const act = useAct();
  const remove = useRemove();
  const path = pathOf(owner, `contactPoints/${point.id}`);
  const kind = t.contactKind[point.kind];
  const label = point.label ? `${kind} (${point.label})` : kind;
  if (editor.open && editable) {
    return (
      <li>
        <ContactForm editor={editor} path={path} label={t.edit(label)} point={editor.value} />
      </li>
    );
  }
  const move = (by: -1 | 1) => (): void =>
    void act(`${path}/move`, customer =>
      editParty(customer, owner, party => ({
        ...party,
        contactPoints: moved(party.contactPoints, point.id, by),
      })),
    );
  return (
    <li className={classes.row}>
      <Icon name={ICONS[point.kind]} size={18} className={classes.rowIcon!} />
      <div className={classes.rowMain} data-path={path}>
        <Shown label={label} text={point.value} origin={editor.origin} onEdit={editor.begin} />
        <Group gap={6} className={classes.rowNotes!}>
          <span>{label}</span>
          {point.purposes.map(purpose => (
            <Badge
              key={purpose}
              size="sm"
              variant="light"
              color={purpose === 'primary' ? 'petrol' : 'gray'}
              tt="none"
            >
              {t.purpose[purpose]}
            </Badge>
          ))}
        </Group>
      </div>
      <Group gap={2} wrap="nowrap">
        {point.kind !== 'fax' && (
          <ActionIcon
            component="a"
            href={`${point.kind === 'email' ? 'mailto' : 'tel'}:${encodeURIComponent(point.e164 ?? point.value)}`}
            variant="subtle"
            color="gray"
            aria-label={point.kind === 'email' ? t.contact.write(point.value) : t.contact.call(point.value)}
          >
            <Icon name="external" size={16} />
          </ActionIcon>
        )}
        {editable && (
          <EntryMenu
            what={point.value}
            actions={[
              { label: t.editNow, icon: 'edit', run: editor.begin },
              !point.purposes.includes('primary') && {
                label: t.contact.makePrimary,
                icon: 'check',
                run: () =>
                  void act(`${path}/primary`, customer =>
                    putIn(customer, owner, withPurpose(current(customer, owner, point), 'primary', true)),
                  ),
              },
              !first && { label: t.up, icon: 'chevronUp', run: move(-1) },
              !last && { label: t.down, icon: 'chevronDown', run: move(1) },
              {
                label: t.remove,
                icon: 'trash',
                danger: true,
                run: () =>
                  remove(path, point.value, customer =>
                    editParty(customer, owner, party => ({
                      ...party,
                      contactPoints: without(party.contactPoints, point.id),
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

const current = (customer: Customer, owner: Owner, point: ContactPoint): ContactPoint =>
  partyOf(customer, owner)?.contactPoints.find(({ id }) => id === point.id) ?? point;

const withPurpose = (point: ContactPoint, purpose: Purpose, on: boolean): ContactPoint => ({
  ...point,
  purposes: [...point.purposes.filter(each => each !== purpose), ...(on ? [purpose] : [])],
});

function ContactForm(props: {
  readonly editor: Editor<ContactPoint>;
  readonly path: string;
  readonly label: string;
  readonly point: ContactPoint;
}) {
  const { editor, path, label, point } = props;
  const t = useTexts(texts);
  const rule = useRule();
  const change = (part: Partial<ContactPoint>): void => editor.change({ ...point, ...part });
  const offered = [...new Set([...PURPOSES[point.kind], ...point.purposes])];
  return (
    <EditorForm editor={editor} path={path} label={label} shows={['value', 'kind', 'label', 'purposes']}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <TextInput
          label={t.contactKind[point.kind]}
          type={point.kind === 'email' ? 'email' : 'tel'}
          value={point.value}
          error={rule(editor.fault('value'))}
          onChange={event => change({ value: event.currentTarget.value })}
          autoComplete="off"
        />
        <NativeSelect
          label={t.fields.kind}
          value={point.kind}
          data={KINDS.map(value => ({ value, label: t.contactKind[value] }))}
          error={rule(editor.fault('kind'))}
          onChange={event => change({ kind: event.currentTarget.value as ContactPoint['kind'] })}
        />
        <TextInput
          label={t.fields.label}
          value={point.label ?? ''}
          error={rule(editor.fault('label'))}
          onChange={event => change({ label: event.currentTarget.value })}
          autoComplete="off"
        />
        <Checkbox.Group
          label={t.fields.purposes}
          value={[...point.purposes]}
          error={rule(editor.fault('purposes'))}
          onChange={purposes => change({ purposes: purposes as Purpose[] })}
        >
          <Group gap="xs" mt={4}>
            {offered.map(purpose => (
              <Checkbox key={purpose} size="xs" value={purpose} label={t.purpose[purpose]} />
            ))}
          </Group>
        </Checkbox.Group>
      </SimpleGrid>
    </EditorForm>
  );
}
