/** Which API something came through: a small badge with a colour of its own. */
import { useQuery } from '@tanstack/react-query';
import { dialectsQuery } from '../api/dialects.ts';
import classes from './dialect.module.css';

/** What Concord's own API is called in history. */
const OWN = 'concord';
/** As many as there are colours in the style sheet. */
const COLOURS = 6;

/** Titles of the dialects by name; the name where none is known yet. */
export const useDialectTitle = (): ((name: string) => string) => useDialects().title;

/** The place of a dialect among all: its colour in badges and plots. `concord` itself is 0. */
export const useDialectColour = (): ((name: string) => number) => useDialects().colour;

/** One look into what is known serves both: a long list has a badge in each row. */
function useDialects() {
  const { data = [] } = useQuery(dialectsQuery);
  return {
    title: (name: string): string =>
      name === OWN ? 'Concord' : (data.find(dialect => dialect.name === name)?.title ?? name),
    colour: (name: string): number => (data.findIndex(dialect => dialect.name === name) + 1) % COLOURS,
  };
}

export function DialectBadge({ name }: { readonly name: string }) {
  const { title, colour } = useDialects();
  return (
    <span className={classes.badge} data-colour={colour(name)}>
      {title(name)}
    </span>
  );
}
