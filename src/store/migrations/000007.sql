-- A reason for a look at a document may name somebody; see the end of 000003.
alter table concord.reveal alter column reason set statistics 0;
alter table concord.idempotency alter column answer set statistics 0;
