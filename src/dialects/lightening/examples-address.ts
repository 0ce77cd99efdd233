/** Examples of Lightening's operations on addresses (lightening.md §4). */
import type { Json } from '../../record/json.ts';
import type { Example, ExampleFailure, World } from '../conformance/examples.ts';
import {
  bodyFailures,
  customerQueryFailures,
  errors,
  NOT_FOUND,
  NOT_IDS,
  REQUIRED,
  UNKNOWN,
  unknownToken,
} from './examples-failures.ts';

const addressOf = ({ individual }: World) => ({ internal_id: individual.addresses[0]!.address.number ?? 0 });
const archivedAddressOf = ({ archived }: World) => ({
  internal_id: archived.addresses[0]!.address.number ?? 0,
});

const list: Example = {
  request: ({ individual, business }) => ({
    query: `customer_id[]=${individual.number}&customer_id[]=${business.number}`,
  }),
  status: 200,
  body: ({ individual }) => ({
    entities: [{ customer_id: String(individual.number), city: 'Harrisburg' }],
    result: true,
  }),
  stranger: 'empty',
  failures: customerQueryFailures,
};

const get: Example = {
  request: world => ({ params: addressOf(world) }),
  status: 200,
  body: world => ({ entity: { id: String(addressOf(world).internal_id), city: 'Harrisburg' }, result: true }),
  failures: [
    { name: 'an unknown id', request: () => ({ params: { internal_id: UNKNOWN } }), ...NOT_FOUND },
    { name: 'what is no id', request: () => ({ params: { internal_id: 'x' } }), ...NOT_FOUND },
    unknownToken,
  ],
};

const content = {
  company: 'Harbor Tools',
  street1: '12 Quay Rd',
  street2: 'Unit 4',
  postal_code: '8001',
  city: 'Cape Town',
  state: 'WC',
  country: 'South Africa',
  latitude: '-33.918861',
  longitude: 18.4233,
  ksmsid: 'KS-1',
  authorized_email: 'ada@example.test',
};

const write = ({ individual, business, made }: World): { [name: string]: Json } => ({
  customer_ids: [individual.number, business.number],
  branch_id: made.branch!,
  ...content,
});

/** §3.2, §4.6: the same for both writes. */
const writeFailures = (params: (world: World) => Record<string, number>): readonly ExampleFailure[] => {
  const refused = (name: string, body: (world: World) => Json, fields: Record<string, string>) => ({
    name,
    request: (world: World) => ({ params: params(world), body: body(world) }),
    ...errors(fields),
  });
  return [
    ...bodyFailures(params),
    refused('the required fields missing', () => ({ city: 'Cape Town' }), {
      customer_ids: REQUIRED,
      company: REQUIRED,
    }),
    refused('every field against its rule', world => ({ ...write(world), ...WRONG }), FAULTS),
    refused('ids that are none', () => ({ customer_ids: ['x'], company: 'Harbor Tools' }), {
      customer_ids: NOT_IDS,
    }),
    refused('an unknown customer', world => ({ ...write(world), customer_ids: [UNKNOWN] }), {
      customer_ids: 'Unknown customer.',
    }),
    refused(
      'an archived customer',
      world => ({ ...write(world), customer_ids: [world.individual.number, world.archived.number] }),
      { customer_ids: 'Customer is archived.' },
    ),
  ];
};

const WRONG = {
  company: 'c'.repeat(65),
  street1: {},
  street2: [],
  postal_code: '1'.repeat(17),
  city: true,
  state: 'a\nb',
  country: 'c'.repeat(65),
  branch_id: 4_294_967_296,
  latitude: 90.1,
  longitude: '1e1',
  ksmsid: 'k'.repeat(17),
  authorized_email: 'nobody',
};

const FAULTS = {
  company: 'Must be at most 64 characters.',
  street1: 'Must be a string.',
  street2: 'Must be a string.',
  postal_code: 'Must be at most 16 characters.',
  city: 'Must be a string.',
  state: 'Must be one line of text without control characters.',
  country: 'Must be at most 64 characters.',
  branch_id: 'Must be an integer between 0 and 4294967295.',
  latitude: 'Must be a valid latitude.',
  longitude: 'Must be a valid longitude.',
  ksmsid: 'Must be at most 16 characters.',
  authorized_email: 'Must be a valid email address.',
};

const create: Example = {
  request: world => ({ body: write(world) }),
  status: 200,
  body: () => ({ msg: 'Successfully created entity.', result: true }),
  failures: [...writeFailures(() => ({})), unknownToken],
};

const update: Example = {
  request: world => ({ params: addressOf(world), body: write(world) }),
  status: 200,
  body: () => ({ msg: 'Successfully updated entity.', result: true }),
  failures: [
    ...writeFailures(addressOf),
    {
      name: 'an unknown id, before the body is looked at',
      request: () => ({ params: { internal_id: UNKNOWN }, body: {} }),
      ...NOT_FOUND,
    },
    unknownToken,
  ],
};

/** §4.5 [seed]: `result` is false for a success, too. */
const remove: Example = {
  request: world => ({ params: addressOf(world) }),
  status: 200,
  body: () => ({ msg: 'Entity has been successfully deleted.', result: false }),
  failures: [
    {
      name: 'an unknown id',
      request: () => ({ params: { internal_id: UNKNOWN } }),
      ...NOT_FOUND,
      headers: { 'cache-control': 'no-store' },
    },
    {
      name: 'an address of an archived customer',
      request: world => ({ params: archivedAddressOf(world) }),
      status: 200,
      body: { error: 'Customer is archived.', result: false },
    },
    unknownToken,
  ],
};

export const addressOperations = {
  'Get the list of addresses': list,
  'Get address by internal ID': get,
  'Adding new address object': create,
  'Updating existing address object': update,
  'Deleting the existing address object': remove,
  'Deleting the existing address object by POST': remove,
};
