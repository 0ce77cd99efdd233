/** Pages of a list: `page` and `pageSize`, never refused (billbee.md §2.2). */
import { Type } from '../schema.ts';
import type { Paging } from './wire.ts';

/** billbee.md §2.2 [docs: swagger-2024]. */
const SIZE_DEFAULT = 50;
export const SIZE_MAXIMUM = 250;
/** The largest int32: Page is one. */
const PAGE_MAXIMUM = 2_147_483_647;

/** The parameters of every list (§2.2 [docs: swagger-2024]). */
export const PAGING = {
  page: Type.Integer({ default: 1, description: 'The page, from 1; what is below counts as 1.' }),
  pageSize: Type.Integer({
    default: SIZE_DEFAULT,
    description: `Rows on the page, 1 to ${SIZE_MAXIMUM}; what is beyond counts as the nearest of them.`,
  }),
};

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

/** The rows before the page; behind the last page there are none (§2.2 [convention]). */
export const offsetOf = ({ page, size }: Wanted): number => (page - 1) * size;

export const pagingOf = ({ page, size }: Wanted, total: number): Paging => ({
  Page: page,
  TotalPages: Math.ceil(total / size),
  TotalRows: total,
  PageSize: size,
});
