/** Examples of Flecto's inquiries (flecto.md §3.3, §4). */
import type { Example, ExampleRequest, World } from '../conformance/examples.ts';
import { document } from './example-documents.ts';
import {
  badParameter,
  bodyFailures,
  conflict,
  documentFailures,
  failure,
  notAcceptable,
  notFound,
  UNKNOWN,
} from './example-failures.ts';
import { CHANGES, type StatusChange } from './inquiry.ts';
import { CUSTOMER_TYPE, INQUIRY_TYPE } from './wire.ts';

const inquiryOf = (number: string | number): ExampleRequest => ({ params: { inquiry_internal_id: number } });
const open = ({ made }: World) => inquiryOf(made.open!);
const returning = ({ made }: World) => inquiryOf(made.returning!);
const unknown = () => inquiryOf(UNKNOWN);
const byId = ({ made }: World): ExampleRequest => ({ params: { id: made.returning! } });

const store = ({ made, unique }: World): ExampleRequest => ({
  params: { store_id: made.tenant! },
  body: document(INQUIRY_TYPE, {
    name: `Vera ${unique}`,
    email: `vera@${unique}.example`,
    phone_number: null,
    message: 'Two tents, please.\nWith pegs.',
    start_at: '2026-07-01T09:00:00Z',
    end_at: '2026-07-03T09:00:00Z',
    items: [{ item_id: 12, quantity: 2 }, { item_id: 'tent-4' }],
  }),
});

const withValues = (world: World, attributes: Parameters<typeof document>[1]): ExampleRequest => ({
  ...store(world),
  body: document(INQUIRY_TYPE, attributes),
});

const reading = (
  request: (world: World) => ExampleRequest,
  nobody: () => ExampleRequest,
  notANumber: () => ExampleRequest,
): Example => ({
  request: world => ({ ...request(world), query: 'include=customer' }),
  status: 200,
  body: ({ individual, made }) => ({
    data: { id: String(made.returning), type: INQUIRY_TYPE },
    included: [{ id: String(individual.number), type: CUSTOMER_TYPE }],
  }),
  failures: [
    notFound('an unknown inquiry', nobody),
    notFound('an id that is no number', notANumber),
    badParameter(request, 'include=items', 'include'),
    badParameter(request, 'fields[inquiry]=colour', 'fields[inquiry]'),
    notAcceptable(request),
  ],
});

/** An inquiry in a state from which the change does not lead. */
const elsewhere =
  (verb: StatusChange) =>
  ({ made }: World) =>
    inquiryOf(CHANGES[verb].from === 'open' ? made.approved! : made.open!);

const changing = (verb: StatusChange): Example => {
  const request = ({ made }: World) => inquiryOf(made[CHANGES[verb].from]!);
  return {
    request,
    status: 200,
    body: () => ({ data: { type: INQUIRY_TYPE, attributes: { status: CHANGES[verb].to } } }),
    failures: [
      conflict('another present state', elsewhere(verb)),
      notFound('an unknown inquiry', unknown),
      ...bodyFailures(request),
      notAcceptable(request),
    ],
  };
};

export const inquiryExamples: Readonly<Record<string, Example>> = {
  'Creates an inquiry': {
    request: store,
    status: 201,
    body: ({ unique }) => ({
      data: {
        type: INQUIRY_TYPE,
        attributes: { status: 'open', name: `Vera ${unique}`, items: [{ item_id: '12', quantity: 2 }] },
      },
    }),
    failures: [
      ...documentFailures(store, INQUIRY_TYPE, 'message'),
      notFound('an unknown store', world => ({ ...store(world), params: { store_id: 'nobody' } })),
      failure('neither e-mail nor phone', 422, 'invalid', world => withValues(world, { name: 'Vera' }), {
        pointer: '/data/attributes/email',
      }),
      failure(
        'a period without an end',
        422,
        'invalid',
        world =>
          withValues(world, { name: 'Vera', email: 'vera@example.test', start_at: '2026-07-01T09:00:00Z' }),
        { pointer: '/data/attributes/end_at' },
      ),
      notAcceptable(store),
    ],
  },
  'Shows all the owner inquiries': {
    request: () => ({ query: 'filter[status]=open&include=customer&page[size]=2&sort=-created_at' }),
    status: 200,
    body: ({ made }) => ({ data: [{ id: String(made.returning) }, { id: String(made.open) }] }),
    stranger: 'empty',
    failures: [
      badParameter(() => ({}), 'filter[status]=gone', 'filter[status]'),
      badParameter(() => ({}), 'sort=name', 'sort'),
      badParameter(() => ({}), 'page[number]=x', 'page[number]'),
      notAcceptable(() => ({})),
    ],
  },
  'Shows specific owner inquiry': reading(returning, unknown, () => inquiryOf('x')),
  'Show details of one inquiry': reading(
    byId,
    () => ({ params: { id: UNKNOWN } }),
    () => ({ params: { id: 'x' } }),
  ),
  'Create customer from inquiry': {
    request: open,
    status: 201,
    body: ({ unique }) => ({ data: { type: CUSTOMER_TYPE, attributes: { name: `Vera ${unique}` } } }),
    failures: [...bodyFailures(open), notFound('an unknown inquiry', unknown), notAcceptable(open)],
  },
  ...Object.fromEntries(
    (
      [
        ['Approve inquiry', 'approve'],
        ['Unapprove inquiry', 'unapprove'],
        ['Rejects inquiry', 'reject'],
        ['Unreject inquiry', 'unreject'],
      ] as const
    ).flatMap(([name, verb]) => [
      [name, changing(verb)],
      [`${name} (PUT)`, changing(verb)],
    ]),
  ),
};
