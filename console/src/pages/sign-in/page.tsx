/** The sign-in. Leads back to where the person wanted to go. */
import { Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { LANGUAGES, type Language } from '../../i18n/texts.ts';
import { SignInForm } from '../../session/sign-in-form.tsx';
import { sessionTexts } from '../../session/texts.ts';
import mark from '../../theme/mark.svg';
import classes from './page.module.css';

export function SignInPage() {
  const t = useTexts(sessionTexts);
  const { language, choose } = useLanguage();
  const router = useRouter();
  const { to = '/customers' } = useSearch({ from: '/sign-in' });
  return (
    <main className={classes.page}>
      <Stack w="100%" maw={380} gap="lg">
        <Stack gap={6} align="center" ta="center">
          <img src={mark} alt="" width={56} height={56} />
          <Title order={1}>Concord</Title>
          <Text c="dimmed">{t.welcome}</Text>
        </Stack>
        <Paper className={classes.card!} p="xl" radius="lg">
          <Title order={2} mb="md">
            {t.title}
          </Title>
          <SignInForm onSignedIn={() => router.history.push(`/console${to.replace(/^\/console/, '')}`)} />
        </Paper>
        <Group justify="center">
          <SegmentedControl
            size="xs"
            value={language}
            onChange={value => choose(value as Language)}
            data={LANGUAGES.map(value => ({ value, label: value.toUpperCase() }))}
            aria-label="Language · Sprache · Idioma"
          />
        </Group>
      </Stack>
    </main>
  );
}
