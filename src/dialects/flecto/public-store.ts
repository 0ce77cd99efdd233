/** Flecto's public stores: a tenant has one when a credential says so (flecto.md §1: `Store - …` takes no token). */

/** By what the credential of a store is found. No token has it: what a token names has a space in it, always. */
export const storeLookup = (storeId: string): string => `store:${storeId}`;
