/** A change as a server-sent event. */
import type { FedChange } from '../record/changes.ts';
import { memo } from '../record/memo.ts';
import { changeResource } from './history.ts';

/** Written once for all who hear it. */
export const eventOf = memo(
  (change: FedChange): string =>
    `id: ${change.cursor}\nevent: change\ndata: ${JSON.stringify(changeResource(change))}\n\n`,
);
