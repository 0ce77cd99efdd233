/** Flecto's operations, with what all of them check first (flecto.md §5). */
import type { Method, Route } from '../contract.ts';
import { addressRoutes } from './address-routes.ts';
import { customerRoutes } from './customer-routes.ts';
import { emailRoutes } from './email-routes.ts';
import { inquiryCustomerRoutes } from './inquiry-customer-routes.ts';
import { inquiryRoutes, inquiryStatusRoutes } from './inquiry-routes.ts';
import { meAddressRoutes } from './me-address-routes.ts';
import { meRoutes, taxProfileRoutes } from './me-routes.ts';
import { expectMediaTypes } from './negotiation.ts';
import { expectParameters } from './query.ts';
import { storeRoutes } from './store-routes.ts';

/** In the order of the vendor's navigation. */
const documented: readonly Route[] = [
  ...emailRoutes,
  ...meRoutes,
  ...meAddressRoutes,
  ...taxProfileRoutes,
  ...customerRoutes,
  ...addressRoutes,
  ...inquiryCustomerRoutes,
  ...inquiryStatusRoutes,
  ...inquiryRoutes,
  ...storeRoutes,
];

/** The second method of an operation: an update by PUT takes PATCH and the other way round, a change of state PUT (flecto.md §4). */
function aliasOf(route: Route): Method | undefined {
  if (route.method === 'PUT') return 'PATCH';
  if (route.method === 'PATCH') return 'PUT';
  return route.group === 'SaaS - Inquiry Status' ? 'PUT' : undefined;
}

const withAlias = (route: Route): readonly Route[] => {
  const method = aliasOf(route);
  return method === undefined
    ? [route]
    : [
        route,
        {
          ...route,
          method,
          operation: `${route.operation} (${method})`,
          provenance: 'convention',
          section: 'flecto.md §4',
        },
      ];
};

/** flecto.md §5: media types before anything of the request is read; then its parameters. */
const withChecks = (route: Route): Route => ({
  ...route,
  handle: async call => {
    expectMediaTypes(call.request);
    expectParameters(call.request, route.query ?? {});
    return route.handle(call);
  },
});

export const routes: readonly Route[] = documented.flatMap(withAlias).map(withChecks);
