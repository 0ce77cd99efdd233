/** After a revert: the record is up to date, and a toast leads to the change that was made. */
import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate, useRouter } from '@tanstack/react-router';
import type { Tagged } from '../../../api/client.ts';
import { type Customer, useCustomerChanged } from '../../../api/customer.ts';
import { useTexts } from '../../../i18n/language.tsx';
import { newestChange } from './queries.ts';
import { texts } from './texts.ts';

export function useReverted(id: string, onClose: () => void): (reverted: Tagged<Customer>) => Promise<void> {
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
