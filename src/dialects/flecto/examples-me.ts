/** Examples of what belongs to the caller, and of the check of an e-mail address (flecto.md §4). */
import type { Json } from '../../record/json.ts';
import type { Example, ExampleRequest, World } from '../conformance/examples.ts';
import { addressDocument, document } from './example-documents.ts';
import {
  badParameter,
  conflict,
  documentFailures,
  failure,
  notAcceptable,
  notFound,
  UNKNOWN,
  unknownParameter,
} from './example-failures.ts';
import { EMAIL_VALIDATION_TYPE, TAX_PROFILE_TYPE, USER_ADDRESS_TYPE, USER_TYPE } from './wire.ts';

/** One thing that every user has: it is read and written. */
function single(get: string, update: string, type: string, attributes: { readonly [name: string]: Json }) {
  const request = (): ExampleRequest => ({ body: document(type, attributes) });
  const [faulty] = Object.keys(attributes) as [string];
  const writing: Example = {
    request,
    status: 200,
    stranger: 'own',
    failures: [...documentFailures(request, type, faulty), notAcceptable(request), unknownParameter(request)],
  };
  return {
    [get]: {
      request: () => ({ query: `fields[${type}]=${Object.keys(attributes).join(',')}` }),
      status: 200,
      body: () => ({ data: { type, attributes } }),
      after: [update],
      stranger: 'own',
      failures: [
        badParameter(() => ({}), `fields[${type}]=colour`, `fields[${type}]`),
        notAcceptable(() => ({})),
      ],
    },
    [update]: writing,
    [`${update} (PATCH)`]: writing,
  } satisfies Record<string, Example>;
}

/** The address that `Create user address` made before. */
const member = ({ made }: World): ExampleRequest => ({ params: { id: made.address! } });
const unknown = (): ExampleRequest => ({ params: { id: UNKNOWN } });

const body = (world: World): Json => addressDocument(USER_ADDRESS_TYPE, `Office ${world.unique}`);

const create = (world: World): ExampleRequest => ({ body: body(world) });
const update = (world: World): ExampleRequest => ({ ...member(world), body: body(world) });

/** What belongs to a token's owner is made with that token. */
const after = ['Create user address'];

const updating: Example = {
  request: update,
  status: 200,
  after,
  failures: [
    ...documentFailures(update, USER_ADDRESS_TYPE, 'label'),
    notFound('an unknown address', world => ({ ...unknown(), body: body(world) })),
    conflict('another id than in the path', world => ({
      ...member(world),
      body: document(USER_ADDRESS_TYPE, {}, { id: String(UNKNOWN) }),
    })),
    failure(
      'half of a position',
      422,
      'invalid',
      world => ({ ...member(world), body: document(USER_ADDRESS_TYPE, { latitude: null }) }),
      { pointer: '/data/attributes/latitude' },
    ),
    notAcceptable(update),
  ],
};

const email = ({ unique }: World): ExampleRequest => ({
  query: `email=Ada1@${unique}.EXAMPLE`,
});

export const meExamples: Readonly<Record<string, Example>> = {
  ...single('Gets current logged in user', 'Update current logged in user attributes', USER_TYPE, {
    name: 'Ada Sample',
    email: 'ada@example.test',
    phone_number: '+351211234567',
    locale: 'pt',
  }),
  ...single('Get current user tax profile', 'Update current user tax profile', TAX_PROFILE_TYPE, {
    fiscal_name: 'Ada Sample, Lda.',
    vat_number: 'PT123456789',
    tax_percentage: 23,
    address_country_code: 'PT',
  }),
  'Get all user addresses': {
    request: () => ({ query: 'sort=-created_at&page[size]=1' }),
    status: 200,
    body: ({ unique }) => ({
      data: [{ type: USER_ADDRESS_TYPE, attributes: { label: `Office ${unique}` } }],
    }),
    after,
    stranger: 'own',
    failures: [
      badParameter(() => ({}), 'sort=colour', 'sort'),
      badParameter(() => ({}), 'page[size]=101', 'page[size]'),
      badParameter(() => ({}), 'include=user', 'include'),
      notAcceptable(() => ({})),
    ],
  },
  'Create user address': {
    request: create,
    status: 201,
    body: () => ({ data: { type: USER_ADDRESS_TYPE, attributes: { main: true, address_city: 'Lisboa' } } }),
    stranger: 'own',
    failures: [...documentFailures(create, USER_ADDRESS_TYPE, 'address_street'), notAcceptable(create)],
  },
  'Get user address': {
    request: member,
    status: 200,
    after,
    body: ({ made }) => ({ data: { id: String(made.address), type: USER_ADDRESS_TYPE } }),
    failures: [
      notFound('an unknown address', unknown),
      badParameter(member, 'fields[user_address]=colour', 'fields[user_address]'),
      notAcceptable(member),
    ],
  },
  'Delete user address': {
    request: member,
    status: 204,
    after,
    failures: [notFound('an unknown address', unknown), notAcceptable(member)],
  },
  'Update user address': updating,
  'Update user address (PUT)': updating,
  'Validation email': {
    request: email,
    status: 200,
    body: ({ unique }) => ({
      data: {
        type: EMAIL_VALIDATION_TYPE,
        attributes: { valid: true, normalized_email: `Ada1@${unique}.example`, known_customer: true },
      },
    }),
    stranger: 'empty',
    failures: [
      failure('no e-mail', 400, 'bad_request', () => ({}), { parameter: 'email' }),
      badParameter(() => ({}), 'email=a@b.test&email=c@d.test', 'email'),
      notAcceptable(email),
    ],
  },
};
