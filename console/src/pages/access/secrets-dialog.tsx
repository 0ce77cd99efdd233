/** Secrets, shown this once: the dialog does not go away until the person says that they are kept. */
import { Alert, Button, Checkbox, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { Copy } from '../../shared/copy.tsx';
import { Icon } from '../../shared/icons.tsx';
import { sharedTexts } from '../../shared/texts.ts';
import classes from './page.module.css';
import type { Secrets } from './queries.ts';
import { texts } from './texts.ts';

export interface Issued {
  readonly name: string;
  readonly secrets: Secrets;
}

export function SecretsDialog({ issued, onClose }: { readonly issued: Issued; onClose(): void }) {
  const t = useTexts(texts).secrets;
  const shared = useTexts(sharedTexts);
  const [isKept, setKept] = useState(false);
  const values = Object.entries(issued.secrets);
  const mayClose = isKept || values.length === 0;
  // Neither a step back nor a reload takes away what cannot be shown again.
  useBlocker({ shouldBlockFn: () => !mayClose, enableBeforeUnload: () => !mayClose });
  return (
    <Modal
      opened
      onClose={() => undefined}
      title={t.title}
      centered
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Text>{values.length === 0 ? t.nothing(issued.name) : t.made(issued.name)}</Text>
        {values.length > 0 && (
          <>
            <dl className={classes.secrets}>
              {values.map(([name, value]) => (
                <div key={name} className={classes.secret}>
                  <dt>{name}</dt>
                  <dd>
                    <code>{value}</code>
                    <Copy value={value} what={name} />
                  </dd>
                </div>
              ))}
            </dl>
            <Alert color="amber" variant="light" icon={<Icon name="alert" />}>
              {t.warning}
            </Alert>
            <Checkbox
              label={t.kept}
              checked={isKept}
              onChange={event => setKept(event.currentTarget.checked)}
              data-autofocus
            />
          </>
        )}
        <Group justify="flex-end">
          {values.length > 1 && (
            <CopyButton value={values.map(([name, value]) => `${name}: ${value}`).join('\n')}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  onClick={copy}
                  leftSection={<Icon name={copied ? 'check' : 'copy'} size={16} />}
                >
                  {copied ? shared.copied : t.copyAll}
                </Button>
              )}
            </CopyButton>
          )}
          <Button onClick={onClose} disabled={!mayClose}>
            {t.done}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
