/** Problem details (RFC 9457): every refusal of Concord's own API. */
import { Type } from '../../dialects/schema.ts';
import { RevertConflict } from './history.ts';

export const Problem = Type.Object(
  {
    /** A page that explains the code: `/docs/problems#<code>`. */
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    /** What this caller can do about it. */
    detail: Type.String(),
    /** Stable: see docs/problems.md. */
    code: Type.String(),
    /** The request, as logs and history name it. */
    requestId: Type.String(),
    /** Values that break a rule. */
    errors: Type.Optional(
      Type.Array(Type.Object({ field: Type.String(), message: Type.String() }, { title: 'ProblemField' })),
    ),
    /** The record as it is now, where a precondition failed on it: its `ETag`. */
    etag: Type.Optional(Type.String()),
    /** Later changes that a revert would harm. */
    conflicts: Type.Optional(Type.Array(RevertConflict)),
  },
  { title: 'Problem' },
);
