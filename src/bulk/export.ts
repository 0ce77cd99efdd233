/** Writes the customers of a tenant as lines: the pieces of a file, as they are read. */
import type { TenantId } from '../record/customer.ts';
import type { Exports } from '../record/imports.ts';
import { FORMAT, type Head, VERSION } from './format.ts';
import { lineOf } from './write-line.ts';

export interface ExportSettings {
  readonly tenant: TenantId;
  readonly tenantName: string;
  readonly documentNumbers: boolean;
  readonly actor: string;
  readonly requestId: string;
  readonly now: string;
  progress(done: number, of: number): void;
}

export async function* exportLines(exports: Exports, settings: ExportSettings): AsyncGenerator<string> {
  const { tenant, tenantName, documentNumbers, actor, requestId, now } = settings;
  const { head, pages } = await exports.read(
    tenant,
    documentNumbers ? { revealed: { actor, requestId } } : {},
  );
  const first: Head = {
    format: FORMAT,
    version: VERSION,
    exportedAt: now,
    tenant: tenantName,
    ...head,
    documentNumbers,
  };
  let done = 0;
  let text = `${JSON.stringify(first)}\n`;
  for await (const customers of pages) {
    for (const customer of customers) text += `${lineOf(customer, { documentNumbers })}\n`;
    yield text;
    text = '';
    done += customers.length;
    settings.progress(done, head.customers);
  }
  if (text !== '') yield text;
}
