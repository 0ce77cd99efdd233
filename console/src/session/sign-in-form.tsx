/** Login and password, on the sign-in page and in the dialog of an ended session. */
import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { isProblem } from '../api/problem.ts';
import { type Session, signIn } from '../api/session.ts';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from '../shared/icons.tsx';
import { useExplain } from '../shared/problem.tsx';
import { sessionTexts } from './texts.ts';

export function SignInForm({ onSignedIn }: { onSignedIn(session: Session): void }) {
  const t = useTexts(sessionTexts);
  const explain = useExplain();
  const attempt = useMutation({
    mutationFn: ({ login, password }: { login: string; password: string }) => signIn(login, password),
    onSuccess: onSignedIn,
    // A person sees at once that the server is away, and tries again.
    networkMode: 'always',
    retry: false,
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    attempt.mutate({ login: String(fields.get('login')).trim(), password: String(fields.get('password')) });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {attempt.isError && (
          <Alert color="brick" variant="light" icon={<Icon name="alert" />} role="alert">
            {isProblem(attempt.error, 'unauthenticated') ? t.wrong : explain(attempt.error)}
          </Alert>
        )}
        <TextInput
          name="login"
          label={t.login}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          maxLength={254}
          data-autofocus
        />
        <PasswordInput
          name="password"
          label={t.password}
          autoComplete="current-password"
          required
          withAsterisk={false}
          maxLength={1_000}
          visibilityToggleButtonProps={{ 'aria-label': t.showPassword, tabIndex: 0 }}
        />
        <Button type="submit" loading={attempt.isPending} fullWidth>
          {t.signIn}
        </Button>
      </Stack>
    </form>
  );
}
