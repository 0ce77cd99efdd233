import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConcordError } from '../record/errors.ts';
import { listening } from '../record/listening.ts';
import { openGate } from './gate.ts';

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: ConcordError) => error.code,
  );

const CLOSED = Object.assign(new Error('closed'), { code: 'CONNECTION_CLOSED' });

test('beyond those at work and those in line, callers are told to come back', async () => {
  const gate = openGate({ working: 1, waiting: 1 });
  const first = Promise.withResolvers<void>();
  const answers = [1, 2, 3].map(() => codeOf(gate(() => first.promise)));
  assert.equal(await answers[2], 'too-busy');
  first.resolve();
  assert.deepEqual(await Promise.all(answers), ['done', 'done', 'too-busy']);
});

test('who went away while in line gives the place away, and is not worked for', async () => {
  const gate = openGate({ working: 1, waiting: 1 });
  const first = Promise.withResolvers<void>();
  const worked: string[] = [];
  const enter = (name: string) => codeOf(gate(async () => void worked.push(name)));
  const busy = codeOf(gate(() => first.promise));
  const listener = { destroyed: false };
  const gone = listening(listener, () => enter('gone'));
  assert.equal(await enter('too many'), 'too-busy');
  listener.destroyed = true;
  const next = enter('next');
  assert.equal(await gone, 'request-timeout');
  first.resolve();
  assert.deepEqual([await busy, await next], ['done', 'done']);
  assert.deepEqual(worked, ['next']);
});

test('who went away after the first of several steps is served to the end', async () => {
  const gate = openGate({ working: 1, waiting: 1, lasting: true });
  const listener = { destroyed: false };
  const steps: number[] = [];
  const answer = listening(listener, async () => {
    await gate(async () => void steps.push(1));
    listener.destroyed = true;
    const busy = Promise.withResolvers<void>();
    const other = gate(() => busy.promise);
    const second = gate(async () => void steps.push(2));
    busy.resolve();
    await Promise.all([other, second]);
  });
  assert.equal(await codeOf(answer), 'done');
  assert.deepEqual(steps, [1, 2]);
});

test('when the database does not answer, those in line hear it at once, and one at a time tries again', async () => {
  const gate = openGate({ working: 2, waiting: 10 });
  const lost = Promise.withResolvers<void>();
  const atWork = [1, 2].map(() => codeOf(gate(() => lost.promise)));
  const inLine = [1, 2, 3].map(() => codeOf(gate(async () => {})));
  lost.reject(CLOSED);
  assert.deepEqual(await Promise.all([...atWork, ...inLine]), Array(5).fill('unavailable'));
  const attempt = Promise.withResolvers<void>();
  const trying = codeOf(gate(() => attempt.promise));
  assert.equal(await codeOf(gate(async () => {})), 'unavailable');
  attempt.resolve();
  assert.equal(await trying, 'done');
  assert.equal(await codeOf(gate(async () => {})), 'done');
});

test('what has been at work for too long is told of', async () => {
  const late = Promise.withResolvers<void>();
  const gate = openGate({ working: 1, waiting: 0, late: { afterMs: 300, act: () => late.reject(CLOSED) } });
  assert.equal(await codeOf(gate(() => late.promise)), 'unavailable');
});
