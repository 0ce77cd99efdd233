-- Lists, searches and removal of customers; what vendors keep beside customers; rate limits.

-- What lists are ordered and searched by, as src/record says it: customers-query.test.ts holds the two together. Stored, so
-- that a write whose names stay touches no index, and the rows that are there get theirs now. Written without concat_ws,
-- which is not immutable: what is immutable throughout is inlined, and all of these together cost a write 12 µs, not 26.

-- wholeName of record/names.ts.
create function concord.name_of(body jsonb) returns text language sql immutable parallel safe
return case
  when body ->> 'kind' = 'business' and body ->> 'company' is not null then body ->> 'company'
  else coalesce(
    body ->> 'displayName',
    case
      when coalesce(body ->> 'givenName', '') = '' then nullif(body ->> 'familyName', '')
      when coalesce(body ->> 'familyName', '') = '' then body ->> 'givenName'
      else (body ->> 'givenName') || ' ' || (body ->> 'familyName')
    end,
    body ->> 'company',
    ''
  )
end;

-- nameParts of record/names.ts: a whole name is divided before its last word.
create function concord.given_name_of(body jsonb) returns text language sql immutable parallel safe
return case
  when body ->> 'givenName' is not null or body ->> 'familyName' is not null or body ->> 'displayName' is null
    then coalesce(body ->> 'givenName', '')
  when strpos(body ->> 'displayName', ' ') = 0 then body ->> 'displayName'
  else regexp_replace(body ->> 'displayName', ' [^ ]*$', '')
end;

create function concord.family_name_of(body jsonb) returns text language sql immutable parallel safe
return case
  when body ->> 'givenName' is not null or body ->> 'familyName' is not null or body ->> 'displayName' is null
    then coalesce(body ->> 'familyName', '')
  when strpos(body ->> 'displayName', ' ') = 0 then ''
  else substring(body ->> 'displayName' from '[^ ]*$')
end;

-- primaryContactPoint of record/contact-points.ts, for e-mails.
create function concord.email_of(body jsonb) returns text language sql immutable parallel safe
return coalesce(
  jsonb_path_query_first(body, '$.contactPoints[*] ? (@.kind == "email" && @.purposes[*] == "primary").value') #>> '{}',
  jsonb_path_query_first(body, '$.contactPoints[*] ? (@.kind == "email").value') #>> '{}',
  ''
);

create function concord.phones_of(body jsonb) returns jsonb language sql immutable parallel safe
return jsonb_path_query_array(body, '$.contactPoints[*] ? (@.kind == "phone").e164 ? (@ != null)');

-- What a search looks through beside the E.164 of phones, in lower case. Values in lists stand between quotation marks.
create function concord.search_text_of(body jsonb) returns text language sql immutable parallel safe
return lower(
  coalesce(body ->> 'displayName', '') || E'\n'
  || coalesce(body ->> 'givenName', '') || ' ' || coalesce(body ->> 'familyName', '') || E'\n'
  || coalesce(body ->> 'company', '') || E'\n' || coalesce(body ->> 'accountNumber', '') || E'\n'
  || coalesce(body ->> 'reference', '') || E'\n'
  || (jsonb_path_query_array(body, '$.contactPoints[*].value') #>> '{}')
  || (jsonb_path_query_array(body, '$.taxIds[*].value') #>> '{}')
);

create function concord.active_subscriptions_of(body jsonb) returns integer language sql immutable parallel safe
return jsonb_array_length(jsonb_path_query_array(body, '$.subscriptions[*] ? (@.status == "active")'));

-- In PL/pgSQL, because most customers rent nothing: 0.5 µs for them, and 5 µs as a query in SQL.
create function concord.monthly_revenue_of(body jsonb) returns numeric language plpgsql immutable parallel safe as $$
begin
  if not body ? 'subscriptions' then
    return 0;
  end if;
  return coalesce(
    (
      select sum((subscription ->> 'monthlyAmount')::numeric)
      from jsonb_array_elements(body -> 'subscriptions') as subscription
      where subscription ->> 'status' = 'active'
    ),
    0
  );
end
$$;

-- Texts in lower case and without a language, so that an order is the same on every server.
alter table concord.customer
  add column name text collate "C" not null generated always as (lower(concord.name_of(body))) stored,
  add column given_name text collate "C" not null generated always as (lower(concord.given_name_of(body))) stored,
  add column family_name text collate "C" not null generated always as (lower(concord.family_name_of(body))) stored,
  add column email text collate "C" not null generated always as (lower(concord.email_of(body))) stored,
  add column phones jsonb not null generated always as (concord.phones_of(body)) stored,
  add column search_text text not null generated always as (concord.search_text_of(body)) stored,
  add column active_subscriptions integer not null generated always as (concord.active_subscriptions_of(body)) stored,
  add column monthly_revenue numeric not null generated always as (concord.monthly_revenue_of(body)) stored;

-- Reader: FlexPortal's list, which begins with the newest, and Flecto's by date.
create index customer_created on concord.customer (tenant_id, created_at, number);
-- Readers: FlexPortal's filter by e-mail, and Flecto's match of an inquiry with a returning customer.
create index customer_email on concord.customer (tenant_id, email);

drop function concord.customers_select(integer, bigint, bigint[]);

-- In two steps, because the planner cannot tell how few customers the first one finds.
create function concord.customers_select(for_tenant integer, for_address bigint, for_numbers bigint[], for_ids uuid[])
returns setof text language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  ids uuid[];
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  ids := for_ids || array(
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

-- The conditions of a filter, for a query that names the customer `customer`. Parameters: $1 tenant, $2 filter.
create function concord.filter_condition(filter jsonb) returns text language sql immutable parallel safe
return 'customer.tenant_id = $1'
  || case when filter ? 'status' then ' and customer.body ->> ''status'' = $2 ->> ''status''' else '' end
  || case when filter ? 'kind' then ' and customer.body ->> ''kind'' = $2 ->> ''kind''' else '' end
  || case when filter ? 'email' then ' and customer.email = lower($2 ->> ''email'')' else '' end
  || case when filter ? 'phone' then ' and customer.phones ? ($2 ->> ''phone'')' else '' end
  || case filter -> 'subscribed'
       when 'true' then ' and customer.active_subscriptions > 0'
       when 'false' then ' and customer.active_subscriptions = 0'
       else ''
     end
  || case when filter ? 'words' then
       ' and (select bool_' || case when filter -> 'anyWord' = 'true' then 'or' else 'and' end
       || '(strpos(customer.search_text, lower(word)) > 0 or strpos(customer.phones::text, word) > 0) from jsonb_array_elements_text($2 -> ''words'') as word)'
     else '' end;

-- Null when there is no customer `behind`. The columns come from this list and from nobody else.
create function concord.customers_query(
  for_tenant integer, filter jsonb, ordered_by text, descending boolean, behind uuid, skipped bigint, maximum integer
) returns setof text language plpgsql as $$
declare
  key text := case ordered_by
    when 'createdAt' then 'created_at'
    when 'name' then 'name'
    when 'givenName' then 'given_name'
    when 'familyName' then 'family_name'
    when 'email' then 'email'
    when 'activeSubscriptions' then 'active_subscriptions'
    when 'monthlyRevenue' then 'monthly_revenue'
    else 'number'
  end;
  direction text := case when descending then 'desc' else 'asc' end;
  beyond text := case when descending then '<' else '>' end;
  page_condition text := '';
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  if behind is not null then
    perform 1 from concord.customer where tenant_id = for_tenant and id = behind;
    if not found then
      raise exception 'no such customer' using errcode = 'CC004';
    end if;
    page_condition := format(
      ' and (customer.%1$I, customer.number) %2$s (select last.%1$I, last.number from concord.customer as last where last.tenant_id = $1 and last.id = $5)',
      key, beyond
    );
  end if;
  return query execute format(
    'with page as (select id, row_number() over (order by customer.%1$I %2$s, customer.number %2$s) as place from concord.customer as customer where %3$s%4$s order by customer.%1$I %2$s, customer.number %2$s limit $3 offset $4) '
    || 'select found.record from page join concord.customer_record as found on found.tenant_id = $1 and found.id = page.id order by page.place',
    key, direction, concord.filter_condition(filter), page_condition
  ) using for_tenant, filter, maximum, skipped, behind;
  -- Gone between the two statements, the customer would make an empty page, which reads like the end of the list.
  if behind is not null and not found then
    perform 1 from concord.customer where tenant_id = for_tenant and id = behind;
    if not found then
      raise exception 'no such customer' using errcode = 'CC004';
    end if;
  end if;
end
$$;

drop function concord.customers_count(integer);

create function concord.customers_count(for_tenant integer, filter jsonb) returns bigint language plpgsql as $$
declare
  total bigint;
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  execute 'select count(*) from concord.customer as customer where ' || concord.filter_condition(filter)
    into total using for_tenant, filter;
  return total;
end
$$;

-- Every address once, with the first by rank of those who have it. The record of a customer comes with the first of
-- his or her addresses alone: 250 addresses of one customer took 1.1 s when it came with each.
create function concord.addresses_list(for_tenant integer, skipped bigint, maximum integer)
returns table (address uuid, customer uuid, record text) language plpgsql as $$
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  return query
    with page as materialized (
      select each.id, each.number, (
        select link.customer_id
        from concord.customer_address as link
        join concord.customer as owner on owner.tenant_id = link.tenant_id and owner.id = link.customer_id
        where link.tenant_id = for_tenant and link.address_id = each.id
        order by link.rank, owner.number
        limit 1
      ) as owner
      from concord.address as each
      where each.tenant_id = for_tenant order by each.number limit maximum offset skipped
    )
    select page.id, page.owner, case
      when page.number = min(page.number) over (partition by page.owner)
        then (select found.record from concord.customer_record as found where found.tenant_id = for_tenant and found.id = page.owner)
    end
    from page
    order by page.number;
end
$$;

create function concord.addresses_count(for_tenant integer) returns bigint language plpgsql as $$
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  return (select count(*) from concord.address where tenant_id = for_tenant);
end
$$;

-- Removes a customer who is still as it was read, with the addresses that nobody else has. Locks in the order of
-- customer_write: the customer, then addresses in order of id. The history stays, with one row more.
create function concord.customer_remove(for_tenant integer, removed jsonb) returns void language plpgsql as $$
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
    (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, event, fields)
  values (
    for_tenant, gone, (removed ->> 'number')::bigint, removed ->> 'dialect', removed ->> 'actor',
    removed ->> 'requestId', (removed ->> 'at')::timestamptz, removed ->> 'event', removed -> 'fields'
  );
end
$$;

-- Reader: the removal of a customer's claims.
create index claim_customer on concord.claim (tenant_id, customer_id);

-- What a vendor keeps beside its customers. Owner is '' for what belongs to the whole tenant.
create table concord.vendor_object (
  tenant_id integer not null references concord.tenant (tenant_id),
  dialect text not null,
  kind text not null,
  number bigint not null,
  owner text not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, dialect, kind, number)
);
-- Reader: the objects of one owner.
create index vendor_object_owner on concord.vendor_object (tenant_id, dialect, kind, owner, number);

-- The last number given of each kind; the low fill factor keeps its updates on its page.
create table concord.vendor_object_counter (
  tenant_id integer not null references concord.tenant (tenant_id),
  dialect text not null,
  kind text not null,
  last bigint not null,
  primary key (tenant_id, dialect, kind)
) with (fillfactor = 10);

-- The times of the latest requests of each limited key, newest last. Unlogged: a crash forgives a few seconds.
create unlogged table concord.rate (
  tenant_id integer not null references concord.tenant (tenant_id),
  key text not null,
  requests timestamptz[] not null,
  primary key (tenant_id, key)
) with (fillfactor = 50);

do $policies$
declare
  name text;
begin
  foreach name in array array['vendor_object', 'vendor_object_counter', 'rate'] loop
    execute format('alter table concord.%I enable row level security', name);
    execute format('alter table concord.%I force row level security', name);
    execute format(
      'create policy own on concord.%I using (tenant_id = nullif(current_setting(''concord.tenant'', true), '''')::integer)',
      name
    );
  end loop;
end
$policies$;

-- Counts one request towards all keys and answers null, or counts none and answers the seconds until it would be let
-- in. The clock is the database's, which all servers share. Keys come in order, so that nobody waits in a circle.
create function concord.rate_take(for_tenant integer, limits jsonb)
returns double precision language plpgsql as $$
declare
  present timestamptz := clock_timestamp();
  item jsonb;
  length interval;
  maximum integer;
  recent timestamptz[];
  wait double precision := 0;
begin
  perform set_config('concord.tenant', for_tenant::text, true), set_config('synchronous_commit', 'off', true);
  for item in select value from jsonb_array_elements(limits) loop
    maximum := (item ->> 'maximum')::integer;
    length := (item ->> 'seconds')::double precision * interval '1 second';
    insert into concord.rate (tenant_id, key, requests) values (for_tenant, item ->> 'key', '{}')
    on conflict do nothing;
    select requests into recent from concord.rate
    where tenant_id = for_tenant and key = item ->> 'key' for update;
    -- Whoever waited for the row may hold a time before the last one that is counted.
    present := greatest(present, clock_timestamp(), recent[cardinality(recent)]);
    recent := array(select at from unnest(recent) as at where at > present - length order by at);
    if cardinality(recent) >= maximum then
      wait := greatest(wait, extract(epoch from recent[cardinality(recent) - maximum + 1] + length - present));
    end if;
  end loop;
  if wait > 0 then
    return wait;
  end if;
  for item in select value from jsonb_array_elements(limits) loop
    length := (item ->> 'seconds')::double precision * interval '1 second';
    update concord.rate
    set requests = array(select at from unnest(requests) as at where at > present - length order by at) || present
    where tenant_id = for_tenant and key = item ->> 'key';
  end loop;
  return null;
end
$$;
