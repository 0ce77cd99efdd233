/** A cost centre of a customer: made by the tenant's administration, and only read here (lightening.md §6.4). */
import type { Customer } from '../../record/customer.ts';
import { wholeName } from '../../record/names.ts';
import type { ObjectPlace, StoredObject } from '../../record/objects.ts';
import { TEXT_MAXIMUM } from '../../record/text.ts';
import { NUMBER_MAXIMUM } from '../path.ts';
import { Line, Type } from '../schema.ts';
import { isActive, textIn } from './object-body.ts';
import { type CostCenterEntity, DIALECT, flag } from './wire.ts';

/** Where cost centres are kept; the number of one is its id. */
export const COST_CENTERS: ObjectPlace = { dialect: DIALECT, kind: 'cost_center' };

/** What an administrator says of a cost centre; `customer` is the id by which this vendor knows the customer. */
export const CostCenterBody = Type.Object(
  {
    name: Line(TEXT_MAXIMUM, { minLength: 1 }),
    is_active: Type.Optional(Type.Boolean()),
    customer: Type.Integer({ minimum: 1, maximum: NUMBER_MAXIMUM }),
    code1: Type.Optional(Line(TEXT_MAXIMUM)),
    code2: Type.Optional(Line(TEXT_MAXIMUM)),
    pp_id: Type.Optional(Line(TEXT_MAXIMUM)),
  },
  { additionalProperties: false },
);

/** The number of the customer that it belongs to. */
export const customerNumberOf = ({ body }: StoredObject): number | undefined =>
  typeof body.customer === 'number' ? body.customer : undefined;

/** The object as it reads, key by key as on the page [docs: cost_center]; every scalar is a text there, flags too. */
export const readCostCenter = ({ number, body }: StoredObject, customer: Customer): CostCenterEntity => ({
  name: textIn(body, 'name'),
  is_active: flag(isActive(body)),
  customer_id: String(customer.number),
  id: String(number),
  code1: textIn(body, 'code1'),
  code2: textIn(body, 'code2'),
  pp_id: textIn(body, 'pp_id'),
  account: customer.accountNumber ?? '',
  customer_name: wholeName(customer),
});
