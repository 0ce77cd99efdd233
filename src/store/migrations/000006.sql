-- What Concord's own lists are filtered by, and indexes that find it.
--
-- Measured with bench/lists.ts: 100,000 customers with two addresses each, embedded PostgreSQL 18 on two busy cores, the
-- first page of 50, median of 20 in the slowest of five orders. With a filter by kind, status, archived or created_through:
-- 24 ms; by country: 22; by all of them: 32; without: 4. With indexes that hold no more than the order, PostgreSQL fetched
-- every customer that it passed over: up to 440 ms by name. A count takes 10 to 26 ms, and 110 where all are in the country.
-- A change of a customer costs the same as before; a creation has one index more to enter.

-- isArchived of record/customer.ts. Times are texts of one form, so their order is that of time.
create function concord.is_archived(body jsonb) returns boolean language sql immutable parallel safe
return coalesce(
  body ->> 'archivedAt' is not null
    and (body ->> 'restoredAt' is null or (body ->> 'restoredAt') collate "C" < (body ->> 'archivedAt') collate "C"),
  false
);

-- Stored, because an index on an expression of body would make every change of a customer touch all indexes.
alter table concord.customer
  add column kind text not null generated always as (coalesce(body ->> 'kind', '')) stored,
  add column status text not null generated always as (coalesce(body ->> 'status', '')) stored,
  add column archived boolean not null generated always as (concord.is_archived(body)) stored,
  -- The dialect of the first change; it never changes. Empty where nobody said it.
  add column created_through text not null default coalesce(current_setting('concord.dialect', true), '');

-- The name to order by has an end now: an entry of an index is at most 2,704 bytes, and a name has up to 2,001 characters.
alter table concord.customer drop column name;
alter table concord.customer
  add column name text collate "C" not null generated always as (left(lower(concord.name_of(body)), 300)) stored,
  alter column name set statistics 0;

alter table concord.address
  add column country text generated always as (body ->> 'country') stored;

-- Tenant by tenant, because row-level security holds for the owner as well.
do $fill$
declare
  each integer;
begin
  perform set_config('concord.directory', 'on', true);
  for each in select tenant_id from concord.tenant loop
    perform set_config('concord.tenant', each::text, true);
    update concord.customer as customer
    set created_through = coalesce(
      (
        select change.dialect from concord.change as change
        where change.tenant_id = each and change.customer_id = customer.id
        order by change.sequence limit 1
      ),
      ''
    )
    where customer.tenant_id = each;
  end loop;
  perform set_config('concord.directory', '', true), set_config('concord.tenant', '', true);
end
$fill$;

-- Readers: those of 000002, and customers_query in each of these orders by kind, status, archived and created_through: they
-- are read from the index alone, however few customers there are of the kind and wherever in the order they stand.
drop index concord.customer_number;
create unique index customer_number on concord.customer (tenant_id, number)
  include (id, kind, status, archived, created_through);
drop index concord.customer_created;
create index customer_created on concord.customer (tenant_id, created_at, number)
  include (id, kind, status, archived, created_through);
create index customer_name on concord.customer (tenant_id, name, number)
  include (id, kind, status, archived, created_through);
-- Reader: customers_query and customers_count by country.
create index address_country on concord.address (tenant_id, country) include (id);

-- The conditions of a filter, for a query that names the customer `customer`. Parameters: $1 tenant, $2 filter.
create or replace function concord.filter_condition(filter jsonb) returns text language sql immutable parallel safe
return 'customer.tenant_id = $1'
  || case when filter ? 'status' then ' and customer.status = $2 ->> ''status''' else '' end
  || case when filter ? 'kind' then ' and customer.kind = $2 ->> ''kind''' else '' end
  || case filter -> 'archived'
       when 'true' then ' and customer.archived'
       when 'false' then ' and not customer.archived'
       else ''
     end
  || case when filter ? 'createdThrough' then ' and customer.created_through = $2 ->> ''createdThrough''' else '' end
  || case when filter ? 'country' then
       ' and exists (select 1 from concord.address as place join concord.customer_address as link'
       || ' on link.tenant_id = place.tenant_id and link.address_id = place.id'
       || ' where place.tenant_id = $1 and place.country = $2 ->> ''country'' and link.customer_id = customer.id)'
     else '' end
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

-- Those who have an address in the country, or null when more than `maximum` addresses are there.
create function concord.customers_in(for_tenant integer, for_country text, maximum integer)
returns uuid[] language plpgsql as $$
declare
  places uuid[];
begin
  -- Planned for the very country: none of its addresses, or half of the table.
  execute 'select array(select id from concord.address where tenant_id = $1 and country = $2 limit $3)'
    into places using for_tenant, for_country, maximum + 1;
  if cardinality(places) > maximum then
    return null;
  end if;
  return array(
    select distinct link.customer_id from concord.customer_address as link
    where link.tenant_id = for_tenant and link.address_id = any (places)
  );
end
$$;

-- As before, but for countries: where few customers are there, these are looked up, and else they are soon met in the order.
-- Left to choose, PostgreSQL took 730 ms for a country that one in a hundred customers has.
create or replace function concord.customers_query(
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
  placed uuid[];
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  if filter ? 'country' then
    placed := concord.customers_in(for_tenant, filter ->> 'country', 2000);
    if placed is not null then
      filter := filter - 'country';
      page_condition := ' and customer.id = any ($6)';
    end if;
  end if;
  if behind is not null then
    perform 1 from concord.customer where tenant_id = for_tenant and id = behind;
    if not found then
      raise exception 'no such customer' using errcode = 'CC004';
    end if;
    page_condition := page_condition || format(
      ' and (customer.%1$I, customer.number) %2$s (select last.%1$I, last.number from concord.customer as last where last.tenant_id = $1 and last.id = $5)',
      key, beyond
    );
  end if;
  return query execute format(
    'with page as (select id, row_number() over (order by customer.%1$I %2$s, customer.number %2$s) as place from concord.customer as customer where %3$s%4$s order by customer.%1$I %2$s, customer.number %2$s limit $3 offset $4) '
    || 'select found.record from page join concord.customer_record as found on found.tenant_id = $1 and found.id = page.id order by page.place',
    key, direction, concord.filter_condition(filter), page_condition
  ) using for_tenant, filter, maximum, skipped, behind, placed;
  -- Gone between the two statements, the customer would make an empty page, which reads like the end of the list.
  if behind is not null and not found then
    perform 1 from concord.customer where tenant_id = for_tenant and id = behind;
    if not found then
      raise exception 'no such customer' using errcode = 'CC004';
    end if;
  end if;
end
$$;

-- A write that makes customers, or moves what they claim: what customer_write does, with the dialect at hand for the column
-- above, and without the claims `released`, each {customer, scope, hash}. Customers are locked first, as everywhere.
create function concord.customer_write_claiming(for_tenant integer, written jsonb, words jsonb, released jsonb)
returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  item jsonb;
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
    perform concord.customer_write(for_tenant, written);
  else
    perform concord.customer_write_with_words(for_tenant, written, words);
  end if;
end
$$;
