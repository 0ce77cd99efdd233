-- Every server hears at once that a credential ended or changed, and forgets what it remembers of credentials. The
-- message says nothing of whose it is. What was used last is no news, and neither is one more credential.
create function concord.credential_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('concord_credentials', '');
  return null;
end
$$;

create trigger credential_changed after update on concord.credential for each row
when (
  (old.lookup, old.verifier, old.settings, old.name, old.dialect, old.kind, old.parent_id, old.revoked_at, old.expires_at)
  is distinct from
  (new.lookup, new.verifier, new.settings, new.name, new.dialect, new.kind, new.parent_id, new.revoked_at, new.expires_at)
)
execute function concord.credential_changed();

-- Expired tokens are removed at each login: nobody is let in by them any more.
create trigger credential_deleted after delete on concord.credential for each row
when (old.revoked_at is null and (old.expires_at is null or old.expires_at > now()))
execute function concord.credential_changed();

create trigger credential_truncated after truncate on concord.credential for each statement
execute function concord.credential_changed();
