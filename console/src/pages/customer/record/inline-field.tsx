/** One field in its line: a click or Enter turns the value into its editor. */
import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { useEditor } from './editor.ts';
import { EditorForm, useRule } from './editor-form.tsx';
import classes from './record.module.css';
import { useRecord } from './record-context.tsx';
import { texts } from './texts.ts';
import type { Customer } from './types.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface InlineFieldProps {
  readonly path: string;
  readonly label: string;
  readonly value: string | null;
  /** As people read it; the value itself when absent. */
  readonly shown?: string | undefined;
  /** A choice among these. */
  readonly options?: readonly Option[];
  readonly type?: 'text' | 'date';
  /** What else can be done with it. */
  readonly menu?: ReactNode;
  readonly apply: (customer: Customer, value: string | null) => Customer;
}

export function InlineField(props: InlineFieldProps) {
  const { path, label, value, shown, options, type, menu, apply } = props;
  const t = useTexts(texts);
  const rule = useRule();
  const { editable } = useRecord();
  const editor = useEditor(path, value ?? '', (customer, text) => apply(customer, text.trim() || null));
  const input = {
    'aria-label': label,
    value: editor.value,
    error: rule(editor.fault()),
    onChange: (event: { currentTarget: { value: string } }) => editor.change(event.currentTarget.value),
  };
  return (
    <div
      className={classes.field}
      data-menu={menu !== undefined && !editor.open ? true : undefined}
      data-path={editor.open ? undefined : path}
    >
      <dt>{label}</dt>
      <dd>
        {editor.open && editable ? (
          <EditorForm editor={editor} path={path} label={t.edit(label)} shows={['']} inline>
            {options ? (
              <NativeSelect {...input} data={[...options]} />
            ) : (
              <TextInput {...input} type={type ?? 'text'} autoComplete="off" />
            )}
          </EditorForm>
        ) : (
          <Shown label={label} text={shown ?? value} origin={editor.origin} onEdit={editor.begin} />
        )}
      </dd>
      {menu && !editor.open && <dd className={classes.menuCell}>{menu}</dd>}
    </div>
  );
}

/** The value as a button: it edits, and for those who may not it can be focused, so that it tells where it comes from. */
export function Shown({
  label,
  text,
  origin,
  onEdit,
}: {
  readonly label: string;
  readonly text: string | null | undefined;
  readonly origin: React.RefObject<HTMLButtonElement | null>;
  readonly onEdit: () => void;
}) {
  const t = useTexts(texts);
  const { editable } = useRecord();
  const value = text ? text : <span className={classes.nothing}>{t.empty}</span>;
  return editable ? (
    <button
      ref={origin}
      type="button"
      className={classes.value}
      onClick={onEdit}
      aria-label={`${text ?? t.empty} – ${t.edit(label)}`}
    >
      {value}
      <Icon name="edit" size={14} className={classes.pencil!} />
    </button>
  ) : (
    <button
      type="button"
      className={classes.value}
      data-plain
      aria-label={`${text ?? t.empty} – ${t.provenance.show(label)}`}
    >
      {value}
    </button>
  );
}
