/** What addresses must be: each attribute by its schema, and the position as a pair (flecto.md §2.1 [convention]). */
import type { Fault } from '../../record/errors.ts';
import { compile } from '../schema.ts';
import { type Attributes, fault, faultsOf } from './request.ts';
import { AddressAttributes } from './wire.ts';

const check = compile(AddressAttributes);

/** `shown` is the address as it is now, or nothing for a new one. */
export function addressFaults(attributes: Attributes, shown: AddressAttributes): Fault[] {
  const faults = faultsOf(check(attributes), attributes, { ...shown });
  const placed = !faults.some(({ field }) => /\/(latitude|longitude)$/.test(field));
  const position = placed ? positionFault(attributes, shown) : undefined;
  return position ? [...faults, position] : faults;
}

/** A position that changes must be whole: one of the two null and the other not is a 422. */
function positionFault(attributes: Attributes, shown: AddressAttributes): Fault | undefined {
  const { latitude, longitude } = { ...shown, ...attributes };
  const moved = latitude !== shown.latitude || longitude !== shown.longitude;
  if (!moved || (latitude === null) === (longitude === null)) return undefined;
  return fault(latitude === null ? 'latitude' : 'longitude', 'coordinates-are-a-pair');
}
