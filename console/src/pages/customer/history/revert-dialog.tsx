/** Taking back a change or one field: first what would happen, then, when it harms nothing or on purpose, the deed. */
import { Alert, Button, Checkbox, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { customerQuery } from '../../../api/customer.ts';
import { isProblem } from '../../../api/problem.ts';
import { useTexts } from '../../../i18n/language.tsx';
import { Ago } from '../../../shared/ago.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { Problem } from '../../../shared/problem.tsx';
import { sharedTexts } from '../../../shared/texts.ts';
import { type Change, type Revert, revertPreviewQuery, sendRevert } from './queries.ts';
import { Outcome } from './revert-outcome.tsx';
import { useReverted } from './reverted.tsx';
import { texts } from './texts.ts';
import { Sentence } from './words.tsx';

export interface RevertDialogProps {
  readonly id: string;
  readonly revert: Revert | undefined;
  readonly changes: readonly Change[];
  onClose(): void;
}

export function RevertDialog(props: RevertDialogProps) {
  const t = useTexts(texts);
  const s = useTexts(sharedTexts);
  const { revert, onClose } = props;
  return (
    <Modal
      opened={revert !== undefined}
      onClose={onClose}
      title={revert?.path === undefined ? t.revert.title : t.revert.titleField}
      size="lg"
      closeButtonProps={{ 'aria-label': s.close }}
      // A dialog's head is no head of the page.
      attributes={{ header: { role: 'none' } }}
    >
      {revert && <Question {...props} revert={revert} />}
    </Modal>
  );
}

function Question({ id, revert, changes, onClose }: RevertDialogProps & { readonly revert: Revert }) {
  const t = useTexts(texts);
  const s = useTexts(sharedTexts);
  const record = useQuery(customerQuery(id));
  const etag = record.data?.etag ?? '';
  const preview = useQuery({ ...revertPreviewQuery(id, revert, etag), enabled: etag !== '' });
  const [isForced, setForced] = useState(false);
  const done = useReverted(id, onClose);
  const send = useMutation({
    mutationFn: (force: boolean) => sendRevert(id, revert, etag, force),
    onSuccess: done,
    // Somebody was faster: what would change is looked at anew, and nothing is overwritten unseen.
    onError: error => {
      if (isProblem(error, 'precondition-failed')) void record.refetch();
    },
  });
  const change = changes.find(({ sequence }) => sequence === revert.sequence);
  const conflicts = preview.data?.conflicts ?? [];
  const isPointless =
    preview.data !== undefined && (preview.data.customer === null || preview.data.fields.length === 0);
  const isReady = preview.data !== undefined && !isPointless && (conflicts.length === 0 || isForced);
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        if (isReady) send.mutate(conflicts.length > 0);
      }}
    >
      <Stack>
        {change && (
          <Text size="sm">
            <Sentence change={change} /> · <Ago at={change.at} />
          </Text>
        )}
        {preview.error ? (
          <Problem error={preview.error} onRetry={() => void preview.refetch()} />
        ) : preview.data ? (
          <Outcome preview={preview.data} changes={changes} id={id} onLeave={onClose} />
        ) : (
          <Stack gap="xs" role="status" aria-label={t.revert.loading}>
            <Skeleton height={16} width="50%" />
            <Skeleton height={64} />
          </Stack>
        )}
        {conflicts.length > 0 && preview.data?.customer && (
          <Checkbox
            label={t.revert.force}
            checked={isForced}
            color="brick"
            onChange={event => setForced(event.currentTarget.checked)}
          />
        )}
        {send.error ? (
          isProblem(send.error, 'precondition-failed') ? (
            <Alert color="amber" icon={<Icon name="info" />} role="status">
              {t.revert.moved}
            </Alert>
          ) : (
            <Problem error={send.error} />
          )
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {isPointless ? s.close : s.cancel}
          </Button>
          {!isPointless && (
            <Button
              type="submit"
              disabled={!isReady}
              loading={send.isPending && !send.isPaused}
              {...(conflicts.length > 0 && { color: 'brick' })}
            >
              {conflicts.length > 0 ? t.revert.forced : t.revert.action}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
