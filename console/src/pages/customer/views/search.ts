/** What the address of this page says beside its path. */

export interface ViewsSearch {
  /** What is looked for in all bodies. */
  readonly find?: string;
  /** The dialects that are shown, comma-separated; all when absent. */
  readonly only?: string;
}

export const viewsSearch = ({ find, only }: Record<string, unknown>): ViewsSearch => ({
  ...((typeof find === 'string' || typeof find === 'number') && find !== '' && { find: String(find) }),
  ...(typeof only === 'string' && only !== '' && { only }),
});
