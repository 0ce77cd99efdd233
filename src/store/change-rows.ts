/** Conversions between a change of the record and its row. */
import type { Change, HistoryOptions } from '../record/changes.ts';
import type { Customer, TenantId } from '../record/customer.ts';
import { type FieldChange, fullDifference, isMasked, masked } from '../record/difference.ts';
import type { Json } from '../record/json.ts';
import type { DocumentValues, Vault } from './encryption.ts';

export interface ChangeRow {
  readonly transaction: string;
  readonly sequence: number;
  readonly customer_id: string;
  readonly customer_number: number;
  readonly dialect: string;
  readonly actor: string;
  readonly request_id: string;
  readonly at: Date;
  readonly event: string | null;
  readonly fields: string;
  readonly erased: boolean;
  readonly sealed: string | null;
}

export const CHANGE_COLUMNS =
  'transaction::text, sequence, customer_id, customer_number, dialect, actor, request_id, at, event, fields, erased, sealed';

/** What a change row holds: the fields masked, and apart from them, sealed, what the mask hides. */
export interface ChangeContent {
  readonly fields: readonly FieldChange[];
  readonly sealed?: string;
}

/** Another place than the customer's own, so that the one ciphertext does not open in the other's stead. */
export const changePlace = (customerId: string): string => `${customerId}/change`;

export function contentOf(
  customerId: string,
  before: Customer | undefined,
  after: Customer | undefined,
  seal: (place: string, values: DocumentValues) => string,
): ChangeContent {
  const fields = fullDifference(before, after);
  const hidden = fields.filter(({ path }) => isMasked(path));
  if (hidden.length === 0) return { fields };
  const values = Object.fromEntries(
    hidden.map(each => [each.path, JSON.stringify([each.before, each.after])]),
  );
  return { fields: fields.map(masked), sealed: seal(changePlace(customerId), values) };
}

/** With `inFull` what is sealed comes back to its place; a row that has nothing sealed stays masked. */
export function changeFromRow(
  row: ChangeRow,
  tenant: TenantId,
  vault: Vault,
  { inFull = false }: HistoryOptions = {},
): Change {
  const fields = JSON.parse(row.fields) as FieldChange[];
  const hidden =
    inFull && row.sealed !== null ? vault.open(tenant, changePlace(row.customer_id), row.sealed) : undefined;
  return {
    sequence: row.sequence,
    customerId: row.customer_id,
    customerNumber: row.customer_number,
    dialect: row.dialect,
    actor: row.actor,
    requestId: row.request_id,
    at: row.at.toISOString(),
    event: row.event,
    fields: hidden ? fields.map(field => unmasked(field, hidden[field.path])) : fields,
    erased: row.erased,
  };
}

function unmasked(field: FieldChange, hidden: string | undefined): FieldChange {
  if (hidden === undefined) return field;
  const [before, after] = JSON.parse(hidden) as [Json, Json];
  return { ...field, before, after };
}
