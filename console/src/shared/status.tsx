/** Whether a customer is active, inactive or archived. */
import { Badge } from '@mantine/core';
import { useTexts } from '../i18n/language.tsx';
import { sharedTexts } from './texts.ts';

export interface StatusProps {
  readonly status: 'active' | 'inactive';
  readonly archived: boolean;
}

export function Status({ status, archived }: StatusProps) {
  const t = useTexts(sharedTexts);
  const [colour, label] = archived
    ? (['amber', t.archived] as const)
    : status === 'active'
      ? (['moss', t.status.active] as const)
      : (['gray', t.status.inactive] as const);
  return (
    <Badge variant="light" color={colour} tt="none" fw={600}>
      {label}
    </Badge>
  );
}
