/** Looks at the numbers of identity documents: written down before anything is shown. */
import type { Reveal } from '../record/access.ts';
import type { Customer } from '../record/customer.ts';
import type { IdentityDocument } from '../record/identity-documents.ts';
import type { ApiCall } from './route.ts';

/** Of the customer and of the representatives. */
export const documentsOf = (customer: Customer): readonly IdentityDocument[] => [
  ...customer.identityDocuments,
  ...customer.representatives.flatMap(person => person.identityDocuments),
];

/** `null` stands for all documents of the customer. @throws ConcordError `value-invalid` for a reason that is too long. */
export const recordReveal = (
  { request, caller, services }: ApiCall,
  documentId: string | null,
  reason: string | null | undefined,
): Promise<void> =>
  services.reveals.record({
    tenant: caller.tenant,
    actor: caller.actor,
    credentialId: caller.credentialId,
    customerId: request.params.id!,
    documentId,
    requestId: request.requestId,
    ...(typeof reason === 'string' && { reason }),
  });

export const revealResource = ({ id, at, actor, customerId, documentId, requestId, reason }: Reveal) => ({
  ...{ id, at, actor, customerId, documentId, requestId, reason },
});
