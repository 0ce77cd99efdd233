/** Numbers by which tax offices know the customer: one of each kind. */
import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useTexts } from '../../../i18n/language.tsx';
import { useRemove } from './actions.tsx';
import { useEditor } from './editor.ts';
import { EditorForm, useRule } from './editor-form.tsx';
import { EntryMenu } from './entry-menu.tsx';
import { InlineField } from './inline-field.tsx';
import classes from './record.module.css';
import { useRecord } from './record-context.tsx';
import { AddButton, Section } from './section.tsx';
import { texts } from './texts.ts';
import { type Customer, NEW, type TaxId } from './types.ts';

const KINDS = ['vat', 'ein'] as const;

const putTaxId = (customer: Customer, { kind, value }: TaxId): Customer => ({
  ...customer,
  taxIds: customer.taxIds.some(each => each.kind === kind)
    ? customer.taxIds.map(each => (each.kind === kind ? { kind, value } : each))
    : [...customer.taxIds, { kind, value }],
});

export function TaxIds() {
  const t = useTexts(texts);
  const rule = useRule();
  const { customer, editable } = useRecord();
  const remove = useRemove();
  const free = KINDS.filter(kind => !customer.taxIds.some(each => each.kind === kind));
  const added = useEditor<TaxId>(`taxIds/${NEW}`, { kind: free[0] ?? 'vat', value: '' }, (record, value) =>
    putTaxId(record, { ...value, value: value.value.trim() }),
  );
  return (
    <Section
      title={t.sections.taxIds}
      action={
        editable &&
        !added.open &&
        free.length > 0 && <AddButton label={t.taxId.add} onClick={added.begin} origin={added.origin} />
      }
    >
      {customer.taxIds.length === 0 && !added.open && <p className={classes.none}>{t.taxId.none}</p>}
      <dl className={classes.fields}>
        {customer.taxIds.map(({ kind, value }) => (
          <InlineField
            key={kind}
            path={`taxIds/${kind}`}
            label={t.taxKind[kind]}
            value={value}
            apply={(record, text) => putTaxId(record, { kind, value: text ?? '' })}
            menu={
              editable && (
                <EntryMenu
                  what={t.taxKind[kind]}
                  actions={[
                    {
                      label: t.remove,
                      icon: 'trash',
                      danger: true,
                      run: () =>
                        remove('taxIds', t.taxKind[kind], record => ({
                          ...record,
                          taxIds: record.taxIds.filter(each => each.kind !== kind),
                        })),
                    },
                  ]}
                />
              )
            }
          />
        ))}
      </dl>
      {added.open && editable && (
        <EditorForm editor={added} path={`taxIds/${NEW}`} label={t.taxId.add} shows={['kind', 'value']}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              label={t.fields.number}
              value={added.value.value}
              error={rule(added.fault('value'))}
              onChange={event => added.change({ ...added.value, value: event.currentTarget.value })}
              autoComplete="off"
            />
            <NativeSelect
              label={t.fields.kind}
              value={added.value.kind}
              data={free.map(kind => ({ value: kind, label: t.taxKind[kind] }))}
              onChange={event =>
                added.change({ ...added.value, kind: event.currentTarget.value as TaxId['kind'] })
              }
            />
          </SimpleGrid>
        </EditorForm>
      )}
    </Section>
  );
}
