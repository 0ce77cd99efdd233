/** What the address of the sign-in says: where the person wanted to go. */

export interface SignInSearch {
  /** A path of the console, such as `/customers?query=silva`. */
  readonly to?: string;
}

/** Only paths of the console itself: nobody is led elsewhere by a link to the sign-in. */
export const signInSearch = ({ to }: Record<string, unknown>): SignInSearch =>
  typeof to === 'string' && /^\/(?![/\\])/.test(to) ? { to } : {};
