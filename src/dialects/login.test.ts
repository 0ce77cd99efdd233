import assert from 'node:assert/strict';
import { beforeEach, describe, it, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { ConcordError } from '../record/errors.ts';
import type { Caller, Services } from './contract.ts';
import { logIn } from './login.ts';

const CALLER: Caller = { tenant: 1, tenantName: 'harbor', actor: 'ada', credentialId: '1', settings: {} };

/** Credentials with one password for every login. */
const services = {
  credentials: {
    byPassword: async (_dialect: string, _login: string, password: string) =>
      password === 'right' ? CALLER : undefined,
    issueToken: async () => undefined,
  },
  now: () => '2026-01-01T00:00:00.000Z',
} as unknown as Services;

/** The cache of failures reads the clock at most once a millisecond. */
const CLOCK_MILLISECONDS = 5;

describe('login', () => {
  let login = 0;
  beforeEach(() => {
    login += 1;
  });

  /** `in`, or what the caller is told: the code, and when to try again. */
  async function attempt(password: string): Promise<string> {
    try {
      await logIn(services, 'lightening', `login${login}`, password, () => 'token');
      return 'in';
    } catch (error) {
      assert.ok(error instanceof ConcordError);
      return [error.code, error.retryAfterSeconds].join(' ').trim();
    }
  }

  async function fail(times: number): Promise<void> {
    for (let at = 0; at < times; at += 1) assert.equal(await attempt('wrong'), 'unauthenticated');
  }

  function clock(context: TestContext): (seconds: number) => Promise<void> {
    const real = performance.now.bind(performance);
    let passed = 0;
    context.mock.method(performance, 'now', () => real() + passed);
    return async seconds => {
      passed += seconds * 1_000;
      await setTimeout(CLOCK_MILLISECONDS);
    };
  }

  it('closes after ten failures within a minute, for a minute, and says how long that still is', async context => {
    const wait = clock(context);
    await fail(9);
    await wait(50);
    await fail(1);
    assert.equal(await attempt('right'), 'too-many-requests 60');
    await wait(40);
    assert.equal(await attempt('right'), 'too-many-requests 20');
    await wait(20);
    assert.equal(await attempt('right'), 'in');
  });

  it('forgets failures a minute after the first one, however steadily others follow', async context => {
    const wait = clock(context);
    for (let at = 0; at < 30; at += 1) {
      await fail(1);
      await wait(10);
    }
    assert.equal(await attempt('right'), 'in');
  });

  it('forgets failures once the password is right', async () => {
    await fail(9);
    assert.equal(await attempt('right'), 'in');
    await fail(9);
    assert.equal(await attempt('right'), 'in');
  });
});
