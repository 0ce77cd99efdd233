/** Whether changes arrive at this moment. */
import { Group, Text } from '@mantine/core';
import { useTexts } from '../../i18n/language.tsx';
import classes from './page.module.css';
import type { Connection } from './stream.ts';
import { texts } from './texts.ts';

export function ConnectionState({ connection }: { readonly connection: Connection }) {
  const t = useTexts(texts);
  return (
    <Group gap={8} wrap="nowrap" role="status" data-connection={connection.state}>
      <span className={classes.light} data-state={connection.state} aria-hidden="true" />
      <Text size="sm">{t[connection.state]}</Text>
    </Group>
  );
}
