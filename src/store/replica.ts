/** One read replica: let in when it is what it should be, left out while it is away or too far behind. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectionOptions, connect, type Queries, type Sql, type Target } from './connection.ts';
import { codeOf, isUnreachable } from './database-errors.ts';
import type { Gate } from './gate.ts';
import type { Log } from './log.ts';
import { APPLICATION_ROLE } from './migrate.ts';
import { type AskPosition, bytesOf, type Position } from './position.ts';

/** Why a read did not come from this replica; the primary is asked then. */
export class NotFromHere extends Error {
  override readonly name = 'NotFromHere';
}

export interface ReplicaStatus {
  /** Host and port, without login and password. */
  readonly name: string;
  readonly ready: boolean;
  /** Age of the newest state of the primary that it has; `undefined` while it does not answer. */
  readonly lagSeconds: number | undefined;
}

export interface Replica {
  readonly ready: () => boolean;
  /** @throws NotFromHere, or what the driver throws; either way somebody else can be asked. */
  read<T>(position: Position, work: (sql: Queries) => Promise<T>): Promise<T>;
  /** One look at how it is; the first one decides whether reads go there at all. */
  look(): Promise<void>;
  status(): ReplicaStatus;
  close(): Promise<void>;
}

export interface ReplicaOptions {
  readonly target: Target;
  readonly connections: number;
  readonly options: Pick<ConnectionOptions, 'pooler'>;
  readonly gate: Gate;
  readonly primary: { readonly sql: Sql; readonly position: AskPosition };
  readonly log: Log;
}

/**
 * A replica on the same network replays a commit within some 2 ms. One that needs longer than this is loaded or
 * disturbed, and the primary answers sooner than it would.
 */
const PATIENCE_MS = 40;
const PAUSES_MS = [2, 4, 8];

/** The slowest statement of the lists is some 30 ms; a hundredfold means that nobody is there any more. */
const ANSWER_MAXIMUM_MS = 3_000;

/** Between two looks, and so the longest that a replica which is well again goes unused. */
export const LOOK_MS = 1_000;

/** Looks that the lag is told from: with one a second, an hour. */
const SAMPLES_MAXIMUM = 3_600;

const END_TIMEOUT_SECONDS = 1;

interface Connection {
  readonly sql: Sql;
  readonly timeline: string;
}

interface Facts {
  readonly standby: boolean;
  readonly system: string;
  readonly database: string;
  readonly unbound: boolean;
  readonly timeline: string;
}

/**
 * The timeline of a replica is told by its control file, which follows with its next restart point: a replica
 * that has just changed over to a new primary is used some minutes later than it could be, and never too soon.
 */
const FACTS = `
  select pg_is_in_recovery() as standby,
    (select system_identifier::text from pg_control_system()) as system,
    (select oid::text from pg_database where datname = current_database()) as database,
    (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as unbound,
    lpad(upper(to_hex(greatest(
      (select timeline_id from pg_control_checkpoint()),
      (select min_recovery_end_timeline from pg_control_recovery())
    ))), 8, '0') as timeline`;

export function openReplica({ target, connections, options, gate, primary, log }: ReplicaOptions): Replica {
  const name = nameOf(target);
  let connection: Connection | undefined;
  let ready = false;
  let closed = false;
  let said = '';
  let samples: { readonly at: number; readonly bytes: bigint }[] = [];
  let currentAt: number | undefined;

  /** In the log once, not with every look. */
  function say(level: 'info' | 'warn', event: string, reason = ''): void {
    if (said === `${event} ${reason}`) return;
    said = `${event} ${reason}`;
    log(level, event, { replica: name, ...(reason !== '' && { reason }) });
  }

  async function admit(position: Position): Promise<Connection> {
    const login = connect(target, {
      ...options,
      connections: 1,
      application: 'concord replica',
    });
    let unbound: boolean;
    try {
      unbound = (await factsOf(login)).unbound;
    } finally {
      await login.end({ timeout: END_TIMEOUT_SECONDS });
    }
    const role = unbound ? { role: APPLICATION_ROLE } : {};
    const sql = connect(target, { ...options, ...role, connections, application: 'concord replica' });
    try {
      const [own, other] = await Promise.all([factsOf(primary.sql), factsOf(sql)]);
      const reason = unfit(own, other, position);
      if (reason) throw new NotFromHere(reason);
      return { sql, timeline: position.timeline };
    } catch (error) {
      await sql.end({ timeout: END_TIMEOUT_SECONDS });
      throw error;
    }
  }

  /** Waits a little for what is on its way. Each statement sees what is replayed when it begins. */
  async function caughtUp(sql: Queries, bytes: bigint): Promise<boolean> {
    const deadline = performance.now() + PATIENCE_MS;
    for (let round = 0; ; round++) {
      const [row] = await sql<{ standby: boolean; replayed: string | null }[]>`
        select pg_is_in_recovery() as standby, pg_last_wal_replay_lsn()::text as replayed`;
      if (!row?.standby || row.replayed === null) return false;
      const replayed = bytesOf(row.replayed);
      notice(replayed);
      if (replayed >= bytes) return true;
      if (performance.now() > deadline) return false;
      await sleep(PAUSES_MS[Math.min(round, PAUSES_MS.length - 1)]);
    }
  }

  /** What is replayed tells how old the newest state is that it has, by the clock of this process alone. */
  function notice(replayed: bigint): void {
    const behind = samples.findIndex(sample => sample.bytes > replayed);
    const known = behind === -1 ? samples : samples.slice(0, behind);
    if (known.length === 0) return;
    currentAt = known.at(-1)!.at;
    samples = samples.slice(known.length);
  }

  /** The connections go as well: one that nobody answers would be waited on until the network gives up. */
  function leaveOut(reason: string): void {
    ready = false;
    currentAt = undefined;
    samples = [];
    const left = connection;
    connection = undefined;
    if (!closed) say('warn', 'replica.away', reason);
    void left?.sql.end({ timeout: 0 }).catch(() => {});
  }

  async function look(): Promise<void> {
    const position = await primary.position().catch(() => undefined);
    // Without the primary nothing can be said of a replica, and no read goes to one.
    if (!position || closed) return;
    samples = [...samples, { at: performance.now(), bytes: position.bytes }].slice(-SAMPLES_MAXIMUM);
    try {
      if (connection && connection.timeline !== position.timeline) leaveOut('the primary has changed');
      connection ??= await admit(position);
      ready = await within(caughtUp(connection.sql, position.bytes));
      if (ready) say('info', 'replica.ready');
      else say('warn', 'replica.behind');
    } catch (error) {
      leaveOut(error instanceof NotFromHere ? error.message : codeOf(error) || 'no answer');
    }
  }

  return {
    ready: () => ready,
    look,

    read: (position, work) =>
      gate(async () => {
        const at = connection;
        if (!ready || !at || at.timeline !== position.timeline) throw new NotFromHere('not ready');
        try {
          const answer = await within(
            at.sql.begin('read only', async sql => {
              if (!(await caughtUp(sql, position.bytes))) {
                ready = false;
                throw new NotFromHere('behind');
              }
              return { value: await work(sql) };
            }),
          );
          return (answer as { value: Awaited<ReturnType<typeof work>> }).value;
        } catch (error) {
          if (connection === at && (isUnreachable(error) || error instanceof Late)) {
            leaveOut(codeOf(error) || 'no answer');
          }
          throw error;
        }
      }),

    status: () => ({
      name,
      ready,
      lagSeconds: currentAt === undefined ? undefined : ready ? 0 : (performance.now() - currentAt) / 1_000,
    }),

    async close() {
      closed = true;
      const left = connection;
      leaveOut('closed');
      await left?.sql.end({ timeout: 0 }).catch(() => {});
    },
  };
}

class Late extends Error {
  override readonly name = 'Late';
}

async function within<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Late()), ANSWER_MAXIMUM_MS);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

async function factsOf(sql: Sql): Promise<Facts> {
  const [facts] = await sql.unsafe<Facts[]>(FACTS);
  return facts!;
}

/** Why reads must not go there, or `undefined`. */
function unfit(primary: Facts, replica: Facts, { timeline }: Position): string | undefined {
  if (replica.system !== primary.system || replica.database !== primary.database)
    return 'it is no replica of this database';
  if (!replica.standby) return 'it is a primary';
  if (replica.unbound) return 'its login may bypass row-level security';
  if (replica.timeline !== timeline) return 'it follows another primary';
  return undefined;
}

/** Without user, password and parameters. */
function nameOf(target: Target): string {
  if (!('url' in target)) return target.path;
  if (!URL.canParse(target.url)) return 'several hosts';
  const { hostname, port } = new URL(target.url);
  return `${decodeURIComponent(hostname)}${port === '' ? '' : `:${port}`}`;
}
