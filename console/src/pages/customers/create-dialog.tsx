/** A new customer, with what one knows of somebody at first. */
import { Button, Group, Modal, SegmentedControl, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { type NewCustomer, useCustomerCreate } from '../../api/customers.ts';
import { faultAt, ProblemError } from '../../api/problem.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Problem } from '../../shared/problem.tsx';
import { sharedTexts } from '../../shared/texts.ts';
import { texts } from './texts.ts';

export interface CreateDialogProps {
  readonly opened: boolean;
  onClose(): void;
}

export function CreateDialog({ opened, onClose }: CreateDialogProps) {
  const t = useTexts(texts);
  return (
    <Modal opened={opened} onClose={onClose} title={t.create.title} size="lg" centered>
      <CreateForm onClose={onClose} />
    </Modal>
  );
}

const EMPTY = { givenName: '', familyName: '', company: '', email: '', phone: '' };
type Field = keyof typeof EMPTY;

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** The contact points that were filled in; the server names a fault by its place in this list. */
const contactsOf = (values: typeof EMPTY) =>
  (['email', 'phone'] as const)
    .map(kind => ({ kind, value: values[kind].trim() }))
    .filter(({ value }) => value !== '');

function customerOf(kind: NewCustomer['kind'], values: typeof EMPTY): NewCustomer {
  return {
    kind,
    givenName: orNull(values.givenName),
    familyName: orNull(values.familyName),
    ...(kind === 'business' && { company: orNull(values.company) }),
    contactPoints: contactsOf(values).map(point => ({ ...point, purposes: ['primary'] })),
  };
}

function CreateForm({ onClose }: { onClose(): void }) {
  const t = useTexts(texts);
  const shared = useTexts(sharedTexts);
  const navigate = useNavigate();
  const [kind, setKind] = useState<NewCustomer['kind']>('individual');
  const [values, setValues] = useState(EMPTY);
  const create = useCustomerCreate();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate(customerOf(kind, values), {
      onSuccess: ({ body }) => {
        onClose();
        void navigate({ to: '/customers/$id', params: { id: body.id } });
      },
    });
  };
  const { error } = create;
  const placeOf = (field: Field): string => {
    if (field !== 'email' && field !== 'phone') return field;
    return `contactPoints/${contactsOf(values).findIndex(point => point.kind === field)}/value`;
  };
  const input = (field: Field, autoComplete = 'off') => ({
    label: t.create[field],
    value: values[field],
    error: faultAt(error, placeOf(field)),
    autoComplete,
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      setValues({ ...values, [field]: event.currentTarget.value }),
  });
  const shownAtFields =
    error instanceof ProblemError &&
    error.errors.length > 0 &&
    error.errors.every(({ field }) => (Object.keys(EMPTY) as Field[]).some(name => placeOf(name) === field));
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <SegmentedControl
          value={kind}
          onChange={value => setKind(value as NewCustomer['kind'])}
          data={[
            { value: 'individual', label: shared.kind.individual },
            { value: 'business', label: shared.kind.business },
          ]}
          aria-label={t.kind}
        />
        {kind === 'business' && <TextInput {...input('company')} data-autofocus />}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput {...input('givenName')} data-autofocus />
          <TextInput {...input('familyName')} />
          <TextInput {...input('email')} type="email" inputMode="email" />
          <TextInput
            {...input('phone')}
            type="tel"
            inputMode="tel"
            description={t.create.phoneHint}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
        </SimpleGrid>
        {error && !shownAtFields && <Problem error={error} />}
        <Text size="sm" c="dimmed">
          {t.create.more}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shared.cancel}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t.create.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
