/** Asks for what a new credential needs. What was typed stays when the dialog is closed. */
import { Button, Group, Modal, NativeSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { faultAt } from '../../api/problem.ts';
import { useTexts } from '../../i18n/language.tsx';
import { sharedTexts } from '../../shared/texts.ts';
import { focusFault, useFocusOnFault } from './focus-on-fault.ts';
import { type Field, faultOf, fieldsOf, optionsOf, type Values, type Variant, variantsOf } from './form.ts';
import { FormProblem } from './form-problem.tsx';
import { OptionInput } from './option-input.tsx';
import { type CredentialForm, once, useCredentialCreate } from './queries.ts';
import type { Issued } from './secrets-dialog.tsx';
import { OWN } from './standing.ts';
import { type AccessTexts, texts } from './texts.ts';

/** As the server. */
const NAME_MAXIMUM = 100;

export interface NewCredentialDialogProps {
  readonly forms: readonly CredentialForm[];
  readonly opened: boolean;
  readonly dialect: string;
  onDialect(dialect: string): void;
  onIssued(issued: Issued): void;
  onClose(): void;
}

export function NewCredentialDialog(props: NewCredentialDialogProps) {
  const { forms, opened, dialect, onDialect, onIssued, onClose } = props;
  const words = useTexts(texts);
  const t = words.form;
  const shared = useTexts(sharedTexts);
  const create = useCredentialCreate();
  const [name, setName] = useState('');
  const [values, setValues] = useState<Values>({ role: 'viewer' });
  const [way, setWay] = useState<Variant['name']>();
  const [isTried, setTried] = useState(false);
  const form = useFocusOnFault(create.error);

  const all = fieldsOf(forms.find(form => form.dialect === dialect)?.options);
  const variants = variantsOf(all);
  const variant = variants.find(each => each.name === way) ?? variants[0];
  const fields = variant?.fields ?? all;

  const wrong = (field: Field): string | undefined => {
    const fault = isTried ? faultOf(field, values[field.name]) : undefined;
    if (fault === 'needed') return t.needed;
    if (fault === 'length') return t.length;
    if (fault === 'form') return t.pattern;
    return faultAt(create.error, `options/${field.name}`);
  };
  const nameFault = isTried && name.trim() === '' ? t.needed : faultAt(create.error, 'name');

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || fields.some(field => faultOf(field, values[field.name]))) {
      focusFault(form.current);
      return;
    }
    const options = optionsOf(fields, values, variant?.fixed ?? {});
    create.mutate(once({ dialect, name: name.trim(), options }), {
      onSuccess: ({ secrets }) => {
        setName('');
        setValues({ role: 'viewer' });
        setTried(false);
        onIssued({ name: name.trim(), secrets });
      },
    });
  };
  const change = (field: string, value: string | boolean): void =>
    setValues(present => ({ ...present, [field]: value }));
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t.title}
      centered
      closeButtonProps={{ 'aria-label': shared.close }}
    >
      <form ref={form} onSubmit={submit} noValidate>
        <Stack>
          <NativeSelect
            label={t.for}
            value={dialect}
            onChange={event => {
              create.reset();
              setTried(false);
              onDialect(event.currentTarget.value);
            }}
            data={forms.map(form => ({ value: form.dialect, label: form.title }))}
          />
          {variants.length > 1 && (
            <SegmentedControl
              value={variant?.name ?? ''}
              onChange={value => setWay(value as Variant['name'])}
              data={variants.map(each => ({ value: each.name, label: wayOf(each, dialect, t) }))}
              aria-label={t.way}
              fullWidth
            />
          )}
          {variant?.name === 'store' && <Text size="sm">{t.storeHint}</Text>}
          <TextInput
            label={t.name}
            description={t.nameHint}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
            error={nameFault}
            required
            maxLength={NAME_MAXIMUM}
            autoComplete="off"
            data-autofocus
          />
          {fields.map(field => (
            <OptionInput
              key={field.name}
              field={field}
              value={values[field.name]}
              error={wrong(field)}
              onChange={value => change(field.name, value)}
            />
          ))}
          {create.isPaused && (
            <Text size="sm" role="status">
              {t.waiting}
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

/** With Concord's own API it is a person or a program that one thinks of. */
function wayOf({ name }: Variant, dialect: string, t: AccessTexts['form']): string {
  if (dialect === OWN && name === 'login') return t.ways.person;
  if (dialect === OWN && name === 'key') return t.ways.program;
  return t.ways[name];
}
