/** A branch: kept beside the customers, made by the tenant's administration, and only read here (lightening.md §6.3). */
import type { ObjectPlace, StoredObject } from '../../record/objects.ts';
import { TEXT_MAXIMUM } from '../../record/text.ts';
import { Line, Type } from '../schema.ts';
import { isActive, textIn } from './object-body.ts';
import { type BranchEntity, DIALECT, flag } from './wire.ts';

/** Where branches are kept; the number of one is its id, so 0 is free to mean none. */
export const BRANCHES: ObjectPlace = { dialect: DIALECT, kind: 'branch' };

/** What an administrator says of a branch. */
export const BranchBody = Type.Object(
  { name: Line(TEXT_MAXIMUM, { minLength: 1 }), is_active: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);

export const readBranch = ({ number, body }: StoredObject): BranchEntity => ({
  id: String(number),
  name: textIn(body, 'name'),
  is_active: flag(isActive(body)),
});

/** The names of branches by number. */
export type BranchNames = ReadonlyMap<number, string>;

export const NO_BRANCHES: BranchNames = new Map();

export const branchNamesOf = (branches: readonly StoredObject[]): BranchNames =>
  new Map(branches.map(({ number, body }) => [number, textIn(body, 'name')]));

/** None for 0 and for a branch that is not there: only the range of an id is checked (§2.3, §3.2 [convention]). */
export const branchName = (branches: BranchNames, branch: number | null): string | null =>
  branch === null ? null : (branches.get(branch) ?? null);
