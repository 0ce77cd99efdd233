-- Access: rotation and last use of credentials, requests that may be sent again, and the log of reveals.

alter table concord.credential
  add column last_used_at timestamptz,
  -- Set on the one whose secret was rotated: it ends at its expires_at, and with its successor's revocation.
  add column replaced_by uuid;

-- Until now only the command line made credentials, so that these may be verified with keys of the server's own network.
-- Tenant by tenant, because row-level security holds for the owner as well.
do $in_house$
declare
  each integer;
begin
  perform set_config('concord.directory', 'on', true);
  for each in select tenant_id from concord.tenant loop
    perform set_config('concord.tenant', each::text, true);
    update concord.credential set settings = settings || '{"inHouse": true}'
    where tenant_id = each and kind = 'issuer' and settings ? 'jwksUrl';
  end loop;
  perform set_config('concord.directory', '', true), set_config('concord.tenant', '', true);
end
$in_house$;

-- Reader: rotation and revocation, which end what the credential replaced.
create index credential_replaced on concord.credential (tenant_id, replaced_by) where replaced_by is not null;

drop function concord.credential_find(bytea);

-- The credentials that the hash names, newest first: two while a password is being rotated, otherwise one at most. A
-- token counts only while the credential it came from does, and no longer. All belong to one tenant, because
-- credential_claim lets one tenant have the hash.
create function concord.credential_find(named bytea) returns setof text language plpgsql as $$
declare
  found_one concord.credential;
  parent concord.credential;
begin
  perform set_config('concord.credential', encode(named, 'hex'), true), set_config('concord.tenant', '', true);
  for found_one in
    select * from concord.credential
    where lookup = named and revoked_at is null and (expires_at is null or expires_at > now())
    order by replaced_by nulls first, created_at desc
    limit 2
  loop
    perform set_config('concord.tenant', found_one.tenant_id::text, true);
    parent := null;
    if found_one.parent_id is not null then
      select * into parent from concord.credential
      where tenant_id = found_one.tenant_id and id = found_one.parent_id and revoked_at is null
        and (expires_at is null or expires_at > now());
      if parent.id is null then
        continue;
      end if;
    end if;
    return query
      select json_build_object(
        'tenant', tenant.tenant_id, 'tenantName', tenant.name, 'id', found_one.id,
        'root', coalesce(found_one.parent_id, found_one.id), 'name', found_one.name,
        'verifier', found_one.verifier, 'settings', found_one.settings,
        'expiresAt', least(found_one.expires_at, parent.expires_at)
      )::text
      from concord.tenant as tenant where tenant.tenant_id = found_one.tenant_id;
  end loop;
end
$$;

-- Remembers when credentials were used last: an object of tenants, each an object of times by credential. A row that
-- is being changed is left out, because the next use is remembered, too.
create function concord.credential_used(uses jsonb) returns void language plpgsql as $$
declare
  each record;
begin
  for each in select key, value from jsonb_each(uses) loop
    perform set_config('concord.tenant', each.key, true);
    update concord.credential as credential
    set last_used_at = greatest(credential.last_used_at, (each.value ->> credential.id::text)::timestamptz)
    where credential.tenant_id = each.key::integer and credential.id in (
      select used.id from concord.credential as used
      where used.tenant_id = each.key::integer and used.id in (select jsonb_object_keys(each.value)::uuid)
      for no key update skip locked
    );
  end loop;
end
$$;

-- One request that may be sent again, by the SHA-256 of its key. `reserved_id` is the id of what it makes; `answer` is
-- sealed, and null while nobody has answered.
create table concord.idempotency (
  tenant_id integer not null references concord.tenant (tenant_id),
  key bytea not null,
  request_hash text not null,
  reserved_id uuid not null,
  attempt integer not null default 1,
  created_at timestamptz not null default now(),
  started_at timestamptz not null default now(),
  answer text,
  -- Whose data the answer holds, from the beginning on: an erasure removes the row before there is an answer, too.
  customer_id uuid,
  primary key (tenant_id, key)
);
-- Reader: the removal of expired ones whenever a request begins.
create index idempotency_created on concord.idempotency (tenant_id, created_at);
-- Reader: erasure, which removes the answers that hold a customer's data.
create index idempotency_customer on concord.idempotency (tenant_id, customer_id) where customer_id is not null;

-- Each look at the number of an identity document, for as long as the database lives.
create table concord.reveal (
  tenant_id integer not null references concord.tenant (tenant_id),
  -- UUID version 7: in the order of time.
  id uuid not null,
  at timestamptz not null default now(),
  actor text not null,
  credential_id uuid not null,
  customer_id uuid not null,
  -- Null for all of the customer's documents at once.
  document_id text,
  request_id text not null,
  reason text,
  primary key (tenant_id, id)
);
-- Reader: the reveals of one customer, newest first.
create index reveal_customer on concord.reveal (tenant_id, customer_id, id);

do $policies$
declare
  name text;
begin
  foreach name in array array['idempotency', 'reveal'] loop
    execute format('alter table concord.%I enable row level security', name);
    execute format('alter table concord.%I force row level security', name);
    execute format(
      'create policy own on concord.%I using (tenant_id = nullif(current_setting(''concord.tenant'', true), '''')::integer)',
      name
    );
  end loop;
end
$policies$;

-- Begins an attempt at a request: {"state": "new" | "done" | "different" | "running", ...}. `kept` is how long a key
-- stands, `patience` how long an attempt may take before it is taken for dead; "wait" is what is left of it in seconds.
-- The clock is the database's. `about` is the customer of the answer.
create function concord.idempotency_begin(
  for_tenant integer, named bytea, hash text, fresh_id uuid, kept interval, patience interval, removed_at_once integer,
  about uuid
) returns text language plpgsql as $$
declare
  present concord.idempotency;
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  delete from concord.idempotency where tenant_id = for_tenant and key in (
    select key from concord.idempotency
    where tenant_id = for_tenant and created_at < now() - kept and key <> named
    order by created_at limit removed_at_once
    for update skip locked
  );
  insert into concord.idempotency (tenant_id, key, request_hash, reserved_id, customer_id)
  values (for_tenant, named, hash, fresh_id, about)
  on conflict do nothing;
  if found then
    return json_build_object('state', 'new', 'id', fresh_id, 'attempt', 1)::text;
  end if;
  select * into present from concord.idempotency where tenant_id = for_tenant and key = named for update;
  if present.key is null then
    -- Abandoned between the two statements: whoever asks again soon begins anew.
    return json_build_object('state', 'running', 'wait', 1)::text;
  end if;
  if present.created_at < now() - kept then
    update concord.idempotency
    set request_hash = hash, reserved_id = fresh_id, attempt = present.attempt + 1, created_at = now(),
      started_at = clock_timestamp(), answer = null, customer_id = about
    where tenant_id = for_tenant and key = named;
    return json_build_object('state', 'new', 'id', fresh_id, 'attempt', present.attempt + 1)::text;
  end if;
  if present.request_hash <> hash then
    return json_build_object('state', 'different')::text;
  end if;
  if present.answer is not null then
    return json_build_object('state', 'done', 'answer', present.answer)::text;
  end if;
  if present.started_at > clock_timestamp() - patience then
    return json_build_object(
      'state', 'running',
      'wait', greatest(1, ceil(extract(epoch from present.started_at + patience - clock_timestamp())))::integer
    )::text;
  end if;
  -- The same request is about the same customer.
  update concord.idempotency set attempt = present.attempt + 1, started_at = clock_timestamp()
  where tenant_id = for_tenant and key = named;
  return json_build_object('state', 'new', 'id', present.reserved_id, 'attempt', present.attempt + 1)::text;
end
$$;
