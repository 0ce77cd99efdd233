/** What a page shows that failed. The frame around it stays. */
import { Stack, Title } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTexts } from '../i18n/language.tsx';
import { Problem } from '../shared/problem.tsx';
import { shellTexts } from './texts.ts';

export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const t = useTexts(shellTexts);
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const again = (): void => {
    queries.reset();
    reset();
    void router.invalidate();
  };
  return (
    <Stack maw={640} mx="auto" p="md">
      <Title order={1}>{t.errorTitle}</Title>
      <Problem error={error} onRetry={again} />
    </Stack>
  );
}
