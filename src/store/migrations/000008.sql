-- Erasure runs with the rights of its function's owner. Where that is a superuser, row-level security does not hold for it, and
-- nothing but the function's own conditions kept it to the tenant. There the function belongs to a role of its own, for which
-- row-level security holds; what the role may do is in grants.sql. An ordinary owner is held already.
do $owner$
begin
  if not (select rolsuper from pg_catalog.pg_roles where rolname = current_user) then
    return;
  end if;
  -- The role belongs to the whole cluster: another database may be making it now.
  begin
    if not exists (select 1 from pg_catalog.pg_roles where rolname = 'concord_erasure') then
      create role concord_erasure nologin;
    end if;
  exception when duplicate_object or unique_violation then
    null;
  end;
  alter function concord.customer_erase(integer, jsonb) owner to concord_erasure;
end
$owner$;
