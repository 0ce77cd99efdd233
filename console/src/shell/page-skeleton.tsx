/** The shape of a page while it is loaded. */
import { Skeleton, Stack } from '@mantine/core';
import { useTexts } from '../i18n/language.tsx';
import { shellTexts } from './texts.ts';

export function PageSkeleton() {
  const t = useTexts(shellTexts);
  return (
    <Stack role="status" aria-label={t.loading}>
      <Skeleton height={34} width={220} />
      <Skeleton height={18} width="60%" />
      <Skeleton height={180} />
    </Stack>
  );
}
