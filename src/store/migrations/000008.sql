-- History in parts: `change` becomes partitioned, so that what is old can be archived by taking a whole table away.
--
-- The key is `sequence`, whose numbers are given out in blocks of 10^12: partition n holds n * 10^12 and what follows. A
-- partition begins when the counter is moved on to its block, which happens once a month (change_partition_open). So
-- it is a part by time, and still: no clock decides where a row goes, the primary key and every cursor stay as they are, a row always
-- has a place (where nobody makes partitions, the last one goes on), and the newest of a history are read from the newest
-- partitions alone, because the order of partitions is that of the history.
--
-- The table that was there is partition 0, as it is: nothing is written anew.
alter table concord.change rename to change_0000;
alter index concord.change_pkey rename to change_0000_pkey;
alter index concord.change_customer rename to change_0000_customer;

-- The name of the counter and its number go over to the new table.
select set_config('concord.change_counter', (last_value + is_called::integer)::text, true) from concord.change_sequence_seq;
alter table concord.change_0000 alter column sequence drop identity;

create table concord.change (
  tenant_id integer not null,
  -- Before `sequence`: a row's transaction has its number before the row has one. change_partition_close builds on it.
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
  sealed text,
  erased boolean not null default false,
  constraint change_pkey primary key (tenant_id, transaction, sequence)
) partition by range (sequence);
create index change_customer on concord.change (tenant_id, customer_id, sequence);
select setval('concord.change_sequence_seq', current_setting('concord.change_counter')::bigint, false);
alter table concord.change
  alter column fields set statistics 0,
  alter column sealed set statistics 0;
alter table concord.change enable row level security;
alter table concord.change force row level security;
create policy own on concord.change using (tenant_id = nullif(current_setting('concord.tenant', true), '')::integer);

-- Only through the whole: the server's role has no right to a partition. What was granted on partition 0 goes.
do $revoke$
begin
  if exists (select 1 from pg_roles where rolname = 'concord_app') then
    execute 'revoke all on concord.change_0000 from concord_app';
  end if;
end
$revoke$;

alter table concord.change attach partition concord.change_0000 for values from (minvalue) to (1000000000000);

-- The partitions, also those that were archived. One is made ahead; it is open once numbers of its block are given out.
create table concord.change_partition (
  number integer primary key check (number between 0 and 998),
  opened_at timestamptz,
  closed_at timestamptz,
  -- All of its changes have a smaller transaction: a reader who is here already need not look into it.
  closed_transaction xid8,
  archived_at timestamptz,
  archived_rows bigint,
  first_at timestamptz,
  last_at timestamptz
);

-- What of a tenant's changes was archived: how far back history and feed reach.
create table concord.change_archive (
  tenant_id integer not null,
  partition integer not null,
  rows bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- The last of them in the order of the feed.
  last_transaction xid8 not null,
  last_sequence bigint not null,
  primary key (tenant_id, partition)
);
alter table concord.change_archive enable row level security;
alter table concord.change_archive force row level security;
create policy own on concord.change_archive
  using (tenant_id = nullif(current_setting('concord.tenant', true), '')::integer);

-- Row-level security would hide the rows from an owner. The lock is held anyway, until this migration is done.
alter table concord.change_0000 no force row level security;
insert into concord.change_partition (number, opened_at)
  select 0, coalesce((select min(at) from concord.change_0000), clock_timestamp());
alter table concord.change_0000 force row level security;

-- Makes the next partition, where there is none ahead, and answers its number. At most 240 stand at once: twenty years.
-- It is attached, because `create table … partition of` would lock out readers and writers.
create function concord.change_partition_make() returns integer language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
  made integer;
  name text;
begin
  perform pg_advisory_xact_lock(7266730);
  perform 1 from concord.change_partition where opened_at is null;
  if found or (select count(*) from concord.change_partition where archived_at is null) >= 240 then
    return null;
  end if;
  select max(number) + 1 into made from concord.change_partition;
  name := 'change_' || lpad(made::text, 4, '0');
  execute format('create table concord.%I (like concord.change including defaults)', name);
  execute format(
    'alter table concord.%I alter column fields set statistics 0, alter column sealed set statistics 0', name
  );
  execute format('alter table concord.%I enable row level security', name);
  execute format('alter table concord.%I force row level security', name);
  execute format(
    'create policy own on concord.%I using (tenant_id = nullif(current_setting(''concord.tenant'', true), '''')::integer)',
    name
  );
  execute format(
    'alter table concord.change attach partition concord.%I for values from (%s) to (%s)',
    name, made * 1000000000000, (made + 1) * 1000000000000
  );
  insert into concord.change_partition (number) values (made);
  return made;
end
$$;

-- Opens the partition that was made ahead when a new month has begun since the last was opened, and answers its number. The
-- clock is the database's. When it goes back, nothing happens; when it was a month ahead and is right again, time goes
-- on from there. A partition must be committed before its block is begun: nobody could write into it meanwhile.
create function concord.change_partition_open() returns integer language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
  present timestamptz := clock_timestamp();
  current_opened_at timestamptz;
  ahead integer;
begin
  perform pg_advisory_xact_lock(7266730);
  select opened_at into current_opened_at from concord.change_partition
  where opened_at is not null order by number desc limit 1;
  select number into ahead from concord.change_partition where opened_at is null;
  if ahead is null
    or date_trunc('month', present at time zone 'UTC') = date_trunc('month', current_opened_at at time zone 'UTC')
    or present between current_opened_at - interval '31 days' and current_opened_at
  then
    return null;
  end if;
  -- A counter is moved at once and for good, even if this transaction fails: then it is there already.
  if (select last_value from concord.change_sequence_seq) < ahead * 1000000000000 then
    perform setval('concord.change_sequence_seq', ahead * 1000000000000, false);
  end if;
  update concord.change_partition set opened_at = present where number = ahead;
  return ahead;
end
$$;

-- Writes down that the partitions before the open one get no more than what is under way, and answers how many. In a
-- transaction of its own: it begins after the counter was moved, so whoever has a greater number than it took the sequence from
-- the new block.
create function concord.change_partition_close() returns integer language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
  closed integer;
begin
  perform pg_advisory_xact_lock(7266730);
  update concord.change_partition
  set closed_transaction = pg_current_xact_id(), closed_at = clock_timestamp()
  where closed_transaction is null
    and number < (select max(number) from concord.change_partition where opened_at is not null);
  get diagnostics closed = row_count;
  return closed;
end
$$;

revoke execute on function concord.change_partition_make() from public;
revoke execute on function concord.change_partition_open() from public;
revoke execute on function concord.change_partition_close() from public;
