/** What a customer has ordered and rents, as far as the customer's own record needs it: which, in what state, for how much. */

/** An order that names the customer. FlexPortal `orderIds`. */
export interface OrderReference {
  /** The ordering system's own id, such as `ord_abc123`. */
  readonly id: string;
  readonly status: 'pending' | 'confirmed' | 'partial' | 'fulfilled' | 'cancelled';
}

/** A device that the customer rents. FlexPortal `rentalIds`: "rental" and "subscription" are one thing there. */
export interface Subscription {
  /** The renting system's own id, such as `sub_abc123`. */
  readonly id: string;
  readonly status: 'active' | 'ended';
  /** What it brings in each month, a decimal text in the tenant's one currency, such as `29.90`. */
  readonly monthlyAmount: string;
}

export interface Trade {
  readonly orders: readonly OrderReference[];
  readonly subscriptions: readonly Subscription[];
}

/** References that one customer may have: history is kept where it was made, not here. */
export const REFERENCES_MAXIMUM = 1_000;

export const activeSubscriptions = (trade: Trade): readonly Subscription[] =>
  trade.subscriptions.filter(subscription => subscription.status === 'active');

export const hasPendingOrder = (trade: Trade): boolean =>
  trade.orders.some(order => order.status === 'pending');

/** In the tenant's currency, with cents: summed in cents, because 0.1 + 0.2 is not 0.3. */
export const monthlyRevenue = (trade: Trade): number =>
  activeSubscriptions(trade).reduce(
    (cents, { monthlyAmount }) => cents + Math.round(Number(monthlyAmount) * 100),
    0,
  ) / 100;

/** The list with this item in the place of the one with its id, or at the end. */
export const withReference = <Item extends { readonly id: string }>(
  items: readonly Item[],
  item: Item,
): readonly Item[] =>
  items.some(each => each.id === item.id)
    ? items.map(each => (each.id === item.id ? item : each))
    : [...items, item];
