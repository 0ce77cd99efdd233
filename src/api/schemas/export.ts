/** The export of a customer: everything that is known of a person, for that person. */
import { Type } from '../../dialects/schema.ts';
import { Reveal } from './access.ts';
import { archivedUntil, Change } from './history.ts';
import { Anything, Instant, Uuid } from './values.ts';

export const CustomerExport = Type.Object(
  {
    customerId: Uuid,
    exportedAt: Instant,
    /** The record in full, with the numbers of documents and the vendors' own phrasings; `null` when it was removed. */
    record: Type.Union([Type.Object({}, { additionalProperties: true }), Type.Null()]),
    /** What each dialect is told, in its own shapes. */
    views: Type.Array(
      Type.Object(
        {
          dialect: Type.String(),
          id: Type.String(),
          resources: Type.Array(
            Type.Object(
              { resource: Type.String(), key: Type.String(), body: Anything },
              { title: 'ExportedResource' },
            ),
          ),
        },
        { title: 'ExportedView' },
      ),
    ),
    /** What vendors keep beside the customer and that names it, such as an inquiry. */
    objects: Type.Array(
      Type.Object(
        {
          dialect: Type.String(),
          kind: Type.String(),
          number: Type.Integer(),
          body: Type.Object({}, { additionalProperties: true }),
          createdAt: Instant,
          updatedAt: Instant,
        },
        { title: 'ExportedObject' },
      ),
    ),
    /** Who looked at documents, newest first. */
    reveals: Type.Array(Reveal),
    /** The time up to which changes may be missing in `history`, because they were archived; `null` when none was. */
    archivedUntil,
    /** Every change that is kept, newest first. */
    history: Type.Array(Change),
  },
  { title: 'CustomerExport' },
);
