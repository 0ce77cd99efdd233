/** The credentials of every dialect and of operators. */
import { Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { useDialectColour } from '../../shared/dialect.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Problem } from '../../shared/problem.tsx';
import { CredentialRow } from './credential-row.tsx';
import { NewCredentialDialog } from './new-credential-dialog.tsx';
import classes from './page.module.css';
import { type Credential, type CredentialForm, credentialFormsQuery, credentialsQuery } from './queries.ts';
import { RevokeDialog } from './revoke-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { RowsSkeleton } from './rows-skeleton.tsx';
import { type Issued, SecretsDialog } from './secrets-dialog.tsx';
import { isInForce, OWN, stateOf } from './standing.ts';
import { texts } from './texts.ts';

type Doing = { readonly what: 'rotate' | 'revoke'; readonly credential: Credential };

export function Credentials() {
  const credentials = useQuery(credentialsQuery);
  const forms = useQuery(credentialFormsQuery);
  const [creating, setCreating] = useState<string>();
  const [doing, setDoing] = useState<Doing>();
  const [issued, setIssued] = useState<Issued>();
  const error = credentials.error ?? forms.error;
  if (error && (!credentials.data || !forms.data))
    return (
      <Problem
        error={error}
        onRetry={() => {
          void credentials.refetch();
          void forms.refetch();
        }}
      />
    );
  if (!credentials.data || !forms.data) return <RowsSkeleton />;
  const show = (shown: Issued): void => {
    setCreating(undefined);
    setDoing(undefined);
    setIssued(shown);
  };
  return (
    <Stack gap="xl">
      <Tools credentials={credentials.data} onCreate={() => setCreating(OWN)} />
      {forms.data.map(form => (
        <Section
          key={form.dialect}
          form={form}
          credentials={credentials.data.filter(({ dialect }) => dialect === form.dialect)}
          onCreate={() => setCreating(form.dialect)}
          onDo={setDoing}
        />
      ))}
      <NewCredentialDialog
        forms={forms.data}
        opened={creating !== undefined}
        dialect={creating ?? OWN}
        onDialect={setCreating}
        onIssued={show}
        onClose={() => setCreating(undefined)}
      />
      {doing?.what === 'rotate' && (
        <RotateDialog credential={doing.credential} onIssued={show} onClose={() => setDoing(undefined)} />
      )}
      {doing?.what === 'revoke' && (
        <RevokeDialog
          credential={doing.credential}
          all={credentials.data}
          title={forms.data.find(({ dialect }) => dialect === doing.credential.dialect)?.title ?? ''}
          onClose={() => setDoing(undefined)}
        />
      )}
      {issued && <SecretsDialog issued={issued} onClose={() => setIssued(undefined)} />}
    </Stack>
  );
}

interface ToolsProps {
  readonly credentials: readonly Credential[];
  onCreate(): void;
}

function Tools({ credentials, onCreate }: ToolsProps) {
  const t = useTexts(texts);
  const format = useFormat();
  const { ended = false } = useSearch({ from: '/shell/access' });
  const navigate = useNavigate({ from: '/access' });
  const over = credentials.filter(each => !isInForce(stateOf(each, Date.now()))).length;
  return (
    <Group justify="space-between">
      <Button leftSection={<Icon name="plus" size={16} />} onClick={onCreate}>
        {t.create}
      </Button>
      {(over > 0 || ended) && (
        <Switch
          label={t.showEnded(format.number(over))}
          checked={ended}
          onChange={event =>
            navigate({ search: event.currentTarget.checked ? { ended: true } : {}, replace: true })
          }
        />
      )}
    </Group>
  );
}

interface SectionProps {
  readonly form: CredentialForm;
  readonly credentials: readonly Credential[];
  onCreate(): void;
  onDo(doing: Doing): void;
}

function Section({ form, credentials, onCreate, onDo }: SectionProps) {
  const t = useTexts(texts);
  const colour = useDialectColour();
  const { ended = false } = useSearch({ from: '/shell/access' });
  const { dialect, title } = form;
  const now = Date.now();
  const shown = credentials.filter(each => ended || isInForce(stateOf(each, now))).toSorted(byAge);
  const heading = `access-${dialect}`;
  return (
    <section aria-labelledby={heading}>
      <Group justify="space-between" align="flex-end" mb="xs" wrap="nowrap">
        <div>
          <Group gap={10} wrap="nowrap">
            <span className={classes.dot} data-colour={colour(dialect)} aria-hidden="true" />
            <Title order={2} id={heading}>
              {dialect === OWN ? t.own : title}
            </Title>
          </Group>
          <Text size="sm" c="dimmed">
            {dialect === OWN ? t.ownLead : t.vendorLead(title)}
          </Text>
        </div>
        <Button
          variant="subtle"
          size="compact-sm"
          px="xs"
          onClick={onCreate}
          aria-label={t.createFor(dialect === OWN ? 'Concord' : title)}
        >
          <Icon name="plus" size={16} />
        </Button>
      </Group>
      {shown.length === 0 ? (
        <div className={classes.card}>
          <Text p="md" size="sm" c="dimmed">
            {t.noneOf(title)}
          </Text>
        </div>
      ) : (
        <ul className={classes.card} aria-labelledby={heading}>
          {shown.map(credential => (
            <CredentialRow
              key={credential.id}
              credential={credential}
              onRotate={() => onDo({ what: 'rotate', credential })}
              onRevoke={() => onDo({ what: 'revoke', credential })}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Names beside each other, the newest of a name first. */
const byAge = (one: Credential, other: Credential): number =>
  one.name.localeCompare(other.name) || other.createdAt.localeCompare(one.createdAt);
