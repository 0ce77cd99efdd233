/** An error as a person can use it: what happened, what to do, and the request's id for those who look into logs. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ConnectionError, ProblemError } from '../api/problem.ts';
import { useFormat, useTexts } from '../i18n/language.tsx';
import { Icon } from './icons.tsx';
import { sharedTexts } from './texts.ts';

/** `explain(error)`: the sentence for an error in the person's language, the server's own where there is none. */
export function useExplain(): (error: unknown) => string {
  const t = useTexts(sharedTexts);
  const format = useFormat();
  return error => {
    if (error instanceof ConnectionError) return t.offlineNow;
    if (!(error instanceof ProblemError)) return t.problem.internal;
    const known = t.problem[error.code as keyof typeof t.problem];
    const sentence = typeof known === 'string' ? known : error.message;
    const wait = error.retryAfterSeconds;
    return wait === undefined ? sentence : `${sentence} ${t.problem.wait(format.number(wait))}`;
  };
}

/** `complain(error)`: says an error in a toast. For `onError` of a mutation. */
export function useComplain(): (error: unknown) => void {
  const t = useTexts(sharedTexts);
  const explain = useExplain();
  return error =>
    notifications.show({ color: 'brick', title: t.problem.title, message: explain(error), autoClose: 8_000 });
}

export interface ProblemProps {
  readonly error: unknown;
  readonly title?: string;
  /** Shows a button that tries once more. */
  readonly onRetry?: () => void;
}

export function Problem({ error, title, onRetry }: ProblemProps) {
  const t = useTexts(sharedTexts);
  const explain = useExplain();
  const requestId = error instanceof ProblemError ? error.requestId : undefined;
  return (
    <Alert
      color="brick"
      variant="light"
      title={title ?? t.problem.title}
      icon={<Icon name="alert" />}
      role="alert"
    >
      <Text size="sm">{explain(error)}</Text>
      {requestId && (
        <Text size="xs" c="dimmed" mt={4} ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          {t.problem.request(requestId)}
        </Text>
      )}
      {onRetry && (
        <Group mt="sm">
          <Button
            size="xs"
            variant="default"
            onClick={onRetry}
            leftSection={<Icon name="rotate" size={14} />}
          >
            {t.retry}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
