/** Flecto's operations on the caller's own profile and invoicing data (flecto.md §4, Me and Me - Tax Profiles). */
import type { ObjectBody, StoredObject } from '../../record/objects.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { compile, type TSchema } from '../schema.ts';
import { oneDocument } from './answers.ts';
import { contactFaults } from './customer-check.ts';
import { answer, compose } from './document.ts';
import { readIdToken } from './id-token.ts';
import { changeSingle, findSingle, singleResource } from './own-objects.ts';
import { readQuery } from './query.ts';
import { parametersOf, type QueryShape } from './query-shape.ts';
import { type Attributes, expectValid, readAttributes } from './request.ts';
import { membersOf, type ResourceSchema, TAX_PROFILE, USER } from './resource-schemas.ts';
import { requestBody, TAX_PROFILE_TYPE, TaxProfileAttributes, USER_TYPE, UserAttributes } from './wire.ts';

/** One thing of which every user has exactly one. */
interface Single {
  readonly type: string;
  readonly attributes: TSchema & { readonly properties: Record<string, TSchema> };
  readonly resource: ResourceSchema;
  /** What it shows where nothing was written. */
  defaults(call: Call): Promise<object>;
}

const USER_PROFILE: Single = {
  type: USER_TYPE,
  attributes: UserAttributes,
  resource: USER,
  // flecto.md §1: the ID token only enriches profile data.
  defaults: async call => (await readIdToken(call.request, call.services, call.caller)) ?? {},
};

const TAX: Single = {
  type: TAX_PROFILE_TYPE,
  attributes: TaxProfileAttributes,
  resource: TAX_PROFILE,
  defaults: async () => ({}),
};

export const meRoutes: readonly Route[] = single(USER_PROFILE, {
  group: 'Me',
  path: '/api/me',
  get: 'Gets current logged in user',
  update: 'Update current logged in user attributes',
});

export const taxProfileRoutes: readonly Route[] = single(TAX, {
  group: 'Me - Tax Profiles',
  path: '/api/me/tax_profile',
  get: 'Get current user tax profile',
  update: 'Update current user tax profile',
});

function single(
  of: Single,
  names: { readonly group: string; readonly path: string; readonly get: string; readonly update: string },
): readonly Route[] {
  const { group, path, get, update } = names;
  const about = { group, path, provenance: 'convention', section: 'flecto.md §4' } as const;
  const shape: QueryShape = { fields: { [of.type]: membersOf(of.resource) } };
  const check = compile(of.attributes);
  return [
    {
      ...about,
      method: 'GET',
      operation: get,
      query: parametersOf(shape),
      answers: { 200: oneDocument(of.resource) },
      handle: async call => {
        const query = readQuery(call.request, shape);
        const stored = await findSingle(call, of.type);
        const attributes = { ...shownOf(of, stored), ...(await missing(of, call, stored)) };
        return answer(call, 200, compose(query, singleResource(call, of.type, attributes, stored)));
      },
    },
    {
      ...about,
      method: 'PUT',
      operation: update,
      body: requestBody(of.type, of.attributes),
      answers: { 200: null },
      handle: call => write(call, of, check),
    },
  ];
}

async function write(call: Call, of: Single, check: ReturnType<typeof compile>): Promise<WireAnswer> {
  const attributes = readAttributes(call.request, of.type);
  expectValid(contactFaults(check, attributes));
  await changeSingle(call, of.type, before => ({ ...before, ...known(of, attributes) }));
  return { status: 200 };
}

/** Unknown attributes are ignored, not kept (flecto.md §2.1). */
const known = (of: Single, attributes: Attributes): ObjectBody =>
  Object.fromEntries(
    Object.entries(attributes).filter(([name]) => Object.hasOwn(of.attributes.properties, name)),
  );

/** Every attribute in its order, `null` where nothing was written. */
const shownOf = (of: Single, stored: StoredObject | undefined): Record<string, unknown> =>
  Object.fromEntries(Object.keys(of.attributes.properties).map(name => [name, stored?.body[name] ?? null]));

/** The defaults of what is not written, or was cleared. */
async function missing(of: Single, call: Call, stored: StoredObject | undefined): Promise<object> {
  const defaults = Object.entries(await of.defaults(call));
  return Object.fromEntries(defaults.filter(([name]) => (stored?.body[name] ?? null) === null));
}
