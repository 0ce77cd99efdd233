/** The list of dialects, in the order in which they claim paths that two vendors share. */
import { billbee } from './billbee/index.ts';
import { connectfi } from './connectfi/index.ts';
import type { Dialect } from './contract.ts';
import { flecto } from './flecto/index.ts';
import { flexportal } from './flexportal/index.ts';
import { lightening } from './lightening/index.ts';

export const DIALECTS: readonly Dialect[] = [flecto, flexportal, lightening, connectfi, billbee];
