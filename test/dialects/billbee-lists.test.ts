import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { addAddress, linkTo } from '../../src/record/address.ts';
import type { Customer } from '../../src/record/customer.ts';
import { HARRISBURG, LISBON } from '../support/customers.ts';
import { useBillbee } from './billbee-support.ts';

interface Page {
  readonly Paging: object;
  readonly Data: readonly { readonly Id: number }[];
}

/** Half of them archived, so that lists show that too. */
const CUSTOMERS = 5;

describe('billbee lists', () => {
  const { concord, fresh, send } = useBillbee();
  const made: Customer[] = [];
  before(async () => {
    for (let index = 0; index < CUSTOMERS; index += 1) {
      const archivedAt = index % 2 === 0 ? null : '2021-11-01T20:33:27.017Z';
      made.push(await fresh({ archivedAt }, HARRISBURG, LISBON));
    }
  });

  const list = async (path: string): Promise<Page> => (await send('GET', path)).json;
  const ids = (page: Page) => page.Data.map(row => row.Id);
  const LISTS = [
    ['/customers', () => made.map(customer => customer.number)],
    [
      '/customer-addresses',
      () => made.flatMap(({ addresses }) => addresses.map(link => link.address.number)),
    ],
  ] as const;

  for (const [path, expected] of LISTS) {
    describe(path, () => {
      it('shows all, ascending by Id, archived ones included', async () => {
        const page = await list(path);
        const all = expected();
        assert.deepEqual(ids(page), all);
        assert.deepEqual(page.Paging, { Page: 1, TotalPages: 1, TotalRows: all.length, PageSize: 50 });
        assert.deepEqual(Object.keys(page), [
          'Paging',
          'ErrorMessage',
          'ErrorCode',
          'ErrorDescription',
          'Data',
        ]);
      });

      it('pages with true totals', async () => {
        const all = expected();
        const page = await list(`${path}?page=2&pageSize=2`);
        assert.deepEqual(ids(page), all.slice(2, 4));
        const TotalPages = all.length / 2;
        assert.deepEqual(page.Paging, {
          Page: 2,
          TotalPages: Math.ceil(TotalPages),
          TotalRows: all.length,
          PageSize: 2,
        });
        const past = await list(`${path}?page=2147483647&pageSize=250`);
        assert.deepEqual(past.Data, []);
        assert.deepEqual(past.Paging, {
          Page: 2_147_483_647,
          TotalPages: 1,
          TotalRows: all.length,
          PageSize: 250,
        });
      });

      it('takes the page size of the official test [inferred: csharp-sdk]', async () => {
        const page = await list(`${path}?page=1&pageSize=2147483647`);
        assert.deepEqual(ids(page), expected());
        assert.equal((page.Paging as { PageSize: number }).PageSize, 250);
      });

      it('shows each row as the row alone is shown', async () => {
        for (const row of (await list(path)).Data) {
          assert.deepEqual((await send('GET', `${path}/${row.Id}`)).json.Data, row);
        }
      });

      it('shows nothing to another tenant', async () => {
        const answer = await concord().send(concord().meadow, 'billbee', 'GET', `/api/v1${path}`);
        assert.deepEqual(answer.json.Data, []);
        assert.deepEqual(answer.json.Paging, { Page: 1, TotalPages: 0, TotalRows: 0, PageSize: 50 });
      });
    });
  }

  it('shows an address that several customers share once, with the first of them', async () => {
    const first = made[0]!;
    const { address } = first.addresses[0]!;
    const origin = { tenant: concord().harbor.id, dialect: 'test', actor: 'test', requestId: 'test' };
    const third = await concord().store.customers.swap(origin, { number: made[2]!.number }, customer =>
      addAddress(customer, linkTo(address, { rank: 1 })),
    );
    assert.equal(third.addresses.length, 3);
    const page = (await send('GET', '/customer-addresses')).json;
    const rows = page.Data.filter((row: { Id: number }) => row.Id === address.number);
    assert.deepEqual(
      rows.map((row: { CustomerId: number }) => row.CustomerId),
      [first.number],
    );
    assert.equal(page.Paging.TotalRows, 2 * CUSTOMERS);
    const shared = await send('GET', `/customers/${third.number}/addresses`);
    assert.equal(shared.json.Paging.TotalRows, 3);
  });

  describe('the orders of a customer', () => {
    it('are an empty page with the asked paging', async () => {
      const page = await list(`/customers/${made[0]!.number}/orders?page=3&pageSize=10`);
      assert.deepEqual(page, {
        Paging: { Page: 3, TotalPages: 0, TotalRows: 0, PageSize: 10 },
        ErrorMessage: null,
        ErrorCode: 0,
        ErrorDescription: 'NoError',
        Data: [],
      });
    });

    it('are 404 for a customer who is not there, and a path that is none for an id that is no number', async () => {
      const unknown = await send('GET', '/customers/999999/orders');
      assert.deepEqual(
        [unknown.status, unknown.json.ErrorMessage],
        [404, 'There is no customer with the id 999999.'],
      );
      assert.equal((await send('GET', '/customers/x/orders')).status, 404);
    });
  });
});
