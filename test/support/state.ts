/** A fingerprint of all that the database holds of a tenant, to see that nothing changed. */
import { connect } from '../../src/store/connection.ts';
import type { Concord } from './concord.ts';

export interface StateReader {
  /** Equal while nothing of the tenant's customers, addresses, claims, objects, history and log of reveals changed. */
  of(tenant: number): Promise<string>;
  close(): Promise<void>;
}

export function stateReader({ store }: Pick<Concord, 'store'>): StateReader {
  const sql = connect(store.target, { connections: 2, application: 'concord test' });
  return {
    async of(tenant) {
      const [row] = await sql<{ state: string }[]>`
        select md5(concat_ws('|',
          (select string_agg(c.id || c.version::text || c.body::text || coalesce(c.sealed, ''), ',' order by id)
            from concord.customer as c where tenant_id = ${tenant}),
          (select string_agg(a.id || a.body::text, ',' order by id) from concord.address as a where tenant_id = ${tenant}),
          (select string_agg(l::text, ',' order by customer_id, address_id) from concord.customer_address as l where tenant_id = ${tenant}),
          (select string_agg(c::text, ',' order by scope, hash) from concord.claim as c where tenant_id = ${tenant}),
          (select string_agg(o::text, ',' order by dialect, kind, number) from concord.vendor_object as o where tenant_id = ${tenant}),
          (select count(*)::text from concord.change where tenant_id = ${tenant}),
          (select count(*)::text from concord.reveal where tenant_id = ${tenant}),
          (select string_agg(c.id || coalesce(c.verifier, '') || coalesce(c.revoked_at::text, ''), ',' order by id)
            from concord.credential as c where tenant_id = ${tenant} and kind <> 'token')
        )) as state`;
      return row!.state;
    },
    close: () => sql.end(),
  };
}
