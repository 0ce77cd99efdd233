/** Child processes of the benchmark: each is started with an order, says once that it is ready, and ends with its parent. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Child<Message> {
  readonly process: ChildProcess;
  /** What it said when it was ready. */
  readonly said: Message;
  stop(): Promise<void>;
}

/** Those that have not ended. */
const running = new Set<ChildProcess>();

/** When the benchmark is interrupted: whoever waits for one of them fails, and tidies up. */
export function endChildren(): void {
  for (const child of running) if (child.connected) child.disconnect();
}

export async function startChild<Message>(file: string, order: object = {}): Promise<Child<Message>> {
  const child = fork(join(import.meta.dirname, file), [JSON.stringify(order)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A Ctrl-C at the terminal reaches the benchmark alone, which decides the order.
    detached: true,
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let errors = '';
  child.stderr!.on('data', chunk => {
    errors = `${errors}${chunk}`.slice(-2_000);
  });
  const said = await Promise.race([
    once(child, 'message').then(([message]) => message as Message),
    once(child, 'exit').then(() => undefined),
  ]);
  if (said === undefined) throw new Error(`${file} did not start: ${errors}`);
  return { process: child, said, stop: () => stopChild(child) };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  if (child.connected) child.disconnect();
  else child.kill();
  await ended;
}

/** One question, one answer. */
export async function ask<Answer>({ process: child }: Child<unknown>, question: object): Promise<Answer> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const answered = once(child, 'message', { signal });
  const ended = once(child, 'exit', { signal }).then(() => [{ error: 'the process ended' }]);
  child.send(question);
  try {
    const [answer] = (await Promise.race([answered, ended])) as [Answer & { error?: string }];
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  } finally {
    ended.catch(() => {});
    waiting.abort();
  }
}
