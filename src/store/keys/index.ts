/** The encryption keys of an installation: what is under which of them, and the change from one to another while servers run. */
import { type ConnectionOptions, connect, type Sql, type Target } from '../connection.ts';
import type { Vault } from '../encryption.ts';
import { type RotationOptions, type RotationReport, rotate } from './rotation.ts';
import { type KeyUse, keyUses } from './uses.ts';

export type { RotationOptions, RotationProgress, RotationReport } from './rotation.ts';
export type { KeyUse } from './uses.ts';

export interface Keys {
  /** The key that seals, and those that only open. */
  readonly ids: readonly [string, ...string[]];
  /** What is under which key: a look at every row, some seconds for a million customers. */
  uses(): Promise<KeyUse[]>;
  /** Puts everything under the first key. Can be stopped at any time and begun again; two at once do no harm. */
  rotate(options?: RotationOptions): Promise<RotationReport>;
}

/** Its connection has no limit of time, because a count of all takes as long as it takes. */
export function openKeys(
  target: Target,
  options: Pick<ConnectionOptions, 'role' | 'pooler'>,
  vault: Vault,
): Keys {
  async function connected<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const sql = connect(target, { ...options, connections: 1, application: 'concord keys', unlimited: true });
    try {
      return await work(sql);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
  return {
    ids: vault.keyIds,
    uses: () => connected(sql => keyUses(sql, vault.keyIds[0])),
    rotate: (rotation = {}) => connected(sql => rotate(sql, vault, rotation)),
  };
}
