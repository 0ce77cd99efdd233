/** What a revert would do, and which later changes it would undo. */
import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useTexts } from '../../../i18n/language.tsx';
import { Ago } from '../../../shared/ago.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { pathLabel } from '../../../words/path-words.ts';
import { isTechnical, isWording } from '../../../words/sentence.ts';
import { FieldTable } from './field-table.tsx';
import classes from './page.module.css';
import type { Change, RevertPreview } from './queries.ts';
import { texts } from './texts.ts';
import { useWords } from './words.tsx';

export interface OutcomeProps {
  readonly id: string;
  readonly preview: RevertPreview;
  readonly changes: readonly Change[];
  onLeave(): void;
}

export function Outcome({ id, preview: { fields, conflicts, customer }, changes, onLeave }: OutcomeProps) {
  const t = useTexts(texts);
  const told = fields.filter(({ path }) => !isWording(path) && !isTechnical(path));
  return (
    <Stack>
      {customer === null ? (
        <Alert color="amber" icon={<Icon name="alert" />}>
          {t.revert.impossible}
        </Alert>
      ) : fields.length === 0 ? (
        <Alert color="moss" icon={<Icon name="check" />}>
          {t.revert.nothing}
        </Alert>
      ) : (
        <div className={classes.card}>
          <Text size="sm" fw={500} mb="xs">
            {t.revert.would}
          </Text>
          <FieldTable
            rows={told.length > 0 ? told : fields}
            caption={t.revert.would}
            before={t.revert.now}
            after={t.revert.result}
          />
        </div>
      )}
      {conflicts.length > 0 && (
        <Conflicts
          id={id}
          conflicts={conflicts}
          changes={changes}
          hint={customer === null ? undefined : t.revert.conflictsHint}
          onLeave={onLeave}
        />
      )}
    </Stack>
  );
}

function Conflicts({
  id,
  conflicts,
  changes,
  hint,
  onLeave,
}: {
  readonly id: string;
  readonly hint: string | undefined;
  readonly conflicts: RevertPreview['conflicts'];
  readonly changes: readonly Change[];
  onLeave(): void;
}) {
  const t = useTexts(texts);
  const words = useWords();
  const navigate = useNavigate();
  const router = useRouter();
  return (
    <Alert color="amber" icon={<Icon name="alert" />} title={t.revert.conflicts} role="alert">
      {hint !== undefined && <Text size="sm">{hint}</Text>}
      <ul style={{ margin: '8px 0 0', paddingInlineStart: 18, fontSize: '0.875rem' }}>
        {conflicts.map(({ path, sequence }) => {
          const later = changes.find(change => change.sequence === sequence);
          const to = {
            to: '/customers/$id/history',
            params: { id },
            search: { change: sequence ?? undefined },
          } as const;
          return (
            <li key={path}>
              <strong>{pathLabel(path, words)}</strong>{' '}
              {sequence === null ? (
                t.revert.unknownChange
              ) : (
                <>
                  {later && (
                    <>
                      {t.revert.by(later.actor)}, <Ago at={later.at} />{' '}
                    </>
                  )}
                  <Anchor
                    size="sm"
                    underline="always"
                    href={router.buildLocation(to).href}
                    onClick={event => {
                      event.preventDefault();
                      onLeave();
                      void navigate(to);
                    }}
                  >
                    {t.revert.seeChange}
                  </Anchor>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </Alert>
  );
}
