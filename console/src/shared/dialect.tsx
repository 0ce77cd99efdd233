/** Which API something came through: a small badge with a colour of its own. */
import { useQuery } from '@tanstack/react-query';
import { dialectsQuery } from '../api/dialects.ts';
import classes from './dialect.module.css';

/** What Concord's own API is called in history. */
const OWN = 'concord';
/** As many as there are colours in the style sheet. */
const COLOURS = 6;

/** Titles of the dialects by name; the name where none is known yet. */
export function useDialectTitle(): (name: string) => string {
  const { data } = useQuery(dialectsQuery);
  return name => (name === OWN ? 'Concord' : (data?.find(dialect => dialect.name === name)?.title ?? name));
}

/** The place of a dialect among all: its colour in badges and plots. `concord` itself is 0. */
export function useDialectColour(): (name: string) => number {
  const { data } = useQuery(dialectsQuery);
  return name => ((data?.findIndex(dialect => dialect.name === name) ?? -1) + 1) % COLOURS;
}

export function DialectBadge({ name }: { readonly name: string }) {
  const title = useDialectTitle();
  const colour = useDialectColour();
  return (
    <span className={classes.badge} data-colour={colour(name)}>
      {title(name)}
    </span>
  );
}
