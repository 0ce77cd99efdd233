-- Imports: what is done of each, so that one that was interrupted goes on where it stopped.

create table concord.import (
  tenant_id integer not null references concord.tenant (tenant_id),
  name text not null check (char_length(name) between 1 and 100),
  -- Tells one file from another under the same name.
  source text not null,
  -- Counts who took it up: a process that was thought dead and is not can write nothing more.
  attempt integer not null default 1,
  -- The lines that are done. Batches are committed in any order, so it may have holes; those of a whole file make one range.
  done int8multirange not null default '{}',
  imported bigint not null default 0,
  skipped bigint not null default 0,
  refused bigint not null default 0,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (tenant_id, name)
) with (fillfactor = 10);

alter table concord.import enable row level security;
alter table concord.import force row level security;
create policy own on concord.import
  using (tenant_id = nullif(current_setting('concord.tenant', true), '')::integer);
