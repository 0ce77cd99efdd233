/** Changes, history, provenance, views and what an address of a vendor's API would answer. */
import { type Static, Type } from '../../dialects/schema.ts';
import { Customer } from './customer.ts';
import { Anything, Choice, Instant, Uuid } from './values.ts';

export const FieldChange = Type.Object(
  {
    /** Such as `familyName` or `addresses/<id>/address/city`. */
    path: Type.String(),
    before: Anything,
    after: Anything,
  },
  { title: 'FieldChange' },
);

/** The time up to which changes of the tenant were archived; `null` when none was. */
export const archivedUntil = Type.Union([Instant, Type.Null()]);

/** Who did something, through which API and when. */
const actFields = {
  sequence: Type.Integer(),
  /** The dialect that the request came through, or `concord`. */
  dialect: Type.String(),
  /** The name of the credential. */
  actor: Type.String(),
  requestId: Type.String(),
  at: Instant,
};

export const Change = Type.Object(
  {
    ...actFields,
    customerId: Uuid,
    customerNumber: Type.Integer(),
    /** The vendor's name for what happened. */
    event: Type.Union([Type.String(), Type.Null()]),
    fields: Type.Array(FieldChange),
    /** The values were erased; that the change happened is kept. */
    erased: Type.Boolean(),
  },
  { title: 'Change' },
);
export type Change = Static<typeof Change>;

export const History = Type.Object(
  { items: Type.Array(Change), next: Type.Union([Type.String(), Type.Null()]), archivedUntil },
  { title: 'History' },
);

export const Feed = Type.Object(
  {
    items: Type.Array(Change),
    /** Behind all that were looked at; ask again with it, also after an empty page. */
    cursor: Type.String(),
    /** There may be more now: of one API even behind an empty page, because a page looks only so far. */
    hasMore: Type.Boolean(),
  },
  { title: 'Feed' },
);

export const Provenance = Type.Object(
  { fields: Type.Record(Type.String(), Type.Object(actFields, { title: 'Act' })), archivedUntil },
  { title: 'Provenance' },
);

/** A field that a later change set; `null` when that change is too long ago to be looked for. */
export const RevertConflict = Type.Object(
  { path: Type.String(), sequence: Type.Union([Type.Integer(), Type.Null()]) },
  { title: 'RevertConflict' },
);
export const RevertRequest = Type.Object(
  {
    /** The change to take back. */
    sequence: Type.Integer({ minimum: 0 }),
    /** Only these of its paths; all of them when absent. */
    paths: Type.Optional(Type.Array(Type.String({ maxLength: 1_000 }), { minItems: 1, maxItems: 1_000 })),
    /** Also where later changes set the same fields. */
    force: Type.Optional(Type.Boolean()),
  },
  { title: 'RevertRequest', additionalProperties: false },
);
export const RevertPreview = Type.Object(
  {
    /** What would change from now. */
    fields: Type.Array(FieldChange),
    /** Fields that later changes set too: without `force` the revert is refused. */
    conflicts: Type.Array(RevertConflict),
    /** As it would be, forced where there are conflicts; `null` when not even force brings it back. */
    customer: Type.Union([Customer, Type.Null()]),
  },
  { title: 'RevertPreview' },
);

export const View = Type.Object(
  {
    dialect: Type.String(),
    title: Type.String(),
    /** The customer's id in this dialect. */
    id: Type.String(),
    /** What a client that reads the customer is answered, as it stands on the wire. */
    requests: Type.Array(
      Type.Object(
        { method: Choice(['GET']), path: Type.String(), status: Type.Integer(), body: Anything },
        { title: 'ViewRequest' },
      ),
    ),
    /** What the record knows and this dialect cannot tell. */
    omitted: Type.Array(Type.Object({ path: Type.String(), reason: Type.String() }, { title: 'Omission' })),
  },
  { title: 'View' },
);
export const Views = Type.Object({ views: Type.Array(View) }, { title: 'Views' });
