/** Credentials of every dialect and of operators. */
import type { WireAnswer } from '../../dialects/contract.ts';
import { optionsSchema } from '../../dialects/credential-form.ts';
import { type CredentialFacts, OWN_DIALECT } from '../../record/access.ts';
import { ConcordError } from '../../record/errors.ts';
import { rightsOf } from '../auth.ts';
import {
  credentialFormOf,
  type IssuedSecret,
  readyCredential,
  rotateCredential,
  storeCredential,
} from '../credential.ts';
import { expectNoMoreRights, expectNoMoreSight, expectOtherAdmin, expectReach } from '../grants.ts';
import { readBody } from '../request.ts';
import { type ApiCall, type ApiRoute, BASE, ownRoute } from '../route.ts';
import {
  CredentialForms,
  Credentials,
  IssuedCredential,
  NewCredential,
  Rotation,
} from '../schemas/access.ts';

const GROUP = 'Credentials';

export const credentialRoutes: readonly ApiRoute[] = [
  ownRoute({
    method: 'GET',
    path: '/credentials',
    operation: 'List credentials',
    group: GROUP,
    description:
      'Those of all dialects and of operators, without secrets: first those that still count, then those that have ended, each the newest first, and 1,000 at most.',
    role: 'admin',
    answers: { 200: Credentials },
    async handle({ caller, services }) {
      const credentials = await services.administration.list(caller.tenant);
      return { status: 200, body: { items: credentials } };
    },
  }),
  ownRoute({
    method: 'GET',
    path: '/credential-forms',
    operation: 'List credential forms',
    group: GROUP,
    description: 'What has to be said to make a credential, for operators and for each dialect.',
    role: 'admin',
    answers: { 200: CredentialForms },
    async handle({ services: { dialects } }) {
      const names = [{ name: OWN_DIALECT, title: 'Concord' }, ...dialects];
      const items = names.map(({ name, title }) => ({
        dialect: name,
        title,
        options: optionsSchema(credentialFormOf(dialects, name)!),
        needsReveal: dialects.some(each => each.name === name && each.showsDocumentNumbers === true),
      }));
      return { status: 200, body: { items } };
    },
  }),
  ownRoute({
    method: 'POST',
    path: '/credentials',
    operation: 'Create a credential',
    group: GROUP,
    description:
      'Shows its secrets this once. Nobody can give a right that he or she does not have: the form says where the right to reveal is needed. A URL that the server is to ask is https, and of its own network only with the right to administer the installation.',
    role: 'admin',
    body: NewCredential,
    answers: { 201: IssuedCredential },
    handle: createCredential,
  }),
  ownRoute({
    method: 'POST',
    path: '/credentials/:id/rotate',
    operation: 'Rotate a credential',
    group: GROUP,
    description:
      'Makes another secret in the place of the present one, which goes on for the overlap. Shows the new one this once.',
    role: 'admin',
    body: Rotation,
    answers: { 200: IssuedCredential },
    handle: rotate,
  }),
  ownRoute({
    method: 'DELETE',
    path: '/credentials/:id',
    operation: 'Revoke a credential',
    group: GROUP,
    description:
      'Ends it at once, with its sessions and tokens. That of an operator with a right that one does not have stays: 403. The last administrator of a tenant stays: 409.',
    role: 'admin',
    answers: { 204: null },
    handle: revoke,
  }),
];

async function createCredential(call: ApiCall): Promise<WireAnswer> {
  const { request, caller, services } = call;
  const { dialect, name, options = {} } = readBody(request, NewCredential);
  const wanted = { dialect, name, options, inHouse: rightsOf(caller).installation };
  const ready = await inOptions(async () => {
    const prepared = readyCredential(services.dialects, wanted, caller.tenantName);
    expectNoMoreRights(caller, { dialect, settings: prepared.draft.settings ?? {} });
    expectNoMoreSight(caller, services.dialects, dialect);
    await expectReach(caller, prepared.asked);
    return prepared;
  });
  return issued(call, 201, await storeCredential(services.administration, caller.tenant, ready));
}

async function rotate(call: ApiCall): Promise<WireAnswer> {
  const { request, caller, services } = call;
  const { overlapSeconds } = readBody(request, Rotation);
  const { administration, dialects } = services;
  // Whoever rotates sees the secret, and could go on as the other.
  const present = await credentialOf(call, request.params.id!);
  expectNoMoreRights(caller, present);
  expectNoMoreSight(caller, dialects, present.dialect);
  const tenant = { id: caller.tenant, name: caller.tenantName };
  const rotated = await rotateCredential(
    administration,
    dialects,
    tenant,
    request.params.id!,
    overlapSeconds,
  );
  return issued(call, 200, rotated);
}

async function revoke(call: ApiCall): Promise<WireAnswer> {
  const { request, caller, services } = call;
  const id = request.params.id!;
  expectNoMoreRights(caller, await credentialOf(call, id));
  const revoked = await services.administration.revoke(caller.tenant, id, admins =>
    expectOtherAdmin(admins, id),
  );
  if (!revoked) throw notFound();
  return { status: 204 };
}

async function issued(call: ApiCall, status: number, { id, shown }: IssuedSecret): Promise<WireAnswer> {
  return {
    status,
    headers: { location: `${BASE}/credentials/${id}` },
    body: { credential: await credentialOf(call, id), secrets: shown },
  };
}

async function credentialOf({ caller, services }: ApiCall, id: string): Promise<CredentialFacts> {
  const found = await services.administration.find(caller.tenant, id);
  if (!found) throw notFound();
  return found;
}

const notFound = (): ConcordError =>
  new ConcordError('object-not-found', { message: 'There is no such credential.' });

/** The form names its options alone; the body has them one level below. */
async function inOptions<T>(prepare: () => Promise<T>): Promise<T> {
  try {
    return await prepare();
  } catch (error) {
    if (!(error instanceof ConcordError)) throw error;
    if (error.faults.length === 0) throw error;
    const { code, message, faults } = error;
    throw new ConcordError(code, {
      message,
      faults: faults.map(fault =>
        fault.field === 'dialect' || fault.field === 'name'
          ? fault
          : { ...fault, field: `options/${fault.field}` },
      ),
    });
  }
}
