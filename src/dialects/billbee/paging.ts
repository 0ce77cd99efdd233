/** Pages of a list: `page` and `pageSize`, never refused (billbee.md §2.2). */
import type { Paging } from './wire.ts';

/** billbee.md §2.2 [docs: swagger-2024]. */
const SIZE_DEFAULT = 50;
const SIZE_MAXIMUM = 250;
/** The largest int32: Page is one. */
const PAGE_MAXIMUM = 2_147_483_647;

const INTEGER = /^[+-]?\d+$/;

export interface Wanted {
  readonly page: number;
  readonly size: number;
}

/** Out of range becomes the nearest in range: an official test asks for 2147483647 rows (§2.2 [inferred: csharp-sdk]). */
export function readPaging(query: string): Wanted {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const key = name.toLowerCase();
    if (!values.has(key)) values.set(key, value);
  }
  return {
    page: readInteger(values.get('page'), 1, PAGE_MAXIMUM),
    size: readInteger(values.get('pagesize'), SIZE_DEFAULT, SIZE_MAXIMUM),
  };
}

const readInteger = (text: string | undefined, otherwise: number, maximum: number): number =>
  text !== undefined && INTEGER.test(text) ? Math.min(Math.max(Number(text), 1), maximum) : otherwise;

/** The rows of the page; behind the last page there are none (§2.2 [convention]). */
export const slice = <Row>({ page, size }: Wanted, rows: readonly Row[]): readonly Row[] =>
  rows.slice((page - 1) * size, page * size);

export const pagingOf = ({ page, size }: Wanted, total: number): Paging => ({
  Page: page,
  TotalPages: Math.ceil(total / size),
  TotalRows: total,
  PageSize: size,
});
