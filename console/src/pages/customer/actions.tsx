/** What can be done with a customer as a whole. */
import { Button, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type Customer,
  useCustomerArchive,
  useCustomerDelete,
  useCustomerErase,
} from '../../api/customer.ts';
import { useMay, useSession } from '../../api/session.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Confirm } from '../../shared/confirm.tsx';
import { Icon } from '../../shared/icons.tsx';
import { useComplain } from '../../shared/problem.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { texts } from './texts.ts';

export interface ActionsProps {
  readonly customer: Customer;
  readonly etag: string;
}

type Asked = 'archive' | 'delete' | 'export' | 'erase';

export function Actions({ customer, etag }: ActionsProps) {
  const t = useTexts(texts);
  const complain = useComplain();
  const navigate = useNavigate();
  const { reveal } = useSession();
  const mayChange = useMay('editor');
  const mayErase = useMay('admin');
  const [asked, setAsked] = useState<Asked>();
  const archive = useCustomerArchive(customer.id);
  const remove = useCustomerDelete(customer.id);
  const erase = useCustomerErase(customer.id);
  const done = (message: string): void => {
    setAsked(undefined);
    notifications.show({ message, color: 'moss', icon: <Icon name="check" size={16} /> });
  };
  const gone = (message: string) => async (): Promise<void> => {
    await navigate({ to: '/customers' });
    done(message);
  };
  const close = (): void => {
    setAsked(undefined);
    for (const mutation of [archive, remove, erase]) mutation.reset();
  };
  if (!mayChange) return null;
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={200}>
        <Menu.Target>
          <Button
            variant="default"
            rightSection={<Icon name="chevronDown" size={16} />}
            style={{ flex: 'none' }}
          >
            {t.actions}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {customer.archived ? (
            <Menu.Item
              leftSection={<Icon name="restore" />}
              onClick={() =>
                archive.mutate(
                  { archive: false, etag },
                  { onSuccess: () => done(t.restoredNow), onError: complain },
                )
              }
            >
              {t.restore}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<Icon name="archive" />} onClick={() => setAsked('archive')}>
              {t.archive}
            </Menu.Item>
          )}
          {mayErase && reveal && (
            <Menu.Item leftSection={<Icon name="download" />} onClick={() => setAsked('export')}>
              {t.export}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item
            c="var(--mantine-color-error)"
            leftSection={<Icon name="trash" />}
            onClick={() => setAsked('delete')}
          >
            {t.delete}
          </Menu.Item>
          {mayErase && (
            <Menu.Item
              c="var(--mantine-color-error)"
              leftSection={<Icon name="erase" />}
              onClick={() => setAsked('erase')}
            >
              {t.erase}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asked === 'archive'}
        title={t.archiveTitle}
        action={t.archive}
        pending={archive.isPending}
        error={archive.error}
        onConfirm={() => archive.mutate({ archive: true, etag }, { onSuccess: () => done(t.archivedNow) })}
        onClose={close}
      >
        <Text size="sm">{t.archiveText}</Text>
      </Confirm>
      <Confirm
        opened={asked === 'delete'}
        title={t.deleteTitle}
        action={t.delete}
        danger
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ etag }, { onSuccess: gone(t.deletedNow) })}
        onClose={close}
      >
        <Text size="sm">{t.deleteText}</Text>
      </Confirm>
      <Confirm
        opened={asked === 'erase'}
        title={t.eraseTitle}
        action={t.erase}
        danger
        typed={{ word: String(customer.number), label: t.eraseTyped(String(customer.number)) }}
        pending={erase.isPending}
        error={erase.error}
        onConfirm={() => erase.mutate(undefined, { onSuccess: gone(t.erasedNow) })}
        onClose={close}
      >
        <Text size="sm">{t.eraseText}</Text>
      </Confirm>
      <ExportDialog customer={customer} opened={asked === 'export'} onClose={close} />
    </>
  );
}
