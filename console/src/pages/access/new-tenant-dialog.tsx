/** Asks for a new tenant and its first administrator. What was typed stays when the dialog is closed. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { faultAt } from '../../api/problem.ts';
import { useTexts } from '../../i18n/language.tsx';
import { sharedTexts } from '../../shared/texts.ts';
import { focusFault, useFocusOnFault } from './focus-on-fault.ts';
import { FormProblem } from './form-problem.tsx';
import { once, useTenantCreate } from './queries.ts';
import type { Issued } from './secrets-dialog.tsx';
import { texts } from './texts.ts';

const EMPTY = { name: '', operator: '', login: '' };
/** As the server. */
const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
/** As the server. */
const MAXIMA = { name: 63, operator: 100, login: 254 } as const;

export interface NewTenantDialogProps {
  readonly opened: boolean;
  onIssued(issued: Issued): void;
  onClose(): void;
}

export function NewTenantDialog({ opened, onIssued, onClose }: NewTenantDialogProps) {
  const words = useTexts(texts);
  const t = words.tenants;
  const shared = useTexts(sharedTexts);
  const create = useTenantCreate();
  const [draft, setDraft] = useState(EMPTY);
  const [isTried, setTried] = useState(false);
  const form = useFocusOnFault(create.error);
  const wrong = (field: keyof typeof EMPTY): string | undefined => {
    const value = draft[field].trim();
    if (value === '') return words.form.needed;
    return field === 'name' && !NAME.test(value) ? words.form.pattern : undefined;
  };
  const input = (field: keyof typeof EMPTY, serverField: string) => ({
    value: draft[field],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value } = event.currentTarget;
      setDraft(present => ({ ...present, [field]: value }));
    },
    error: (isTried && wrong(field)) || faultAt(create.error, serverField),
    required: true,
    maxLength: MAXIMA[field],
    autoComplete: 'off',
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const name = draft.name.trim();
    const operator = { name: draft.operator.trim(), login: draft.login.trim() };
    if (wrong('name') || wrong('operator') || wrong('login')) {
      focusFault(form.current);
      return;
    }
    create.mutate(once({ name, operator }), {
      onSuccess: ({ secrets }) => {
        setDraft(EMPTY);
        setTried(false);
        onIssued({ name, secrets });
      },
    });
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t.create}
      centered
      closeButtonProps={{ 'aria-label': shared.close }}
    >
      <form ref={form} onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={t.name}
            description={t.nameHint}
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            {...input('name', 'name')}
          />
          <TextInput
            label={t.operator}
            description={t.operatorHint}
            {...input('operator', 'operator/name')}
          />
          <TextInput
            label={t.login}
            autoCapitalize="none"
            spellCheck={false}
            {...input('login', 'operator/login')}
          />
          {create.isPaused && (
            <Text size="sm" role="status">
              {words.form.waiting}
            </Text>
          )}
          <FormProblem error={create.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared.cancel}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
