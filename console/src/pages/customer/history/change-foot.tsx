/** What one can do with a change, and more about it. */
import { Button, CopyButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useId } from 'react';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { sharedTexts } from '../../../shared/texts.ts';
import { isRevertible } from './change-fields.tsx';
import type { ChangeItemProps } from './change-item.tsx';
import classes from './page.module.css';
import { texts } from './texts.ts';

export function Foot({
  change,
  mayRevert,
  link,
  folding,
  onRevert,
  onAsItWas,
}: ChangeItemProps & { readonly folding: ReactNode }) {
  const t = useTexts(texts);
  const s = useTexts(sharedTexts);
  const format = useFormat();
  const [opened, { toggle }] = useDisclosure(false);
  const facts = useId();
  return (
    <>
      <div className={classes.foot}>
        {folding}
        {mayRevert && isRevertible(change) && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Icon name="undo" size={14} />}
            onClick={() => onRevert({ sequence: change.sequence })}
          >
            {t.takeBack}
          </Button>
        )}
        {!change.erased && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            c="var(--ink-soft)"
            leftSection={<Icon name="clock" size={14} />}
            onClick={() => onAsItWas(change.at)}
          >
            {t.asAfter}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          c="var(--ink-soft)"
          onClick={toggle}
          aria-expanded={opened}
          aria-controls={facts}
        >
          {t.details}
        </Button>
      </div>
      <div id={facts} hidden={!opened} className={classes.body}>
        <dl className={classes.facts}>
          <dt>{t.sequence}</dt>
          <dd className="tabular">
            {change.sequence}, {format.dateTime(change.at, 'seconds')}{' '}
            <CopyButton value={link} timeout={1_500}>
              {({ copied, copy }) => (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={copy}
                  aria-label={`${copied ? s.copied : s.copy}: ${t.link}`}
                >
                  {copied ? s.copied : `${s.copy}: ${t.link}`}
                </Button>
              )}
            </CopyButton>
          </dd>
          <dt>{t.request}</dt>
          <dd>
            <code>{change.requestId}</code>
          </dd>
          {change.event !== null && (
            <>
              <dt>{t.event}</dt>
              <dd>
                <code>{change.event}</code>
              </dd>
            </>
          )}
        </dl>
      </div>
    </>
  );
}
