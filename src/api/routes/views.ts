/** What each dialect sees of a customer. */
import { customerKey, expectFound } from '../customer-answer.ts';
import { withoutNumbers } from '../masking.ts';
import { type ApiCall, type ApiRoute, ownRoute } from '../route.ts';
import { Views } from '../schemas/history.ts';
import { dialectView } from '../views.ts';

export const viewRoutes: readonly ApiRoute[] = [
  ownRoute({
    method: 'GET',
    path: '/customers/:id/views',
    operation: 'See a customer as each dialect does',
    group: 'Customers',
    description:
      'What the clients of each vendor are answered now when they read the customer, word for word, and what the record knows ' +
      'beside that. Numbers of identity documents are masked, whoever asks, where the vendor shows them.',
    answers: { 200: Views },
    handle: getViews,
  }),
];

async function getViews(call: ApiCall) {
  const { caller, services } = call;
  const found = expectFound(await services.customers.find(caller.tenant, customerKey(call)));
  const shown = withoutNumbers(found);
  const views = await Promise.all(services.dialects.map(dialect => dialectView(call, dialect, shown)));
  return { status: 200, body: { views } };
}
