/** The shape of a list while it is loaded. */
import { Skeleton, Stack } from '@mantine/core';
import { useTexts } from '../../i18n/language.tsx';
import { sharedTexts } from '../../shared/texts.ts';

const ROWS = [0, 1, 2, 3];

export function RowsSkeleton() {
  const t = useTexts(sharedTexts);
  return (
    <Stack role="status" aria-label={t.loading} gap="xs">
      <Skeleton height={36} width={170} mb="md" />
      {ROWS.map(row => (
        <Skeleton key={row} height={64} />
      ))}
    </Stack>
  );
}
