/** The editor of one address. What is rarely given waits behind a button. */
import { Button, Checkbox, Collapse, Group, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { useCountryOptions } from './choices.ts';
import type { Editor } from './editor.ts';
import { EditorForm, useRule } from './editor-form.tsx';
import { withRole } from './edits.ts';
import classes from './record.module.css';
import { texts } from './texts.ts';
import type { Address } from './types.ts';

const PLACE = ['label', 'line1', 'line2', 'postalCode', 'city', 'region'] as const;
const RARE = [
  ...(['company', 'contactName', 'contactGivenName', 'contactFamilyName', 'contactExtra'] as const),
  ...(['email', 'phone', 'phone2', 'fax', 'houseNumber', 'locality', 'latitude', 'longitude'] as const),
];
type TextName = (typeof PLACE)[number] | (typeof RARE)[number] | 'countryText';
const SHOWN = [...PLACE, ...RARE, 'country', 'countryText', 'branch', 'main', 'roles'];

/** What a browser may fill in, were it the reader's own; it is not. */
const INPUT_TYPES: Readonly<Partial<Record<TextName, string>>> = {
  email: 'email',
  phone: 'tel',
  phone2: 'tel',
  fax: 'tel',
};

export function AddressForm({
  editor,
  path,
  label,
}: {
  readonly editor: Editor<Address>;
  readonly path: string;
  readonly label: string;
}) {
  const t = useTexts(texts);
  const rule = useRule();
  const countries = useCountryOptions();
  const address = editor.value;
  const hasRare = RARE.some(name => address[name] !== null) || address.branch !== null;
  const [open, setOpen] = useState(hasRare);
  const rareId = useId();
  const change = (part: Partial<Address>): void => editor.change({ ...address, ...part });
  const text = (name: TextName) => (
    <TextInput
      key={name}
      label={t.fields[name]}
      type={INPUT_TYPES[name] ?? 'text'}
      value={address[name] ?? ''}
      error={rule(editor.fault(name))}
      onChange={event => change({ [name]: event.currentTarget.value })}
      autoComplete="off"
    />
  );
  const known = address.country === null || countries.some(({ value }) => value === address.country);
  const faultInRare = RARE.some(name => editor.fault(name));
  const shown = open || faultInRare;
  return (
    <EditorForm editor={editor} path={path} label={label} shows={SHOWN}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        {PLACE.map(text)}
        <NativeSelect
          label={t.fields.country}
          value={address.country ?? ''}
          data={[
            { value: '', label: t.address.otherCountry },
            ...(known ? [] : [{ value: address.country!, label: address.country! }]),
            ...countries,
          ]}
          error={rule(editor.fault('country'))}
          onChange={event => change({ country: event.currentTarget.value || null })}
        />
        {address.country === null && text('countryText')}
      </SimpleGrid>
      <Group gap="lg" mt="sm">
        <Checkbox
          label={t.fields.main}
          checked={address.main}
          error={rule(editor.fault('main'))}
          onChange={event => change({ main: event.currentTarget.checked })}
        />
        {(['billing', 'shipping'] as const).map(role => (
          <Checkbox
            key={role}
            label={t.holder[role]}
            checked={address.roles.includes(role)}
            onChange={event => editor.change(withRole(address, role, event.currentTarget.checked))}
          />
        ))}
      </Group>
      {editor.fault('roles') && <p className={classes.fault}>{editor.fault('roles')}</p>}
      <Button
        size="compact-sm"
        variant="subtle"
        mt="sm"
        aria-expanded={shown}
        aria-controls={rareId}
        onClick={() => setOpen(!open)}
        leftSection={<Icon name={shown ? 'chevronUp' : 'chevronDown'} size={14} />}
      >
        {t.moreFields}
      </Button>
      <Collapse expanded={shown} id={rareId}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm" mt="xs">
          {RARE.map(text)}
          <TextInput
            label={t.fields.branch}
            inputMode="numeric"
            value={address.branch === null ? '' : String(address.branch)}
            error={rule(editor.fault('branch'))}
            onChange={event => {
              const digits = event.currentTarget.value.replace(/\D/g, '').slice(0, 10);
              change({ branch: digits === '' ? null : Number(digits) });
            }}
            autoComplete="off"
          />
        </SimpleGrid>
      </Collapse>
    </EditorForm>
  );
}
