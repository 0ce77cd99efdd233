/** Ends a credential, after saying what stops working. */
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useSession } from '../../api/session.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Ago } from '../../shared/ago.tsx';
import { Confirm } from '../../shared/confirm.tsx';
import { Icon } from '../../shared/icons.tsx';
import { sharedTexts } from '../../shared/texts.ts';
import { type Credential, useCredentialRevoke } from './queries.ts';
import { isLastAdmin, sortOf } from './standing.ts';
import { type AccessTexts, texts } from './texts.ts';

export interface RevokeDialogProps {
  readonly credential: Credential;
  readonly all: readonly Credential[];
  /** Of the dialect. */
  readonly title: string;
  onClose(): void;
}

export function RevokeDialog({ credential, all, title, onClose }: RevokeDialogProps) {
  const words = useTexts(texts);
  const t = words.revocation;
  const shared = useTexts(sharedTexts);
  const { id, name, lastUsedAt } = credential;
  const session = useSession();
  const revoke = useCredentialRevoke(id);
  const sort = sortOf(credential);
  if (isLastAdmin(all, id, Date.now()))
    return (
      <Modal
        opened
        onClose={onClose}
        title={t.title(name)}
        centered
        closeButtonProps={{ 'aria-label': shared.close }}
      >
        <Stack>
          <Text>{t.last}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared.close}
            </Button>
          </Group>
        </Stack>
      </Modal>
    );
  const confirm = (): void =>
    revoke.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ color: 'moss', message: t.done(name) });
        onClose();
      },
    });
  return (
    <Confirm
      opened
      title={t.title(name)}
      action={words.revoke}
      danger
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Text>{effectOf(credential, sort, title, t)}</Text>
      {sort === 'person' && name === session.name && (
        <Alert color="amber" variant="light" icon={<Icon name="alert" />}>
          {t.self}
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {lastUsedAt === null ? (
          t.unused
        ) : (
          <>
            {t.used} <Ago at={lastUsedAt} />.
          </>
        )}{' '}
        {t.forever}
      </Text>
    </Confirm>
  );
}

function effectOf(
  { name, settings }: Credential,
  sort: ReturnType<typeof sortOf>,
  title: string,
  t: AccessTexts['revocation'],
): string {
  if (sort === 'person') return t.person(name);
  if (sort === 'login') return t.login(title);
  if (sort === 'key') return t.key(title);
  if (sort === 'issuer') return t.issuer(String(settings.issuer ?? title));
  return t[sort];
}
