/** Name and kind: the customer's own fields, one by one. Empty ones wait below as buttons. */
import { Button, Group } from '@mantine/core';
import { useRef } from 'react';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { sharedTexts } from '../../../shared/texts.ts';
import { useCountryOptions, useLanguageOptions } from './choices.ts';
import { InlineField, type Option } from './inline-field.tsx';
import { useLabels } from './labels.ts';
import classes from './record.module.css';
import { useDrafts, useRecord } from './record-context.tsx';
import { Section } from './section.tsx';
import { texts } from './texts.ts';
import type { Customer } from './types.ts';

type Name =
  | 'kind'
  | 'status'
  | 'company'
  | 'displayName'
  | 'givenName'
  | 'familyName'
  | 'gender'
  | 'birthDate'
  | 'citizenship'
  | 'language'
  | 'reference'
  | 'accountNumber'
  | 'priceGroup';

/** What one looks for first in a person, and in a business. */
const ORDER: Readonly<Record<Customer['kind'], readonly Name[]>> = {
  individual: [
    ...(['givenName', 'familyName', 'company', 'displayName', 'gender', 'birthDate', 'citizenship'] as const),
    ...(['language', 'reference', 'accountNumber', 'priceGroup', 'kind', 'status'] as const),
  ],
  business: [
    ...(['company', 'displayName', 'givenName', 'familyName', 'language', 'reference'] as const),
    ...(['accountNumber', 'priceGroup', 'gender', 'birthDate', 'citizenship', 'kind', 'status'] as const),
  ],
};

export function Identity() {
  const t = useTexts(texts);
  const { customer, editable, session, present } = useRecord();
  const drafts = useDrafts();
  const isShown = (name: Name): boolean => customer[name] !== null || drafts[name] !== undefined;
  // Given up, the field is a button again, which has the focus again.
  const left = useRef<Name>(undefined);
  const order = ORDER[customer.kind];
  const empty = order.filter(name => !isShown(name));
  return (
    <Section title={t.sections.identity}>
      <dl className={classes.fields}>
        {order.filter(isShown).map(name => (
          <IdentityField key={name} name={name} />
        ))}
      </dl>
      {editable && empty.length > 0 && (
        <Group gap={6} mt="sm">
          {empty.map(name => (
            <Button
              key={name}
              ref={element => {
                if (element && left.current === name && document.activeElement === document.body)
                  element.focus();
              }}
              size="compact-xs"
              variant="default"
              className={classes.chip!}
              leftSection={<Icon name="plus" size={12} />}
              onClick={() => {
                left.current = name;
                session.drafts.begin(name, '', present);
              }}
            >
              {t.fields[name]}
            </Button>
          ))}
        </Group>
      )}
    </Section>
  );
}

function IdentityField({ name }: { readonly name: Name }) {
  const t = useTexts(texts);
  const { customer } = useRecord();
  const labels = useLabels();
  const options = useOptions(name);
  return (
    <InlineField
      path={name}
      label={t.fields[name]}
      value={customer[name]}
      shown={labels.value(name, customer[name], customer)}
      {...(options && { options })}
      {...(name === 'birthDate' && { type: 'date' as const })}
      apply={(record, value) => ({ ...record, [name]: value })}
    />
  );
}

function useOptions(name: Name): readonly Option[] | undefined {
  const t = useTexts(texts);
  const shared = useTexts(sharedTexts);
  const format = useFormat();
  const countries = useCountryOptions();
  const languages = useLanguageOptions();
  const none = { value: '', label: t.empty };
  const of = (words: Readonly<Record<string, string>>): Option[] =>
    Object.entries(words)
      .map(([value, label]) => ({ value, label }))
      .sort((a, b) => format.compare(a.label, b.label));
  if (name === 'kind') return of(shared.kind);
  if (name === 'status') return of(shared.status);
  if (name === 'gender') return [none, ...of(t.gender)];
  if (name === 'citizenship') return [none, ...countries];
  if (name === 'language') return [none, ...languages];
  return undefined;
}
