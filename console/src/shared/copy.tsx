/** A button that copies a text. */
import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from './icons.tsx';
import { sharedTexts } from './texts.ts';

export interface CopyProps {
  readonly value: string;
  /** What is copied, for those who do not see what it stands beside: `id in Flecto`. */
  readonly what: string;
}

export function Copy({ value, what }: CopyProps) {
  const t = useTexts(sharedTexts);
  return (
    <CopyButton value={value} timeout={1_500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t.copied : t.copy}>
          <ActionIcon
            variant="subtle"
            color={copied ? 'moss' : 'gray'}
            size="sm"
            onClick={copy}
            aria-label={`${copied ? t.copied : t.copy}: ${what}`}
          >
            <Icon name={copied ? 'check' : 'copy'} size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
