/** Operators for tests of Concord's own API, and requests in their name. */
import type { Method } from '../../src/dialects/contract.ts';
import { OPERATOR_ROLES, type OperatorRole, OWN_DIALECT } from '../../src/record/access.ts';
import { type Answer, type Concord, type SendOptions, send, type TestTenant } from './concord.ts';

export interface Operator {
  readonly origin: string;
  readonly tenant: TestTenant;
  readonly credentialId: string;
  /** What history calls it. */
  readonly name: string;
  readonly key: string;
}

export interface OperatorWish {
  readonly role?: OperatorRole;
  readonly reveal?: boolean;
  readonly installation?: boolean;
  readonly name?: string;
}

/** A program's key with these rights; without a wish an admin who may not reveal. */
export async function operator(
  { origin, store }: Concord,
  tenant: TestTenant,
  { role = 'admin', reveal = false, installation = false, name = `test ${role}` }: OperatorWish = {},
): Promise<Operator> {
  const { id, secret } = await store.credentials.create({
    tenant: tenant.id,
    dialect: OWN_DIALECT,
    kind: 'key',
    name,
    settings: { role, ...(reveal && { reveal }), ...(installation && { installation }) },
  });
  return { origin, tenant, credentialId: id, name, key: secret! };
}

export type Operators = Readonly<Record<OperatorRole, Operator>>;

/** One of each role. */
export async function operators(
  concord: Concord,
  tenant: TestTenant,
  wish: OperatorWish = {},
): Promise<Operators> {
  const made = OPERATOR_ROLES.map(
    async role => [role, await operator(concord, tenant, { ...wish, role })] as const,
  );
  return Object.fromEntries(await Promise.all(made)) as Operators;
}

export const bearer = (key: string): Readonly<Record<string, string>> => ({ Authorization: `Bearer ${key}` });

/** One request; `path` is below `/concord/v1`. */
export const call = (
  { origin, key }: Pick<Operator, 'origin' | 'key'>,
  method: Method,
  path: string,
  options: SendOptions = {},
): Promise<Answer> => send(`${origin}/concord/v1${path}`, method, bearer(key), options);
