/** One credential: what it is, what it may, when it was used, and how it ends. */
import { Badge, Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { Ago } from '../../shared/ago.tsx';
import { Icon } from '../../shared/icons.tsx';
import classes from './page.module.css';
import type { Credential } from './queries.ts';
import { isInForce, type Sort, type State, sortOf, stateOf } from './standing.ts';
import { type AccessTexts, texts } from './texts.ts';

const ICONS = {
  person: 'person',
  program: 'system',
  login: 'access',
  key: 'access',
  issuer: 'shield',
  store: 'external',
} as const satisfies Record<Sort, string>;

const COLOURS: Readonly<Record<State, string>> = {
  active: 'moss',
  ending: 'amber',
  ended: 'gray',
  revoked: 'gray',
};

export interface CredentialRowProps {
  readonly credential: Credential;
  onRotate(): void;
  onRevoke(): void;
}

export function CredentialRow({ credential, onRotate, onRevoke }: CredentialRowProps) {
  const t = useTexts(texts);
  const { name, kind, lastUsedAt, replacedBy } = credential;
  const state = stateOf(credential, Date.now());
  const sort = sortOf(credential);
  const usable = isInForce(state);
  return (
    <li className={classes.row} data-over={!usable || undefined}>
      <span className={classes.icon} aria-hidden="true">
        <Icon name={ICONS[sort]} size={20} />
      </span>
      <div className={classes.about}>
        <Group gap={8}>
          <Text fw={600} className={classes.name!}>
            {name}
          </Text>
          {state !== 'active' && (
            <Badge variant="light" color={COLOURS[state]} tt="none" fw={600}>
              {t.states[state]}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed" className={classes.name!}>
          {[t.sorts[sort], ...settingsOf(credential.settings, t)].join(' · ')}
        </Text>
      </div>
      <dl className={classes.facts}>
        <Fact label={t.lastUsed}>{lastUsedAt === null ? t.never : <Ago at={lastUsedAt} />}</Fact>
        <End credential={credential} state={state} />
      </dl>
      <Group gap={6} className={classes.actions!}>
        {usable && kind !== 'issuer' && replacedBy === null && (
          <Button variant="default" size="xs" onClick={onRotate} aria-label={t.rotateName(name)}>
            {t.rotate}
          </Button>
        )}
        {usable && (
          <Button variant="default" size="xs" onClick={onRevoke} aria-label={t.revokeName(name)}>
            {t.revoke}
          </Button>
        )}
      </Group>
    </li>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function End({ credential, state }: { readonly credential: Credential; readonly state: State }) {
  const t = useTexts(texts);
  const format = useFormat();
  const { createdAt, expiresAt, revokedAt } = credential;
  if (state === 'revoked') return <Fact label={t.revokedAt}>{format.date(revokedAt!)}</Fact>;
  if (state === 'ended') return <Fact label={t.endedAt}>{format.dateTime(expiresAt!)}</Fact>;
  if (state === 'ending') return <Fact label={t.ends}>{format.dateTime(expiresAt!)}</Fact>;
  return <Fact label={t.created}>{format.date(createdAt)}</Fact>;
}

/** What the credential may do and where it comes from, in words. What is not known here is shown as it is. */
function settingsOf(settings: Credential['settings'], t: AccessTexts): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (name === 'role') return [t.role[value as keyof typeof t.role] ?? String(value)];
    if (name === 'store') return [];
    if (value === true) return [({ ...t.rights, ...t.marks } as Record<string, string>)[name] ?? name];
    if (value === false || value === null) return [];
    const label: string = t.option[name as keyof typeof t.option] ?? name;
    return [`${label}: ${typeof value === 'string' ? value : JSON.stringify(value)}`];
  });
}
