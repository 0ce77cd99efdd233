-- History that can be taken back, and erasure.

alter table concord.change
  -- What the masks in `fields` hide: the numbers of identity documents, encrypted. Rows from before have none.
  add column sealed text,
  -- The customer was erased: `fields` holds paths alone.
  add column erased boolean not null default false;

-- As in 000001, but an address that comes or goes with a link must still be as it was read, because history tells it.
--
-- Writes what differs, and its history, in one statement; all of it or nothing. Locks are taken on customers in
-- order of id and then on addresses in order of id, by everybody, so that nobody waits in a circle: the lists come
-- in that order. They are walked by position, because a query over a list costs as much as the update it leads to.
--
-- CC001: somebody was faster; read again. CC002: a claim is held, the detail says by whom. CC003: an address that
-- one of the customers should have as well is no more; reading them again would not bring it back.
create or replace function concord.customer_write(for_tenant integer, written jsonb) returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  place integer;
  item jsonb;
  holder uuid;
begin
  perform set_config('concord.tenant', for_tenant::text, true);

  for place in 0 .. coalesce(jsonb_array_length(written -> 'customers'), 0) - 1 loop
    item := written -> 'customers' -> place;
    if item ? 'body' then
      update concord.customer
      set version = version + 1,
          updated_at = (item ->> 'updatedAt')::timestamptz,
          body = item -> 'body',
          sealed = case when item ? 'sealed' then item ->> 'sealed' else sealed end
      where tenant_id = for_tenant and id = (item ->> 'id')::uuid and version = (item ->> 'version')::integer;
    elsif item ? 'updatedAt' then
      update concord.customer
      set version = version + 1,
          updated_at = (item ->> 'updatedAt')::timestamptz,
          sealed = case when item ? 'sealed' then item ->> 'sealed' else sealed end
      where tenant_id = for_tenant and id = (item ->> 'id')::uuid and version = (item ->> 'version')::integer;
    else
      perform 1 from concord.customer
      where tenant_id = for_tenant and id = (item ->> 'id')::uuid and version = (item ->> 'version')::integer
      for update;
    end if;
    if not found then
      raise exception 'customer changed meanwhile' using errcode = 'CC001';
    end if;
  end loop;

  if written ? 'newCustomers' then
    insert into concord.customer
      (tenant_id, id, number, created_at, updated_at, created_by, body, sealed)
    select for_tenant, id, number, "createdAt", "updatedAt", "createdBy", body, sealed
    from jsonb_to_recordset(written -> 'newCustomers') as given (
      id uuid, number bigint, "createdAt" timestamptz, "updatedAt" timestamptz, "createdBy" text, body jsonb,
      sealed text
    );
  end if;

  if written ? 'addresses' then
    for place in 0 .. jsonb_array_length(written -> 'addresses') - 1 loop
      item := written -> 'addresses' -> place;
      if item ? 'body' then
        update concord.address
        set version = version + 1, updated_at = (item ->> 'updatedAt')::timestamptz, body = item -> 'body'
        where tenant_id = for_tenant and id = (item ->> 'id')::uuid and version = (item ->> 'version')::integer;
      else
        perform 1 from concord.address
        where tenant_id = for_tenant and id = (item ->> 'id')::uuid
          and (not item ? 'version' or version = (item ->> 'version')::integer)
        for update;
      end if;
      if not found and item ? 'linked' then
        raise exception 'address gone' using errcode = 'CC003';
      elsif not found then
        raise exception 'address changed meanwhile' using errcode = 'CC001';
      end if;
    end loop;
  end if;

  if written ? 'newAddresses' then
    insert into concord.address (tenant_id, id, number, created_at, updated_at, body)
    select for_tenant, id, number, "createdAt", "updatedAt", body
    from jsonb_to_recordset(written -> 'newAddresses') as given (
      id uuid, number bigint, "createdAt" timestamptz, "updatedAt" timestamptz, body jsonb
    )
    order by id;
  end if;

  if written ? 'unlinked' then
    for item in select value from jsonb_array_elements(written -> 'unlinked') loop
      delete from concord.customer_address
      where tenant_id = for_tenant and customer_id = (item ->> 'customer')::uuid
        and address_id = (item ->> 'address')::uuid;
    end loop;
  end if;

  if written ? 'links' then
    insert into concord.customer_address
      (tenant_id, customer_id, address_id, position, rank, main, roles, label)
    select for_tenant, customer, address, position, rank, main, roles, label
    from jsonb_to_recordset(written -> 'links') as given (
      customer uuid, address uuid, position integer, rank integer, main boolean, roles text[], label text
    )
    on conflict (tenant_id, customer_id, address_id) do update
    set position = excluded.position, rank = excluded.rank, main = excluded.main, roles = excluded.roles,
        label = excluded.label;
  end if;

  -- The address rows are locked, so whoever wanted to link one has done so, or waits and will not find it.
  if written ? 'unlinked' then
    for item in select value from jsonb_array_elements(written -> 'unlinked') loop
      delete from concord.address
      where tenant_id = for_tenant and id = (item ->> 'address')::uuid
        and not exists (
          select 1 from concord.customer_address as link
          where link.tenant_id = for_tenant and link.address_id = (item ->> 'address')::uuid
        );
    end loop;
  end if;

  if written ? 'claims' then
    for item in
      select value from jsonb_array_elements(written -> 'claims') order by value ->> 'scope', value ->> 'hash'
    loop
      insert into concord.claim (tenant_id, scope, hash, customer_id)
      values (for_tenant, item ->> 'scope', decode(item ->> 'hash', 'hex'), (item ->> 'customer')::uuid)
      on conflict do nothing;
      if not found and not (item ? 'yields') then
        select customer_id into holder from concord.claim
        where tenant_id = for_tenant and scope = item ->> 'scope' and hash = decode(item ->> 'hash', 'hex');
        raise exception 'claim held' using errcode = 'CC002',
          detail = jsonb_build_object('scope', item ->> 'scope', 'customerId', holder)::text;
      end if;
    end loop;
  end if;

  for place in 0 .. jsonb_array_length(written -> 'changes') - 1 loop
    item := written -> 'changes' -> place;
    insert into concord.change
      (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, event, fields, sealed)
    values (
      for_tenant, (item ->> 'customer')::uuid, (item ->> 'number')::bigint, written ->> 'dialect', written ->> 'actor',
      written ->> 'requestId', (written ->> 'at')::timestamptz, written ->> 'event', item -> 'fields', item ->> 'sealed'
    );
  end loop;

  -- An address that several share: the others have not changed themselves, but their histories tell it too.
  -- One address at a time, because the planner takes a JSON list for a hundred rows and would scan the tables:
  -- 950 changes of an address a second became 5,300.
  if written ? 'shared' then
    for place in 0 .. jsonb_array_length(written -> 'shared') - 1 loop
      item := written -> 'shared' -> place;
      insert into concord.change
        (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, event, fields)
      select for_tenant, customer.id, customer.number, written ->> 'dialect', written ->> 'actor',
        written ->> 'requestId', (written ->> 'at')::timestamptz, written ->> 'event', item -> 'fields'
      from concord.customer_address as link
      join concord.customer as customer on customer.tenant_id = for_tenant and customer.id = link.customer_id
      where link.tenant_id = for_tenant and link.address_id = (item ->> 'address')::uuid
        and not (written -> 'changes' @> jsonb_build_array(jsonb_build_object('customer', customer.id)))
      order by customer.id;
    end loop;
  end if;
end
$$;

-- As in 000002, but addresses must still be as they were read, because history tells them.
create or replace function concord.customer_remove(for_tenant integer, removed jsonb) returns void language plpgsql as $$
declare
  gone uuid := (removed ->> 'id')::uuid;
  addresses uuid[];
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  perform 1 from concord.customer
  where tenant_id = for_tenant and id = gone and version = (removed ->> 'version')::integer
  for update;
  if not found then
    raise exception 'customer changed meanwhile' using errcode = 'CC001';
  end if;
  addresses := array(
    select address.id from concord.address as address
    where address.tenant_id = for_tenant and address.id in (
      select link.address_id from concord.customer_address as link
      where link.tenant_id = for_tenant and link.customer_id = gone
    )
    order by address.id
    for update
  );
  perform 1
  from jsonb_to_recordset(removed -> 'addresses') as seen (id uuid, version integer)
  left join concord.address as address on address.tenant_id = for_tenant and address.id = seen.id
  where address.version is distinct from seen.version;
  if found then
    raise exception 'address changed meanwhile' using errcode = 'CC001';
  end if;
  delete from concord.customer_address where tenant_id = for_tenant and customer_id = gone;
  delete from concord.address as address
  where address.tenant_id = for_tenant and address.id = any (addresses)
    and not exists (
      select 1 from concord.customer_address as link
      where link.tenant_id = for_tenant and link.address_id = address.id
    );
  delete from concord.claim where tenant_id = for_tenant and customer_id = gone;
  delete from concord.customer where tenant_id = for_tenant and id = gone;
  insert into concord.change
    (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, event, fields, sealed)
  values (
    for_tenant, gone, (removed ->> 'number')::bigint, removed ->> 'dialect', removed ->> 'actor',
    removed ->> 'requestId', (removed ->> 'at')::timestamptz, removed ->> 'event', removed -> 'fields',
    removed ->> 'sealed'
  );
end
$$;

-- Erases a customer: what remove does, the objects that are about the customer, answers that are kept for repeated
-- requests, the reasons of looks at documents, and every value in the history. Also one who was removed before, of whom
-- only history is left. With the rights of the owner, because nobody else may change history; row-level security holds
-- the owner to the tenant, too. CC004 when nothing is known of the customer.
--
-- Custom fields are named by whoever wrote them, orders and subscriptions by another system: those names go as well.
create function concord.customer_erase(for_tenant integer, erased jsonb) returns void language plpgsql
security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  gone uuid := (erased ->> 'id')::uuid;
  known_number bigint;
  is_present boolean;
  addresses uuid[];
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  select number into known_number from concord.customer
  where tenant_id = for_tenant and id = gone
  for update;
  is_present := found;
  if not is_present then
    select customer_number into known_number from concord.change
    where tenant_id = for_tenant and customer_id = gone
    order by sequence desc limit 1;
    if not found then
      raise exception 'no such customer' using errcode = 'CC004';
    end if;
  end if;

  addresses := array(
    select address.id from concord.address as address
    where address.tenant_id = for_tenant and address.id in (
      select link.address_id from concord.customer_address as link
      where link.tenant_id = for_tenant and link.customer_id = gone
    )
    order by address.id
    for update
  );
  delete from concord.customer_address where tenant_id = for_tenant and customer_id = gone;
  delete from concord.address as address
  where address.tenant_id = for_tenant and address.id = any (addresses)
    and not exists (
      select 1 from concord.customer_address as link
      where link.tenant_id = for_tenant and link.address_id = address.id
    );
  delete from concord.claim where tenant_id = for_tenant and customer_id = gone;
  delete from concord.customer where tenant_id = for_tenant and id = gone;

  delete from concord.vendor_object as object
  using jsonb_to_recordset(erased -> 'objects') as named (dialect text, kind text, number bigint)
  where object.tenant_id = for_tenant and object.dialect = named.dialect and object.kind = named.kind
    and object.number = named.number;
  if erased -> 'objectsNaming' = 'true' then
    delete from concord.vendor_object where tenant_id = for_tenant and body ->> 'customer' = gone::text;
  end if;
  delete from concord.idempotency where tenant_id = for_tenant and customer_id = gone;
  update concord.reveal set reason = null
  where tenant_id = for_tenant and customer_id = gone and reason is not null;

  update concord.change as change
  set erased = true, sealed = null, fields = coalesce(
    (
      select jsonb_agg(jsonb_build_object('path', told.path, 'before', null, 'after', null) order by told.place)
      from (
        select
          regexp_replace(
            regexp_replace(field.value ->> 'path', '^customFields/.*', 'customFields/*'),
            '^(orders|subscriptions)/[^/]+', '\1/*'
          ) as path,
          min(field.place) as place
        from jsonb_array_elements(change.fields) with ordinality as field (value, place)
        group by 1
      ) as told
    ),
    '[]'
  )
  where change.tenant_id = for_tenant and change.customer_id = gone and not change.erased;

  -- A second erasure of what is erased already has nothing to tell.
  if not found and not is_present then
    return;
  end if;
  insert into concord.change
    (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, event, fields, erased)
  values (
    for_tenant, gone, known_number, erased ->> 'dialect', erased ->> 'actor', erased ->> 'requestId',
    (erased ->> 'at')::timestamptz, erased ->> 'event', '[]', true
  );
end
$$;
revoke execute on function concord.customer_erase(integer, jsonb) from public;

-- Samples that ANALYZE keeps are copies of values, which an erasure does not reach. Of a column without a statistics
-- target it keeps none.
alter table concord.customer
  alter column body set statistics 0,
  alter column sealed set statistics 0,
  alter column name set statistics 0,
  alter column given_name set statistics 0,
  alter column family_name set statistics 0,
  alter column email set statistics 0,
  alter column phones set statistics 0,
  alter column search_text set statistics 0;
alter table concord.address alter column body set statistics 0;
alter table concord.customer_address alter column label set statistics 0;
alter table concord.change
  alter column fields set statistics 0,
  alter column sealed set statistics 0;
alter table concord.vendor_object alter column body set statistics 0;

-- What was kept before goes now, where this login may: as a superuser, or from PostgreSQL 18 on as the owner.
do $statistics$
declare
  each record;
begin
  for each in
    select class.relname, attribute.attrelid, attribute.attname, attribute.attnum
    from pg_catalog.pg_attribute as attribute
    join pg_catalog.pg_class as class on class.oid = attribute.attrelid
    where class.relnamespace = 'concord'::regnamespace and class.relkind = 'r' and attribute.attstattarget = 0
      and attribute.attnum > 0
  loop
    if to_regprocedure('pg_catalog.pg_clear_attribute_stats(text, text, text, boolean)') is not null then
      perform pg_catalog.pg_clear_attribute_stats('concord', each.relname::text, each.attname::text, false);
    elsif (select rolsuper from pg_catalog.pg_roles where rolname = current_user) then
      delete from pg_catalog.pg_statistic where starelid = each.attrelid and staattnum = each.attnum;
    end if;
  end loop;
end
$statistics$;
