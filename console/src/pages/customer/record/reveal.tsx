/** The number of an identity document, shown for a short time; each look is recorded. */
import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { api, bodyOf } from '../../../api/client.ts';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Copy } from '../../../shared/copy.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { Problem } from '../../../shared/problem.tsx';
import classes from './record.module.css';
import { useRecord } from './record-context.tsx';
import { texts } from './texts.ts';

/** Long enough to compare or to copy. */
const REVEAL_SECONDS = 30;

export function RevealedNumber(props: {
  readonly number: string;
  readonly what: string;
  readonly onHide: () => void;
}) {
  const { number, what, onHide } = props;
  const t = useTexts(texts);
  const format = useFormat();
  const [left, setLeft] = useState(REVEAL_SECONDS);
  useEffect(() => {
    const until = Date.now() + REVEAL_SECONDS * 1_000;
    const timer = setInterval(() => setLeft(Math.ceil((until - Date.now()) / 1_000)), 1_000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) onHide();
  }, [left, onHide]);
  return (
    <Group gap="xs">
      <output className={classes.revealed}>{number}</output>
      <Copy value={number} what={what} />
      <Button size="compact-xs" variant="default" onClick={onHide}>
        {t.document.hide}
      </Button>
      <Text size="xs" c="dimmed" className="tabular">
        {t.document.hidesIn(format.number(Math.max(left, 0)))}
      </Text>
    </Group>
  );
}

export function RevealButton(props: {
  readonly documentId: string;
  readonly what: string;
  readonly onRevealed: (number: string | null) => void;
}) {
  const { documentId, what, onRevealed } = props;
  const t = useTexts(texts);
  const { customer } = useRecord();
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState('');
  const reveal = useMutation({
    mutationFn: () =>
      bodyOf(
        api.POST('/concord/v1/customers/{id}/documents/{documentId}/reveal', {
          params: { path: { id: customer.id, documentId } },
          body: { reason: reason.trim() || null },
        }),
      ),
    onSuccess: ({ value }) => {
      setOpened(false);
      onRevealed(value);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    reveal.mutate();
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      trapFocus
      returnFocus
      position="bottom-end"
      width={290}
      shadow="md"
    >
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => setOpened(!opened)}
          leftSection={<Icon name="eye" size={15} />}
          aria-label={t.document.revealOf(what)}
        >
          {t.document.show}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t.document.revealOf(what)}>
        <form onSubmit={submit}>
          <Stack gap="xs">
            <TextInput
              label={t.document.reason}
              placeholder={t.document.reasonHint}
              value={reason}
              maxLength={500}
              onChange={event => setReason(event.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
            <Text size="xs" c="dimmed">
              {t.document.revealNote}
            </Text>
            {reveal.error && <Problem error={reveal.error} />}
            <Button type="submit" size="xs" loading={reveal.isPending}>
              {t.document.reveal}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
