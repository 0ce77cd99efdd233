/** Nothing to show, and what to do about it. */
import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

export interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  /** Of the heading: 1 where it is the page's only one. */
  readonly level?: 1 | 2;
  /** A button or a link. */
  readonly action?: ReactNode;
}

export function Empty({ icon, title, children, level = 2, action }: EmptyProps) {
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      <Icon name={icon} size={40} strokeWidth={1.25} color="var(--ink-soft)" />
      <Title order={level} size="h3">
        {title}
      </Title>
      {children && (
        <Text c="dimmed" maw={420} size="sm">
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
