-- What the server's own role may do; run after every migration, and without effect when nothing changed.
grant usage on schema concord to concord_app;
grant select, insert on concord.tenant to concord_app;
grant select, insert, update on concord.counter to concord_app;
grant select, insert, update, delete on concord.customer to concord_app;
grant select, insert, update, delete on concord.address to concord_app;
grant select, insert, update, delete on concord.customer_address to concord_app;
grant select, insert, delete on concord.claim to concord_app;
-- Which key a claim was hashed with is found out later for those from before.
grant update (key_id, beside) on concord.claim to concord_app;
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
-- The one way to put a ciphertext of history under another key.
grant execute on function concord.history_reseal(integer, jsonb) to concord_app;
grant select, insert, update, delete on concord.encryption_key to concord_app;
