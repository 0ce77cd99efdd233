/** Another secret for a credential, and how long the present one goes on. */
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { Problem } from '../../shared/problem.tsx';
import { sharedTexts } from '../../shared/texts.ts';
import { type Credential, once, useCredentialRotate } from './queries.ts';
import type { Issued } from './secrets-dialog.tsx';
import { texts } from './texts.ts';

/** In seconds. */
const OVERLAPS = { now: 0, hour: 3_600, day: 86_400, week: 604_800 } as const;
type Overlap = keyof typeof OVERLAPS;
const NAMES = Object.keys(OVERLAPS) as Overlap[];

export interface RotateDialogProps {
  readonly credential: Credential;
  onIssued(issued: Issued): void;
  onClose(): void;
}

export function RotateDialog({ credential, onIssued, onClose }: RotateDialogProps) {
  const words = useTexts(texts);
  const t = words.rotation;
  const shared = useTexts(sharedTexts);
  const format = useFormat();
  const [overlap, setOverlap] = useState<Overlap>('day');
  const { id, name } = credential;
  const rotate = useCredentialRotate(id);
  const seconds = OVERLAPS[overlap];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    rotate.mutate(once({ overlapSeconds: seconds }), {
      onSuccess: ({ secrets }) => onIssued({ name, secrets }),
    });
  };
  const until = format.dateTime(new Date(Date.now() + seconds * 1_000).toISOString());
  return (
    <Modal
      opened
      onClose={onClose}
      title={t.title(name)}
      centered
      closeButtonProps={{ 'aria-label': shared.close }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t.explain}</Text>
          <Radio.Group
            label={t.overlap}
            value={overlap}
            onChange={value => setOverlap(value as Overlap)}
            description={seconds === 0 ? t.atOnce : t.until(until)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          >
            <Stack gap={8} my={8}>
              {NAMES.map(each => (
                <Radio key={each} value={each} label={t.overlaps[each]} />
              ))}
            </Stack>
          </Radio.Group>
          {rotate.isPaused && <Text size="sm">{words.form.waiting}</Text>}
          {rotate.isError && <Problem error={rotate.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared.cancel}
            </Button>
            <Button type="submit" loading={rotate.isPending}>
              {t.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
