/** A group of the record with its heading and what can be added to it. */
import { Button, Group, Title } from '@mantine/core';
import { type ReactNode, type RefObject, useId } from 'react';
import { useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { sharedTexts } from '../../../shared/texts.ts';
import classes from './record.module.css';

export interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** 2 for a section of the customer, 4 for one within a representative. */
  readonly level?: 2 | 4;
}

export function Section({ title, children, action, level = 2 }: SectionProps) {
  const id = useId();
  const content = (
    <>
      <Group justify="space-between" gap="xs" mb={6} mih={28} wrap="nowrap">
        <Title order={level} id={id} className={level === 2 ? classes.title! : classes.subtitle!}>
          {title}
        </Title>
        {action}
      </Group>
      {children}
    </>
  );
  // A landmark for each part of the customer; those within a person would be many of one name.
  return level === 2 ? (
    <section className={classes.section} aria-labelledby={id}>
      {content}
    </section>
  ) : (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields of a form.
    <div role="group" className={classes.subsection} aria-labelledby={id}>
      {content}
    </div>
  );
}

export function AddButton({
  label,
  onClick,
  origin,
}: {
  readonly label: string;
  readonly onClick: () => void;
  readonly origin?: RefObject<HTMLButtonElement | null>;
}) {
  const shared = useTexts(sharedTexts);
  return (
    <Button
      {...(origin && { ref: origin })}
      size="compact-sm"
      variant="subtle"
      className={classes.add!}
      aria-label={label}
      onClick={onClick}
      leftSection={<Icon name="plus" size={14} />}
    >
      {shared.add}
    </Button>
  );
}
