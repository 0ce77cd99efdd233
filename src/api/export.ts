/** The export of a customer as one JSON document, written piece by piece, because a history has no bound. */
import { viewOf } from '../dialects/view.ts';
import type { Reveal } from '../record/access.ts';
import type { Customer } from '../record/customer.ts';
import type { PlacedObject } from '../record/objects.ts';
import { changeResource, type HistoryPlace, historyPages } from './history.ts';
import { revealResource } from './reveal.ts';
import { PAGE_MAXIMUM } from './schemas/values.ts';
import type { ApiServices } from './services.ts';

/** The pieces of the text. Whoever gets its end has all of it: a failure in between breaks it off. */
export async function* exportOf(services: ApiServices, place: HistoryPlace): AsyncGenerator<string> {
  const { tenant, customerId } = place;
  const record = (await services.customers.find(tenant, { id: customerId })) ?? null;
  const archivedUntil = await services.changes.archivedUntil(tenant);
  const views = viewsOf(services, record);
  const head = { customerId, exportedAt: services.now(), record, views, archivedUntil };
  yield JSON.stringify(head).slice(0, -1);
  yield* list('objects', objectPages(services, place), objectResource);
  yield* list('reveals', revealPages(services, place), revealResource);
  yield* list('history', historyPages(services, place, true), changeResource);
  yield '}';
}

async function* list<Item>(
  name: string,
  pages: AsyncIterable<readonly Item[]>,
  resourceOf: (item: Item) => unknown,
): AsyncGenerator<string> {
  yield `,${JSON.stringify(name)}:[`;
  let isFirst = true;
  for await (const page of pages) {
    yield (isFirst ? '' : ',') + page.map(item => JSON.stringify(resourceOf(item))).join(',');
    isFirst = false;
  }
  yield ']';
}

const viewsOf = ({ dialects }: ApiServices, record: Customer | null) =>
  record === null
    ? []
    : dialects.map(dialect => ({
        dialect: dialect.name,
        id: dialect.customerId(record),
        resources: viewOf(dialect, record).resources.map(({ resource, key, wire }) => ({
          resource,
          key,
          body: wire,
        })),
      }));

/** Pages until one is not full; none is empty. */
async function* pagesOf<Item>(
  read: (after: Item | undefined) => Promise<readonly Item[]>,
): AsyncGenerator<readonly Item[]> {
  let after: Item | undefined;
  for (;;) {
    const page = await read(after);
    if (page.length > 0) yield page;
    if (page.length < PAGE_MAXIMUM) return;
    after = page.at(-1)!;
  }
}

const objectPages = ({ objects }: ApiServices, { tenant, customerId }: HistoryPlace) =>
  pagesOf<PlacedObject>(after =>
    objects.naming(tenant, customerId, { limit: PAGE_MAXIMUM, ...(after && { after }) }),
  );

const revealPages = ({ reveals }: ApiServices, { tenant, customerId }: HistoryPlace) =>
  pagesOf<Reveal>(after =>
    reveals.list(tenant, { customerId, limit: PAGE_MAXIMUM, ...(after && { after: after.id }) }),
  );

const objectResource = ({ dialect, kind, number, body, createdAt, updatedAt }: PlacedObject) => ({
  ...{ dialect, kind, number, body, createdAt, updatedAt },
});
