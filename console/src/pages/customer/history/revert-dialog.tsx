/** Taking back a change or one field: first what would happen, then, when it harms nothing or on purpose, the deed. */
import { Alert, Anchor, Button, Checkbox, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { Tagged } from '../../../api/client.ts';
import { type Customer, customerQuery, useCustomerChanged } from '../../../api/customer.ts';
import { isProblem } from '../../../api/problem.ts';
import { useTexts } from '../../../i18n/language.tsx';
import { Ago } from '../../../shared/ago.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { Problem } from '../../../shared/problem.tsx';
import { sharedTexts } from '../../../shared/texts.ts';
import { pathLabel } from '../../../words/path-words.ts';
import { isWording } from '../../../words/sentence.ts';
import { FieldTable } from './field-table.tsx';
import classes from './page.module.css';
import {
  type Change,
  newestChange,
  type Revert,
  type RevertPreview,
  revertPreviewQuery,
  sendRevert,
} from './queries.ts';
import { texts } from './texts.ts';
import { Sentence, useWords } from './words.tsx';

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
  const done = useDone(id, onClose);
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

interface OutcomeProps {
  readonly id: string;
  readonly preview: RevertPreview;
  readonly changes: readonly Change[];
  onLeave(): void;
}

function Outcome({ id, preview: { fields, conflicts, customer }, changes, onLeave }: OutcomeProps) {
  const t = useTexts(texts);
  const told = fields.filter(({ path }) => !isWording(path));
  return (
    <Stack>
      {customer === null ? (
        <Alert color="amber" icon={<Icon name="alert" />}>
          {t.revert.impossible}
        </Alert>
      ) : fields.length === 0 ? (
        <Alert color="moss" icon={<Icon name="check" />}>
          {t.revert.nothing}
        </Alert>
      ) : (
        <div className={classes.card}>
          <Text size="sm" fw={500} mb="xs">
            {t.revert.would}
          </Text>
          <FieldTable
            rows={told.length > 0 ? told : fields}
            caption={t.revert.would}
            before={t.revert.now}
            after={t.revert.result}
          />
        </div>
      )}
      {conflicts.length > 0 && (
        <Conflicts
          id={id}
          conflicts={conflicts}
          changes={changes}
          hint={customer === null ? undefined : t.revert.conflictsHint}
          onLeave={onLeave}
        />
      )}
    </Stack>
  );
}

function Conflicts({
  id,
  conflicts,
  changes,
  hint,
  onLeave,
}: {
  readonly id: string;
  readonly hint: string | undefined;
  readonly conflicts: RevertPreview['conflicts'];
  readonly changes: readonly Change[];
  onLeave(): void;
}) {
  const t = useTexts(texts);
  const words = useWords();
  const navigate = useNavigate();
  const router = useRouter();
  return (
    <Alert color="amber" icon={<Icon name="alert" />} title={t.revert.conflicts} role="alert">
      {hint !== undefined && <Text size="sm">{hint}</Text>}
      <ul style={{ margin: '8px 0 0', paddingInlineStart: 18, fontSize: '0.875rem' }}>
        {conflicts.map(({ path, sequence }) => {
          const later = changes.find(change => change.sequence === sequence);
          const to = {
            to: '/customers/$id/history',
            params: { id },
            search: { change: sequence ?? undefined },
          } as const;
          return (
            <li key={path}>
              <strong>{pathLabel(path, words)}</strong>{' '}
              {sequence === null ? (
                t.revert.unknownChange
              ) : (
                <>
                  {later && (
                    <>
                      {t.revert.by(later.actor)}, <Ago at={later.at} />{' '}
                    </>
                  )}
                  <Anchor
                    size="sm"
                    underline="always"
                    href={router.buildLocation(to).href}
                    onClick={event => {
                      event.preventDefault();
                      onLeave();
                      void navigate(to);
                    }}
                  >
                    {t.revert.seeChange}
                  </Anchor>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </Alert>
  );
}

/** Afterwards: the record is the answer, and a toast leads to the change that was made. */
function useDone(id: string, onClose: () => void): (reverted: Tagged<Customer>) => Promise<void> {
  const t = useTexts(texts);
  const changed = useCustomerChanged(id);
  const navigate = useNavigate();
  const router = useRouter();
  return async reverted => {
    const [newest] = await Promise.all([newestChange(id).catch(() => undefined), changed(reverted)]);
    onClose();
    const to = {
      to: '/customers/$id/history',
      params: { id },
      search: { change: newest?.sequence },
    } as const;
    const toast = notifications.show({
      color: 'moss',
      title: t.revert.done,
      autoClose: 10_000,
      message: (
        // A toast is outside the router: the link is led by hand.
        <Anchor
          size="sm"
          underline="always"
          href={router.buildLocation(to).href}
          onClick={event => {
            event.preventDefault();
            notifications.hide(toast);
            void navigate(to);
          }}
        >
          {t.revert.doneLink}
        </Anchor>
      ),
    });
  };
}
