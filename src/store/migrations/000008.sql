-- Change of the encryption key: which keys the database needs, which claim was hashed with which, and the one way to put
-- another ciphertext in the place of one in the history.

-- The keys under which something is sealed or hashed. A server that lacks one of them does not start. No tenant: a key
-- belongs to the installation, and nothing here is of a customer.
create table concord.encryption_key (
  id text primary key,
  -- What this key sealed, known to everybody: another key of the same id does not open it. Null until a server starts.
  proof text
);

-- Tenant by tenant, because row-level security holds for the owner as well.
do $keys$
declare
  each integer;
begin
  perform set_config('concord.directory', 'on', true);
  for each in select tenant_id from concord.tenant loop
    perform set_config('concord.tenant', each::text, true);
    insert into concord.encryption_key (id)
    select split_part(sealed, '.', 2) from concord.customer where tenant_id = each and sealed is not null
    union
    select split_part(sealed, '.', 2) from concord.change where tenant_id = each and sealed is not null
    union
    select split_part(answer, '.', 2) from concord.idempotency where tenant_id = each and answer is not null
    on conflict do nothing;
  end loop;
  perform set_config('concord.directory', '', true), set_config('concord.tenant', '', true);
end
$keys$;

alter table concord.claim
  -- Null for those from before: a hash does not tell its key.
  add column key_id text,
  -- The first key of the server that wrote this, where that is another one: the same write hashed the value with it, too.
  add column beside text;

-- As in 000006, and claims are written here, with their keys.
create or replace function concord.customer_write_claiming(for_tenant integer, written jsonb, words jsonb, released jsonb)
returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  item jsonb;
  holder uuid;
begin
  perform set_config('concord.tenant', for_tenant::text, true),
    set_config('concord.dialect', written ->> 'dialect', true);
  for item in select value from jsonb_array_elements(released) order by value ->> 'customer' loop
    perform 1 from concord.customer
    where tenant_id = for_tenant and id = (item ->> 'customer')::uuid
    for update;
    delete from concord.claim
    where tenant_id = for_tenant and customer_id = (item ->> 'customer')::uuid and scope = item ->> 'scope'
      and hash = decode(item ->> 'hash', 'hex');
  end loop;
  if words is null then
    perform concord.customer_write(for_tenant, written - 'claims');
  else
    perform concord.customer_write_with_words(for_tenant, written - 'claims', words);
  end if;
  if written ? 'claims' then
    for item in
      select value from jsonb_array_elements(written -> 'claims') order by value ->> 'scope', value ->> 'hash'
    loop
      insert into concord.claim (tenant_id, scope, hash, customer_id, key_id, beside)
      values (
        for_tenant, item ->> 'scope', decode(item ->> 'hash', 'hex'), (item ->> 'customer')::uuid, item ->> 'key',
        item ->> 'beside'
      )
      on conflict do nothing;
      if not found and not (item ? 'yields') then
        select customer_id into holder from concord.claim
        where tenant_id = for_tenant and scope = item ->> 'scope' and hash = decode(item ->> 'hash', 'hex');
        raise exception 'claim held' using errcode = 'CC002',
          detail = jsonb_build_object('scope', item ->> 'scope', 'customerId', holder)::text;
      end if;
    end loop;
  end if;
end
$$;

-- Puts ciphertexts of the history under another key: [{transaction, sequence, was, now}]; answers how many. What changed
-- meanwhile is left alone. With the rights of the owner, because nobody else may change history, and nothing of it but
-- this one column: what a change says, when and by whom, stays as it was.
create function concord.history_reseal(for_tenant integer, resealed jsonb) returns integer language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
  done integer;
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  update concord.change as change
  set sealed = given.now
  from jsonb_to_recordset(resealed) as given (transaction text, sequence bigint, was text, now text)
  where change.tenant_id = for_tenant and change.transaction = given.transaction::xid8
    and change.sequence = given.sequence and change.sealed = given.was;
  get diagnostics done = row_count;
  return done;
end
$$;
revoke execute on function concord.history_reseal(integer, jsonb) from public;
