/** The frame of an editor: Enter saves, Escape gives up; what the server says stands below. */
import { Button, Group, Text } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { Problem } from '../../../shared/problem.tsx';
import { sharedTexts } from '../../../shared/texts.ts';
import type { Editor } from './editor.ts';
import classes from './record.module.css';
import { useSaving } from './record-context.tsx';
import { texts } from './texts.ts';

export interface EditorFormProps {
  readonly editor: Pick<Editor<unknown>, 'busy' | 'waiting' | 'error' | 'cancel' | 'save'>;
  readonly path: string;
  readonly label: string;
  readonly children: ReactNode;
  /** Names of the fields that show their own messages. */
  readonly shows: readonly string[];
  /** In one line: a single field. */
  readonly inline?: boolean;
  /** Checked before it is sent. */
  ready?(): boolean;
}

export function EditorForm({ editor, path, label, children, shows, inline, ready }: EditorFormProps) {
  const t = useTexts(texts);
  const shared = useTexts(sharedTexts);
  const form = useRef<HTMLFormElement>(null);
  const { refusals, question } = useSaving();
  const faults = refusals[path]?.faults ?? {};
  useEffect(() => {
    const first = form.current?.querySelector<HTMLInputElement>('input, select, textarea');
    first?.focus();
    if (first instanceof HTMLInputElement && first.type !== 'checkbox' && first.type !== 'radio')
      first.select();
  }, []);
  // A message is read where it stands.
  useEffect(() => {
    if (editor.error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [editor.error]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!editor.busy && (ready?.() ?? true)) editor.save();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || editor.busy || event.defaultPrevented) return;
    event.stopPropagation();
    editor.cancel();
  };
  const unseen = Object.entries(faults).filter(
    ([fault]) => !shows.some(name => fault === (name === '' ? path : `${path}/${name}`)),
  );
  const allSeen = Object.keys(faults).length > 0 && unseen.length === 0;
  return (
    <form
      ref={form}
      aria-label={label}
      onSubmit={submit}
      onKeyDown={onKeyDown}
      className={inline ? classes.inlineForm : classes.form}
      noValidate
    >
      {/* Not disabled while it is saved: the focus stays where it is. The editor takes no change meanwhile. */}
      <div aria-busy={editor.busy} className={classes.bare}>
        {children}
      </div>
      <Group gap="xs" className={classes.formActions!}>
        <Button type="submit" size="xs" loading={editor.busy && !editor.waiting && !question}>
          {shared.save}
        </Button>
        <Button size="xs" variant="default" onClick={editor.cancel} disabled={editor.busy}>
          {shared.cancel}
        </Button>
      </Group>
      {editor.waiting && (
        <Text size="sm" className={classes.waiting!} role="status">
          <Icon name="offline" size={14} /> {t.waiting}
        </Text>
      )}
      {editor.error && !allSeen ? <Problem error={editor.error} /> : null}
      {unseen.length > 0 && (
        <ul className={classes.faults}>
          {unseen.map(([fault, message]) => (
            <li key={fault}>{message}</li>
          ))}
        </ul>
      )}
    </form>
  );
}

/** The server's message in the person's language, where it is one of the usual. */
export function useRule(): (message: string | undefined) => string | undefined {
  const { rules } = useTexts(texts);
  return message => message && (rules[message as keyof typeof rules] ?? message);
}
