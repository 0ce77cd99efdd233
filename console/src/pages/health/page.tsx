/** Request rates and latencies of each dialect, and how the server itself does. */
import { Alert, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type DialectInfo, dialectsQuery } from '../../api/dialects.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Problem } from '../../shared/problem.tsx';
import { sharedTexts } from '../../shared/texts.ts';
import { DialectCard } from './dialect-card.tsx';
import classes from './page.module.css';
import { useSamples } from './queries.ts';
import type { Sample } from './sample.ts';
import { ServerFacts } from './server-facts.tsx';
import { texts } from './texts.ts';
import { trendOf } from './trend.ts';

/** Concord's own API, this console among its users. */
const OWN = { name: 'concord', title: 'Concord' };
const CARDS = [0, 1, 2, 3, 4, 5];

export function HealthPage() {
  const t = useTexts(texts);
  const samples = useSamples();
  return (
    <Stack gap="lg" className={classes.page}>
      <title>{`${t.title} · Concord`}</title>
      <div>
        <Title order={1}>{t.title}</Title>
        <Text c="dimmed">{t.lead}</Text>
      </div>
      {samples.isError && <Problem error={samples.error} onRetry={() => samples.refetch()} />}
      {samples.data && samples.isPaused && (
        <Alert color="amber" variant="light" icon={<Icon name="offline" />}>
          {t.old}
        </Alert>
      )}
      {samples.data ? <Shown samples={samples.data} /> : !samples.isError && <Loading />}
    </Stack>
  );
}

function Shown({ samples }: { readonly samples: readonly Sample[] }) {
  const t = useTexts(texts);
  const known = useQuery(dialectsQuery).data as readonly DialectInfo[] | undefined;
  const dialects = [OWN, ...(known ?? [])];
  const now = samples.at(-1)!.at;
  return (
    <>
      <section aria-labelledby="health-server">
        <Title order={2} id="health-server" mb="sm">
          {t.server}
        </Title>
        <ServerFacts samples={samples} />
      </section>
      <section aria-labelledby="health-systems">
        <Title order={2} id="health-systems" mb="sm">
          {t.systems}
        </Title>
        <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
          {dialects.map(({ name, title }) => (
            <DialectCard key={name} name={name} title={title} points={trendOf(samples, name)} now={now} />
          ))}
        </SimpleGrid>
      </section>
    </>
  );
}

function Loading() {
  const shared = useTexts(sharedTexts);
  return (
    <Stack role="status" aria-label={shared.loading}>
      <Skeleton height={130} />
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
        {CARDS.map(card => (
          <Skeleton key={card} height={300} />
        ))}
      </SimpleGrid>
    </Stack>
  );
}
