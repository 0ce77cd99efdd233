/** Employees of a business: customers themselves, found by search. */
import { Badge, Group, NativeSelect, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../../../api/client.ts';
import { customerQuery, customersKey } from '../../../api/customer.ts';
import { useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { AnchorLink } from '../../../shared/links.tsx';
import { useRemove } from './actions.tsx';
import { type Editor, useEditor } from './editor.ts';
import { EditorForm, useRule } from './editor-form.tsx';
import { EntryMenu } from './entry-menu.tsx';
import { Shown } from './inline-field.tsx';
import classes from './record.module.css';
import { useRecord } from './record-context.tsx';
import { AddButton, Section } from './section.tsx';
import { texts } from './texts.ts';
import { type Employee, NEW } from './types.ts';

const SEARCH_DELAY_MILLISECONDS = 150;
const FOUND_MAXIMUM = 8;

const EMPTY: Employee = { customerId: '', position: '', status: 'active', createdAt: '' };

export function Employees() {
  const t = useTexts(texts);
  const { customer, editable } = useRecord();
  const added = useEmployeeEditor(NEW, EMPTY);
  const { employees } = customer;
  if (customer.kind === 'individual' && employees.length === 0) return null;
  return (
    <Section
      title={t.sections.employees}
      action={
        editable &&
        !added.open && <AddButton label={t.employees.add} onClick={added.begin} origin={added.origin} />
      }
    >
      {employees.length === 0 && !added.open && <p className={classes.none}>{t.employees.none}</p>}
      <ul className={classes.list}>
        {employees.map(employee => (
          <EmployeeRow key={employee.customerId} employee={employee} />
        ))}
      </ul>
      {added.open && editable && (
        <EmployeeForm editor={added} path={`employees/${NEW}`} label={t.employees.add} isNew />
      )}
    </Section>
  );
}

const useEmployeeEditor = (key: string, employee: Employee): Editor<Employee> =>
  useEditor(`employees/${key}`, employee, (customer, value) => {
    const known = customer.employees.some(({ customerId }) => customerId === value.customerId);
    const written = { ...value, position: value.position.trim() };
    return {
      ...customer,
      employees: known
        ? customer.employees.map(each => (each.customerId === value.customerId ? written : each))
        : [...customer.employees, written],
    };
  });

function EmployeeRow({ employee }: { readonly employee: Employee }) {
  const t = useTexts(texts);
  const { editable } = useRecord();
  const editor = useEmployeeEditor(employee.customerId, employee);
  const remove = useRemove();
  const { data } = useQuery(customerQuery(employee.customerId));
  const path = `employees/${employee.customerId}`;
  const name = data?.body.name ?? '…';
  if (editor.open && editable) {
    return (
      <li>
        <EmployeeForm editor={editor} path={path} label={t.edit(name)} />
      </li>
    );
  }
  return (
    <li className={classes.row}>
      <Icon name="person" size={18} className={classes.rowIcon!} />
      <div className={classes.rowMain} data-path={path}>
        <Shown
          label={`${name}, ${t.fields.position}`}
          text={employee.position || null}
          origin={editor.origin}
          onEdit={editor.begin}
        />
        <Group gap={6} className={classes.rowNotes!}>
          <AnchorLink to="/customers/$id" params={{ id: employee.customerId }} size="sm">
            {name}
          </AnchorLink>
          <Badge size="sm" variant="light" color={employee.status === 'active' ? 'moss' : 'gray'} tt="none">
            {t.employeeStatus[employee.status]}
          </Badge>
        </Group>
      </div>
      {editable && (
        <EntryMenu
          what={name}
          actions={[
            { label: t.editNow, icon: 'edit', run: editor.begin },
            {
              label: t.remove,
              icon: 'trash',
              danger: true,
              run: () =>
                remove(path, name, customer => ({
                  ...customer,
                  employees: customer.employees.filter(each => each.customerId !== employee.customerId),
                })),
            },
          ]}
        />
      )}
    </li>
  );
}

function EmployeeForm(props: {
  readonly editor: Editor<Employee>;
  readonly path: string;
  readonly label: string;
  readonly isNew?: boolean;
}) {
  const { editor, path, label, isNew } = props;
  const t = useTexts(texts);
  const rule = useRule();
  const [missing, setMissing] = useState(false);
  const employee = editor.value;
  const change = (part: Partial<Employee>): void => editor.change({ ...employee, ...part });
  const ready = (): boolean => {
    setMissing(employee.customerId === '');
    return employee.customerId !== '';
  };
  return (
    <EditorForm editor={editor} path={path} label={label} shows={['position', 'status']} ready={ready}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        {isNew && (
          <CustomerPicker
            error={missing && employee.customerId === '' ? t.employees.missing : undefined}
            onPick={customerId => change({ customerId })}
          />
        )}
        <TextInput
          label={t.fields.position}
          value={employee.position}
          error={rule(editor.fault('position'))}
          onChange={event => change({ position: event.currentTarget.value })}
          autoComplete="off"
        />
        <NativeSelect
          label={t.fields.status}
          value={employee.status}
          data={Object.entries(t.employeeStatus).map(([value, name]) => ({ value, label: name }))}
          onChange={event => change({ status: event.currentTarget.value as Employee['status'] })}
        />
      </SimpleGrid>
    </EditorForm>
  );
}

function CustomerPicker({
  error,
  onPick,
}: {
  readonly error: string | undefined;
  readonly onPick: (id: string) => void;
}) {
  const t = useTexts(texts);
  const { customer } = useRecord();
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed.trim(), SEARCH_DELAY_MILLISECONDS);
  const { data } = useQuery({
    queryKey: [...customersKey, 'pick', query],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/concord/v1/customers/search', {
          params: { query: { q: query, limit: String(FOUND_MAXIMUM) } },
          signal,
        }),
      ),
    enabled: query !== '',
    placeholderData: keepPreviousData,
  });
  const found = (data?.items ?? []).filter(({ customer: { id } }) => id !== customer.id);
  return (
    <Select
      label={t.employees.find}
      placeholder={t.employees.findHint}
      searchable
      error={error}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={query === '' ? undefined : t.employees.nobody}
      data={found.map(({ customer: { id, name, number } }) => ({ value: id, label: `${name} · ${number}` }))}
      onChange={id => onPick(id ?? '')}
    />
  );
}
