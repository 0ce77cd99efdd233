/** Values in the body of a stored object, which an administrator wrote. */
import type { ObjectBody } from '../../record/objects.ts';

/** A text that was never set is the empty text (lightening.md §2.3 [seed]). */
export function textIn(body: ObjectBody, field: string): string {
  const value = body[field];
  return typeof value === 'string' ? value : '';
}

/** Active unless it was said otherwise. */
export const isActive = ({ is_active }: ObjectBody): boolean => is_active !== false;
