-- What the server's own role may do; run after every migration, and without effect when nothing changed.
grant usage on schema concord to concord_app;
grant select, insert on concord.tenant to concord_app;
grant select, insert, update on concord.counter to concord_app;
grant select, insert, update, delete on concord.customer to concord_app;
grant select, insert, update, delete on concord.address to concord_app;
grant select, insert, update, delete on concord.customer_address to concord_app;
grant select, insert, delete on concord.claim to concord_app;
-- History is written once: not even the server may change or remove it.
grant select, insert on concord.change to concord_app;
grant select, insert, update, delete on concord.credential to concord_app;
grant select, insert, update, delete on concord.vendor_object to concord_app;
grant select, insert, update on concord.vendor_object_counter to concord_app;
grant select, insert, update, delete on concord.rate to concord_app;
grant select, insert, update, delete on concord.idempotency to concord_app;
-- Who looked at a number is written once, too.
grant select, insert on concord.reveal to concord_app;
-- An erasure takes the reasons away, because they may name the person.
grant update (reason) on concord.reveal to concord_app;
grant select, insert, delete on concord.search_word to concord_app;
grant update (search_rules) on concord.tenant to concord_app;
grant select on concord.customer_record to concord_app;
grant select on concord.migration to concord_app;
-- The one way to take values out of history.
grant execute on function concord.customer_erase(integer, jsonb) to concord_app;
-- What erasure itself may do, where its function has an owner of its own (000008).
do $erasure$
begin
  if exists (
    select 1 from pg_catalog.pg_proc
    where pronamespace = 'concord'::regnamespace and proname = 'customer_erase'
      and pg_catalog.pg_get_userbyid(proowner) = 'concord_erasure'
  ) then
    grant usage on schema concord to concord_erasure;
    grant select, update, delete on concord.customer, concord.address to concord_erasure;
    grant select, delete on concord.customer_address, concord.claim, concord.vendor_object, concord.idempotency,
      concord.search_word to concord_erasure;
    grant select, insert, update on concord.change to concord_erasure;
    grant select, update on concord.reveal to concord_erasure;
  end if;
end
$erasure$;
