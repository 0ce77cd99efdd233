/** A change as a server-sent event. */
import type { FedChange } from '../record/changes.ts';
import { changeResource } from './history.ts';

const texts = new WeakMap<FedChange, string>();

/** Written once for all who hear it. */
export function eventOf(change: FedChange): string {
  const known = texts.get(change);
  if (known !== undefined) return known;
  const text = `id: ${change.cursor}\nevent: change\ndata: ${JSON.stringify(changeResource(change))}\n\n`;
  texts.set(change, text);
  return text;
}
