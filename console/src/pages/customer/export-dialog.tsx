/** Everything about a customer as one file. */
import { Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Customer, exportCustomer } from '../../api/customer.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Confirm } from '../../shared/confirm.tsx';
import { texts } from './texts.ts';

const REASON_MAXIMUM = 1_000;

export interface ExportDialogProps {
  readonly customer: Customer;
  readonly opened: boolean;
  onClose(): void;
}

export function ExportDialog({ customer, opened, onClose }: ExportDialogProps) {
  const t = useTexts(texts);
  const [reason, setReason] = useState('');
  const close = (): void => {
    setReason('');
    work.reset();
    onClose();
  };
  const work = useMutation({
    mutationFn: () => exportCustomer(customer.id, reason.trim()),
    onSuccess: document => {
      save(`customer-${customer.number}.json`, document);
      close();
    },
  });
  return (
    <Confirm
      opened={opened}
      title={t.exportTitle}
      action={t.download}
      pending={work.isPending}
      error={work.error}
      onConfirm={() => work.mutate()}
      onClose={close}
    >
      <Text size="sm">{t.exportText}</Text>
      <TextInput
        label={t.reason}
        value={reason}
        maxLength={REASON_MAXIMUM}
        onChange={event => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </Confirm>
  );
}

function save(name: string, document_: unknown): void {
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(document_, null, 2)], { type: 'application/json' }),
  );
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
