/** Asks before something is done. What cannot be undone wants a word typed. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTexts } from '../i18n/language.tsx';
import { Problem } from './problem.tsx';
import { sharedTexts } from './texts.ts';

export interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** The word on the button: what will happen. */
  readonly action: string;
  readonly danger?: boolean;
  /** Must be typed before the button works. */
  readonly typed?: { readonly word: string; readonly label: string };
  readonly pending?: boolean;
  readonly error?: unknown;
  onConfirm(): void;
  onClose(): void;
}

export function Confirm(props: ConfirmProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} centered>
      <Question {...props} />
    </Modal>
  );
}

/** Inside the dialog, so that what was typed is gone when it is opened again. */
function Question({ children, action, danger, typed, pending, error, onConfirm, onClose }: ConfirmProps) {
  const t = useTexts(sharedTexts);
  const [word, setWord] = useState('');
  const ready = typed === undefined || word.trim() === typed.word;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) onConfirm();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {children}
        {typed && (
          <TextInput
            label={typed.label}
            value={word}
            onChange={event => setWord(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        {error ? <Problem error={error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button
            type="submit"
            {...(danger && { color: 'brick' })}
            disabled={!ready}
            loading={pending ?? false}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
