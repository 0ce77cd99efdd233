/** Lightening's operations on branches: list, and get by internal id (lightening.md §6.3 [convention]). */
import type { Call, Route, WireAnswer } from '../contract.ts';
import { BranchEntity, BranchList } from './answers.ts';
import { BRANCHES, readBranch } from './branch.ts';
import { findInPath, listBranches } from './stored-objects.ts';

const COLLECTION = '/branch';
const group = 'Branch';
const section = 'lightening.md §6.3';

export const branchRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: COLLECTION,
    operation: 'Get the list of branches',
    group,
    provenance: 'convention',
    section,
    answers: { 200: BranchList },
    handle: list,
  },
  {
    method: 'GET',
    path: `${COLLECTION}/:internal_id`,
    operation: 'Get branch by internal ID',
    group,
    provenance: 'convention',
    section,
    answers: { 200: BranchEntity },
    handle: get,
  },
];

async function list(call: Call): Promise<WireAnswer> {
  const entities = (await listBranches(call)).map(readBranch);
  return { status: 200, body: { entities, total: entities.length, result: true } };
}

async function get(call: Call): Promise<WireAnswer> {
  return { status: 200, body: { entity: readBranch(await findInPath(call, BRANCHES)), result: true } };
}
