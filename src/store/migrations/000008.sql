-- What a write costs.

-- Generated columns are plain columns now, which a trigger fills. PostgreSQL reads the expressions of all of them from the
-- catalogue for every UPDATE of a customer, whichever column it changes, and plans those that it computes each time anew; a
-- function's plans stay. With this migration, 50,000 customers, two runs each in turns: changes of an address a second 1,599
-- and 1,814 before, 1,969 and 2,286 after; of a name 1,138 and 1,163 before, 1,275 and 1,710 after.
do $plain$
declare
  name text;
begin
  foreach name in array array[
    'name', 'given_name', 'family_name', 'email', 'phones', 'search_text', 'active_subscriptions', 'monthly_revenue',
    'kind', 'status', 'archived'
  ] loop
    execute format('alter table concord.customer alter column %I drop expression', name);
  end loop;
end
$plain$;
alter table concord.address alter column country drop expression;

-- The name to order by has an end: an entry of an index is at most 2,704 bytes, and a name has up to 2,001 characters.
create function concord.customer_derive() returns trigger language plpgsql as $$
begin
  new.name := left(lower(concord.name_of(new.body)), 300);
  new.given_name := lower(concord.given_name_of(new.body));
  new.family_name := lower(concord.family_name_of(new.body));
  new.email := lower(concord.email_of(new.body));
  new.phones := concord.phones_of(new.body);
  new.search_text := concord.search_text_of(new.body);
  new.active_subscriptions := concord.active_subscriptions_of(new.body);
  new.monthly_revenue := concord.monthly_revenue_of(new.body);
  new.kind := coalesce(new.body ->> 'kind', '');
  new.status := coalesce(new.body ->> 'status', '');
  new.archived := concord.is_archived(new.body);
  return new;
end
$$;
create trigger customer_derive before insert or update of body on concord.customer
  for each row execute function concord.customer_derive();

create function concord.address_derive() returns trigger language plpgsql as $$
begin
  new.country := new.body ->> 'country';
  return new;
end
$$;
create trigger address_derive before insert or update of body on concord.address
  for each row execute function concord.address_derive();

-- As in 000003, but the histories of others are looked at only where an address has others.
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
      -- Nearly every address has one customer, which this look-up tells for less than the insert: 102 to 109 µs a call, not
      -- 115 to 133.
      perform 1 from concord.customer_address
      where tenant_id = for_tenant and address_id = (item ->> 'address')::uuid
        and customer_id <> (written #>> '{changes,0,customer}')::uuid
      limit 1;
      continue when not found;
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
