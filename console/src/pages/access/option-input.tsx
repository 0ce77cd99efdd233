/** One option of a new credential, drawn from its schema. */
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useSession } from '../../api/session.ts';
import { useTexts } from '../../i18n/language.tsx';
import type { Field } from './form.ts';
import { texts } from './texts.ts';

export interface OptionInputProps {
  readonly field: Field;
  readonly value: string | boolean | undefined;
  readonly error: string | undefined;
  onChange(value: string | boolean): void;
}

export function OptionInput({ field, value, error, onChange }: OptionInputProps) {
  const t = useTexts(texts);
  const session = useSession();
  const { name, kind, choices, needed } = field;
  const known = name as keyof typeof t.hint;
  const label: string = t.option[name as keyof typeof t.option] ?? name;
  const description: string = t.hint[known] ?? field.description;
  if (kind === 'yes') {
    const isMine = !(name in t.rights) || session[name as keyof typeof t.rights];
    return (
      <Checkbox
        label={label}
        description={isMine ? description : t.notYours}
        checked={value === true}
        disabled={!isMine}
        onChange={event => onChange(event.currentTarget.checked)}
        error={error}
      />
    );
  }
  if (kind === 'choice') {
    const options = choices.map(choice => ({
      value: choice,
      label: name === 'role' ? (t.role[choice as keyof typeof t.role] ?? choice) : choice,
    }));
    return (
      <NativeSelect
        label={label}
        description={description}
        value={typeof value === 'string' ? value : ''}
        onChange={event => onChange(event.currentTarget.value)}
        data={needed ? options : [{ value: '', label: t.usual }, ...options]}
        error={error}
        required={needed}
      />
    );
  }
  return (
    <TextInput
      label={label}
      description={description}
      value={typeof value === 'string' ? value : ''}
      onChange={event => onChange(event.currentTarget.value)}
      error={error}
      required={needed}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}
