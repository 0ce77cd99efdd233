/** Rotation: a credential with another secret beside the old one, which ends after an overlap. */
import { type CredentialAdministration, OVERLAP_MAXIMUM_SECONDS } from '../record/access.ts';
import { ConcordError } from '../record/errors.ts';
import { isUuid, newId } from '../record/identifier.ts';
import { lookupOf } from './credential-rows.ts';
import type { Lanes } from './customers.ts';
import { inTenant } from './in-tenant.ts';
import { hashPassword } from './passwords.ts';

interface OldRow {
  readonly kind: 'key' | 'password' | 'issuer';
  readonly dialect: string;
  readonly replaced_by: string | null;
}

export const openRotation = (
  lanes: Lanes,
  forget: () => void,
  randomSecret: () => string,
): Pick<CredentialAdministration, 'rotate'> => ({
  async rotate(tenant, id, { overlapSeconds, secret = randomSecret(), settings = {} }) {
    expectOverlap(overlapSeconds);
    if (secret === '') throw new ConcordError('value-invalid', { message: 'A credential cannot be empty.' });
    if (!isUuid(id)) throw gone();
    // Before the row is locked: it takes some 25 ms, and a key has no use for it.
    const verifier = await hashPassword(secret);
    const next = newId();
    const previousExpiresAt = await inTenant(lanes, tenant, async sql => {
      const [old] = await sql<OldRow[]>`
        select kind, dialect, replaced_by from concord.credential
        where tenant_id = ${tenant} and id = ${id} and kind <> 'token' and revoked_at is null
          and (expires_at is null or expires_at > now())
        for update`;
      if (!old) throw gone();
      expectRotatable(old);
      const lookup = old.kind === 'key' ? lookupOf('secret', old.dialect, secret).toString('hex') : undefined;
      if (lookup !== undefined) await sql`select concord.credential_claim(decode(${lookup}, 'hex'))`;
      await sql`
        insert into concord.credential
          (tenant_id, id, kind, dialect, name, lookup, verifier, settings, expires_at)
        select tenant_id, ${next}::uuid, kind, dialect, name, coalesce(decode(${lookup ?? null}, 'hex'), lookup),
          ${old.kind === 'password' ? verifier : null}, settings || ${JSON.stringify(settings)}::jsonb, expires_at
        from concord.credential where tenant_id = ${tenant} and id = ${id}`;
      // What this one replaced ends now: a login is never opened by more than two passwords.
      await sql`
        update concord.credential set expires_at = now()
        where tenant_id = ${tenant} and replaced_by = ${id} and revoked_at is null
          and (expires_at is null or expires_at > now())`;
      const [ended] = await sql<{ expires_at: Date }[]>`
        update concord.credential
        set replaced_by = ${next}, expires_at = least(expires_at, now() + ${overlapSeconds} * interval '1 second')
        where tenant_id = ${tenant} and id = ${id} returning expires_at`;
      return ended!.expires_at.toISOString();
    });
    forget();
    return { id: next, secret, previousExpiresAt };
  },
});

function expectOverlap(seconds: number): void {
  if (Number.isSafeInteger(seconds) && seconds >= 0 && seconds <= OVERLAP_MAXIMUM_SECONDS) return;
  throw new ConcordError('value-invalid', {
    message: `The overlap is a whole number of seconds from 0 to ${OVERLAP_MAXIMUM_SECONDS}.`,
  });
}

function expectRotatable({ kind, replaced_by: successor }: OldRow): void {
  if (kind === 'issuer') {
    throw new ConcordError('state-conflict', {
      message: 'This credential has no secret: its tokens come from an issuer, whose keys are rotated there.',
    });
  }
  if (successor !== null) {
    throw new ConcordError('state-conflict', {
      message: `This credential was replaced already. Rotate the one that replaced it: ${successor}.`,
    });
  }
}

const gone = (): ConcordError =>
  new ConcordError('object-not-found', { message: 'There is no such credential, or it has ended.' });
