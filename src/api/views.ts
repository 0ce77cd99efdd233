/** A dialect's own answers on one customer, made by its own routes, which are handed nothing that they could write to. */
import type {
  Call,
  Caller,
  Dialect,
  Route,
  Services,
  WireAnswer,
  WireRequest,
} from '../dialects/contract.ts';
import type { Static } from '../dialects/schema.ts';
import { viewOf } from '../dialects/view.ts';
import type { Customer } from '../record/customer.ts';
import type { CustomerKey } from '../record/customers.ts';
import { ConcordError } from '../record/errors.ts';
import { withoutNumbers } from './masking.ts';
import type { ApiCall } from './route.ts';
import type { View } from './schemas/history.ts';

const NO_BODY = Buffer.alloc(0);

/** `customer` as it is to be shown: all paths see the same state, and nothing that it hides. */
export async function dialectView(
  call: ApiCall,
  dialect: Dialect,
  customer: Customer,
): Promise<Static<typeof View>> {
  const services = readingServices(call.services, customer);
  const requests = await Promise.all(
    dialect.shows(customer).map(async path => {
      const { status, body } = await answerOf(call, dialect, services, path);
      return { method: 'GET' as const, path, status, body: body ?? null };
    }),
  );
  return {
    dialect: dialect.name,
    title: dialect.title,
    id: dialect.customerId(customer),
    requests,
    omitted: [...viewOf(dialect, customer).omitted],
  };
}

/** As the server does it, but for credentials and rate limits: the operator who asks has been let in already. */
async function answerOf(
  { request: { requestId, baseUrl }, caller }: ApiCall,
  dialect: Dialect,
  services: Services,
  target: string,
): Promise<WireAnswer> {
  const [path = '', query = ''] = target.split('?', 2);
  const found = routeFor(dialect, path);
  if (!found)
    throw new ConcordError('internal', { detail: `${dialect.name} shows a path that it does not have` });
  const { route, params } = found;
  const request: WireRequest = {
    ...{ method: route.method, path, params, query, headers: {} },
    ...{ body: NO_BODY, requestId, baseUrl },
  };
  const call: Call = { request, caller: readerOf(caller), services, origin: refuseToWrite };
  try {
    return await route.handle(call);
  } catch (error) {
    if (!(error instanceof ConcordError) || error.code === 'internal') throw error;
    return dialect.refuse(error, request);
  }
}

function routeFor(
  { routes }: Dialect,
  path: string,
): { readonly route: Route; readonly params: Readonly<Record<string, string>> } | undefined {
  const segments = path.split('/');
  for (const route of routes) {
    const pattern = route.path.split('/');
    if (route.method !== 'GET' || pattern.length !== segments.length) continue;
    const params: Record<string, string> = {};
    const matches = pattern.every((part, at) => {
      const segment = segments[at]!;
      if (!part.startsWith(':')) return part === segment;
      params[part.slice(1)] = decodeURIComponent(segment);
      return true;
    });
    if (matches) return { route, params };
  }
  return undefined;
}

/** Somebody of the tenant whose credential narrows nothing. A dialect with users of its own is asked by the operator. */
const readerOf = ({ tenant, tenantName, actor, credentialId }: Caller): Caller => ({
  ...{ tenant, tenantName, actor, credentialId },
  subject: actor,
  settings: {},
});

const refuseToWrite = (): never => {
  throw new ConcordError('internal', { detail: 'a view was about to change something' });
};

/** The services for reading: the customer as given, everybody else without the numbers of documents. */
function readingServices(services: Services, customer: Customer): Services {
  const { customers, objects, rateLimits, now } = services;
  const isAbout = (key: CustomerKey): boolean =>
    'id' in key ? key.id === customer.id : 'number' in key && key.number === customer.number;
  const shown = (found: Customer): Customer => (found.id === customer.id ? customer : withoutNumbers(found));
  const all = (found: readonly Customer[]): Customer[] => found.map(shown);
  return {
    now: () => now(),
    rateLimits,
    objects: {
      ...refusing(objects),
      find: (...given) => objects.find(...given),
      list: (...given) => objects.list(...given),
      count: (...given) => objects.count(...given),
    },
    customers: {
      ...refusing(customers),
      async find(tenant, key) {
        if (isAbout(key)) return customer;
        const found = await customers.find(tenant, key);
        return found && shown(found);
      },
      select: async (...given) => all(await customers.select(...given)),
      list: async (...given) => all(await customers.list(...given)),
      query: async (...given) => all(await customers.query(...given)),
      count: (...given) => customers.count(...given),
    },
    credentials: refusing(services.credentials),
  };
}

/** Every operation of the port refuses. */
const refusing = <Port extends object>(port: Port): Port =>
  Object.fromEntries(Object.keys(port).map(name => [name, async () => refuseToWrite()])) as unknown as Port;
