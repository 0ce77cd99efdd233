/** Says that the server cannot be reached, and how much waits for it. */
import { Alert } from '@mantine/core';
import { onlineManager, useMutationState } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useFormat, useTexts } from '../i18n/language.tsx';
import { Icon } from '../shared/icons.tsx';
import { shellTexts } from './texts.ts';

export const useOnline = (): boolean =>
  useSyncExternalStore(
    listener => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );

export function OfflineBanner() {
  const t = useTexts(shellTexts);
  const format = useFormat();
  const online = useOnline();
  const paused = useMutationState({ filters: { predicate: mutation => mutation.state.isPaused } });
  return (
    <div role="status" aria-live="polite">
      {!online && (
        <Alert color="amber" variant="light" icon={<Icon name="offline" />} mb="md">
          {t.offline} {paused.length > 0 && t.waiting(format.number(paused.length))}
        </Alert>
      )}
    </div>
  );
}
