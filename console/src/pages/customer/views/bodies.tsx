/** The views beside each other where there is room, one at a time where there is not. */
import { Chip, Group, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type PointerEvent, type ReactNode, useState } from 'react';
import { useTexts } from '../../../i18n/language.tsx';
import classes from './page.module.css';
import type { View } from './queries.ts';
import { texts } from './texts.ts';
import { ViewColumn, type ViewColumnProps } from './view-column.tsx';

/** Narrower than this, one system at a time. */
const WIDE = '(min-width: 62em)';

export interface BodiesProps {
  readonly views: readonly View[];
  /** Comma-separated. */
  readonly only: string | undefined;
  readonly marks: Omit<ViewColumnProps, 'view' | 'pointed'>;
  onOnly(only: string | undefined): void;
}

export function Bodies({ views, only, marks, onOnly }: BodiesProps) {
  const t = useTexts(texts);
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false }) ?? true;
  const [pointed, setPointed] = useState<string>();
  const all = views.map(({ dialect }) => dialect);
  const wanted = only?.split(',').filter(name => all.includes(name)) ?? all;
  const chosen = wanted.length === 0 ? all : wanted;
  const point = (event: PointerEvent): void => {
    const text = (event.target as HTMLElement).closest<HTMLElement>('[data-text]')?.dataset.text;
    // What says nothing stands everywhere.
    setPointed(text === undefined || text.length < 2 || text === 'null' ? undefined : text);
  };
  const column = (view: View): ReactNode => (
    <ViewColumn key={view.dialect} view={view} pointed={pointed} {...marks} />
  );
  if (!isWide) {
    return (
      <Tabs
        value={chosen[0] ?? null}
        onChange={dialect => onOnly(dialect ?? undefined)}
        keepMounted={false}
        variant="pills"
        onPointerOver={point}
      >
        <Tabs.List mb="md">
          {views.map(({ dialect, title }) => (
            <Tabs.Tab key={dialect} value={dialect}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {views.map(view => (
          <Tabs.Panel key={view.dialect} value={view.dialect}>
            {column(view)}
          </Tabs.Panel>
        ))}
      </Tabs>
    );
  }
  return (
    <>
      <Chip.Group
        multiple
        value={[...chosen]}
        onChange={names =>
          onOnly(names.length === 0 || names.length === all.length ? undefined : names.join(','))
        }
      >
        <Group gap="xs" mb="md" role="group" aria-label={t.systems}>
          {views.map(({ dialect, title }) => (
            <Chip key={dialect} value={dialect} size="xs" variant="outline">
              {title}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <section
        className={classes.columns}
        aria-label={t.region}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wide scrolls in its own box, by keyboard too.
        tabIndex={0}
        onPointerOver={point}
        onPointerLeave={() => setPointed(undefined)}
      >
        {views.filter(({ dialect }) => chosen.includes(dialect)).map(column)}
      </section>
    </>
  );
}
