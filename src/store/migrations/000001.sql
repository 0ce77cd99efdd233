-- The first schema: tenants, customers, addresses and their links, claims, history, credentials.
--
-- Every primary, unique and foreign key begins with tenant_id, so that the schema distributes and partitions by
-- that column. Row-level security stands behind the tenant condition that every statement has as well.

create table concord.tenant (
  tenant_id integer generated always as identity primary key,
  name text not null check (char_length(name) between 1 and 100),
  created_at timestamptz not null default now()
);
-- Reader: the look-up of a tenant by its name, and the promise that a name is given once.
create unique index tenant_name on concord.tenant (name);

-- The last numbers given. A row of its own, because it is the one row that every creation of a tenant updates;
-- the low fill factor keeps those updates on its page.
create table concord.counter (
  tenant_id integer primary key references concord.tenant (tenant_id),
  customers bigint not null default 0,
  addresses bigint not null default 0,
  contact_points bigint not null default 0
) with (fillfactor = 10);

-- One row holds what only the customer owns: body leaves out what is null or empty. Sealed holds the values of
-- identity documents, encrypted. A third of the page stays free, so that an update finds room on its page and
-- touches no index (HOT).
create table concord.customer (
  tenant_id integer not null,
  id uuid not null,
  number bigint not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by text not null,
  body jsonb not null,
  sealed text,
  primary key (tenant_id, id)
) with (fillfactor = 70);
-- Reader: Flecto, Lightening and Billbee name customers by number; lists are in order of number.
create unique index customer_number on concord.customer (tenant_id, number);

create table concord.address (
  tenant_id integer not null,
  id uuid not null,
  number bigint not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  body jsonb not null,
  primary key (tenant_id, id)
) with (fillfactor = 70);
-- Reader: Flecto, Lightening and Billbee name addresses by number.
create unique index address_number on concord.address (tenant_id, number);

create table concord.customer_address (
  tenant_id integer not null,
  customer_id uuid not null,
  address_id uuid not null,
  position integer not null,
  rank integer not null,
  main boolean not null,
  roles text[] not null,
  label text,
  primary key (tenant_id, customer_id, address_id),
  foreign key (tenant_id, customer_id) references concord.customer (tenant_id, id),
  foreign key (tenant_id, address_id) references concord.address (tenant_id, id)
) with (fillfactor = 80);
-- Readers: the customers who share an address; the foreign key when an address goes.
create index customer_address_address on concord.customer_address (tenant_id, address_id);

-- Values that no two customers of a tenant have. Only a keyed hash is stored, one row for every key in use.
create table concord.claim (
  tenant_id integer not null,
  scope text not null,
  hash bytea not null,
  customer_id uuid not null,
  primary key (tenant_id, scope, hash),
  foreign key (tenant_id, customer_id) references concord.customer (tenant_id, id)
);

-- History and event feed. The feed is in order of (transaction, sequence) and ends before the oldest transaction
-- that still runs, so that a late commit is never skipped.
create table concord.change (
  tenant_id integer not null,
  transaction xid8 not null default pg_current_xact_id(),
  sequence bigint generated always as identity,
  customer_id uuid not null,
  customer_number bigint not null,
  dialect text not null,
  actor text not null,
  request_id text not null,
  at timestamptz not null,
  event text,
  fields jsonb not null,
  primary key (tenant_id, transaction, sequence)
);
-- Reader: the history of one customer, newest first.
create index change_customer on concord.change (tenant_id, customer_id, sequence);

-- Lookup is a SHA-256 over kind, dialect and secret, login or issuer: never the thing itself.
create table concord.credential (
  tenant_id integer not null references concord.tenant (tenant_id),
  id uuid not null,
  kind text not null check (kind in ('key', 'password', 'issuer', 'token')),
  dialect text not null,
  name text not null,
  lookup bytea not null,
  verifier text,
  settings jsonb not null,
  parent_id uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, parent_id) references concord.credential (tenant_id, id) on delete cascade
);
-- Reader: authentication, which finds the tenant by the credential and not the other way round.
create index credential_lookup on concord.credential (lookup);
-- Readers: revocation, which ends the tokens of a credential; the foreign key.
create index credential_parent on concord.credential (tenant_id, parent_id) where parent_id is not null;
-- Reader: the removal of expired tokens when a new one is issued.
create index credential_expiry on concord.credential (tenant_id, expires_at) where expires_at is not null;

-- The tenant of the transaction; null, which equals nothing, when none was set.
create function concord.current_tenant() returns integer language sql stable parallel safe
  return nullif(pg_catalog.current_setting('concord.tenant', true), '')::integer;

do $policies$
declare
  name text;
begin
  foreach name in array array[
    'tenant', 'counter', 'customer', 'address', 'customer_address', 'claim', 'change', 'credential'
  ] loop
    execute format('alter table concord.%I enable row level security', name);
    execute format('alter table concord.%I force row level security', name);
    execute format(
      'create policy own on concord.%I using (tenant_id = nullif(current_setting(''concord.tenant'', true), '''')::integer)',
      name
    );
  end loop;
end
$policies$;

-- Administration lists and creates tenants. Nothing of a customer is in this table.
create policy directory on concord.tenant
  using (current_setting('concord.directory', true) = 'on');

-- Authentication crosses tenants on purpose, and sees the row whose secret it can name and no other. A policy
-- and not a SECURITY DEFINER function: security is forced on the owner too, so a definer would see nothing
-- where the owner is an ordinary role, and everything where it is a superuser.
create policy named on concord.credential for select
  using (lookup = decode(nullif(current_setting('concord.credential', true), ''), 'hex'));

-- One customer as one JSON text: an array, in the order that rows.ts reads.
-- security_invoker: without it the view would read with the rights of its owner.
create view concord.customer_record with (security_invoker = true) as
select
  customer.tenant_id,
  customer.id,
  customer.number,
  json_build_array(
    customer.id, customer.number, customer.version, customer.created_at, customer.updated_at,
    customer.created_by, customer.body, customer.sealed,
    (
      select json_agg(
        json_build_array(
          address.id, address.number, address.version, address.created_at, address.updated_at, address.body,
          link.label, link.main, link.roles, link.rank
        ) order by link.position
      )
      from concord.customer_address as link
      join concord.address as address
        on address.tenant_id = link.tenant_id and address.id = link.address_id
      where link.tenant_id = customer.tenant_id and link.customer_id = customer.id
    )
  )::text as record
from concord.customer as customer;

-- The functions of the hot path set the tenant for their own transaction, so that one call is one statement,
-- also behind a pooler that gives every transaction another connection. Every statement in them looks for rows by
-- a key, so one plan serves all values; left to choose, PostgreSQL planned customers_select anew each time, which
-- took 445 µs in place of 184.

create function concord.customer_by_id(for_tenant integer, for_id uuid) returns text language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  return (select record from concord.customer_record where tenant_id = for_tenant and id = for_id);
end
$$;

create function concord.customer_by_number(for_tenant integer, for_number bigint) returns text language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  return (select record from concord.customer_record where tenant_id = for_tenant and number = for_number);
end
$$;

-- Of several who share an address, the first by rank.
create function concord.customer_by_address(for_tenant integer, for_number bigint) returns text language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  return (
    select customer.record
    from concord.address as address
    join concord.customer_address as link
      on link.tenant_id = address.tenant_id and link.address_id = address.id
    join concord.customer_record as customer
      on customer.tenant_id = link.tenant_id and customer.id = link.customer_id
    where address.tenant_id = for_tenant and address.number = for_number
    order by link.rank, customer.number
    limit 1
  );
end
$$;

-- In two steps, because the planner cannot tell how few customers the first one finds.
-- In two steps, because the planner cannot tell how few customers the first one finds.
create function concord.customers_select(for_tenant integer, for_address bigint, for_numbers bigint[])
returns setof text language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  ids uuid[];
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  ids := array(
    select link.customer_id
    from concord.customer_address as link
    where link.tenant_id = for_tenant
      and link.address_id = (
        select id from concord.address where tenant_id = for_tenant and number = for_address
      )
  ) || array(
    select id from concord.customer where tenant_id = for_tenant and number = any (for_numbers)
  );
  return query
    select record from concord.customer_record
    where tenant_id = for_tenant and id = any (ids)
    order by number;
end
$$;

create function concord.customers_list(for_tenant integer, after bigint, maximum integer)
returns setof text language plpgsql as $$
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  return query
    select record from concord.customer_record
    where tenant_id = for_tenant and number > after
    order by number
    limit maximum;
end
$$;

create function concord.customers_count(for_tenant integer) returns bigint language plpgsql as $$
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  return (select count(*) from concord.customer where tenant_id = for_tenant);
end
$$;

-- Gives out numbers. The commit does not wait for the disk: the row would be locked meanwhile, and the commit
-- that stores a record with these numbers comes later in the same log and waits for both. Gaps are allowed.
create function concord.numbers_take(for_tenant integer, more_customers integer, more_addresses integer, more_points integer)
returns table (customer bigint, address bigint, point bigint) language plpgsql as $$
begin
  perform set_config('concord.tenant', for_tenant::text, true), set_config('synchronous_commit', 'off', true);
  return query
    update concord.counter as counter
    set customers = counter.customers + more_customers,
        addresses = counter.addresses + more_addresses,
        contact_points = counter.contact_points + more_points
    where counter.tenant_id = for_tenant
    returning counter.customers - more_customers + 1, counter.addresses - more_addresses + 1,
      counter.contact_points - more_points + 1;
end
$$;

-- Writes what differs, and its history, in one statement; all of it or nothing. Locks are taken on customers in
-- order of id and then on addresses in order of id, by everybody, so that nobody waits in a circle: the lists come
-- in that order. They are walked by position, because a query over a list costs as much as the update it leads to.
--
-- CC001: somebody was faster; read again. CC002: a claim is held, the detail says by whom. CC003: an address that
-- one of the customers should have as well is no more; reading them again would not bring it back.
create function concord.customer_write(for_tenant integer, written jsonb) returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
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
        perform 1 from concord.address where tenant_id = for_tenant and id = (item ->> 'id')::uuid for update;
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
      if not found then
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
      (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, event, fields)
    values (
      for_tenant, (item ->> 'customer')::uuid, (item ->> 'number')::bigint, written ->> 'dialect', written ->> 'actor',
      written ->> 'requestId', (written ->> 'at')::timestamptz, written ->> 'event', item -> 'fields'
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

-- The one credential that the hash names, with the name of its tenant, or null. A token counts only while the
-- credential it came from does.
create function concord.credential_find(named bytea) returns text language plpgsql as $$
declare
  found_one concord.credential;
  parent concord.credential;
begin
  perform set_config('concord.credential', encode(named, 'hex'), true), set_config('concord.tenant', '', true);
  select * into found_one from concord.credential
  where lookup = named and revoked_at is null and (expires_at is null or expires_at > now());
  if found_one.id is null then
    return null;
  end if;
  perform set_config('concord.tenant', found_one.tenant_id::text, true);
  if found_one.parent_id is not null then
    select * into parent from concord.credential
    where tenant_id = found_one.tenant_id and id = found_one.parent_id and revoked_at is null
      and (expires_at is null or expires_at > now());
    if parent.id is null then
      return null;
    end if;
  end if;
  return (
    select json_build_object(
      'tenant', tenant.tenant_id, 'tenantName', tenant.name, 'id', found_one.id,
      'root', coalesce(found_one.parent_id, found_one.id), 'name', found_one.name,
      'verifier', found_one.verifier, 'settings', found_one.settings, 'expiresAt', found_one.expires_at
    )::text
    from concord.tenant as tenant where tenant.tenant_id = found_one.tenant_id
  );
end
$$;

-- Two tenants cannot be told apart by one login or one issuer: the first one has it. CC002 when it is taken.
create function concord.credential_claim(named bytea) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('concord.credential ' || encode(named, 'hex'), 0));
  perform set_config('concord.credential', encode(named, 'hex'), true);
  perform 1 from concord.credential where lookup = named and revoked_at is null
    and (expires_at is null or expires_at > now());
  if found then
    raise exception 'credential held' using errcode = 'CC002', detail = '{"scope":"credential"}';
  end if;
end
$$;
