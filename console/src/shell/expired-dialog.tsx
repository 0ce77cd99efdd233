/** The session ended in mid-work: sign in here, and what was being done goes on. */
import { Modal, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useSession } from '../api/session.ts';
import { useTexts } from '../i18n/language.tsx';
import { settleExpiry, useExpired } from '../session/expiry.ts';
import { SignInForm } from '../session/sign-in-form.tsx';
import { shellTexts } from './texts.ts';

export function ExpiredDialog() {
  const t = useTexts(shellTexts);
  const expired = useExpired();
  const { tenant } = useSession();
  const navigate = useNavigate();
  const giveUp = (): void => {
    settleExpiry(false);
    void navigate({ to: '/sign-in' });
  };
  return (
    <Modal opened={expired} onClose={giveUp} title={t.expiredTitle} closeOnClickOutside={false} centered>
      <Stack>
        <Text size="sm">{t.expired}</Text>
        <SignInForm
          onSignedIn={session => {
            // What waits belongs to the tenant of before; it must not be done in another's name.
            settleExpiry(session.tenant === tenant);
            if (session.tenant !== tenant) void navigate({ to: '/customers', reloadDocument: true });
          }}
        />
      </Stack>
    </Modal>
  );
}
