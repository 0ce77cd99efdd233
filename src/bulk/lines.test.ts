import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { linesOf } from './lines.ts';

async function cut(pieces: readonly Buffer[], maximum = 100): Promise<(string | undefined)[]> {
  const lines: (string | undefined)[] = [];
  const bytes = async function* () {
    yield* pieces;
  };
  for await (const some of linesOf(bytes(), maximum)) lines.push(...some.map(line => line?.toString()));
  return lines;
}

/** The text in pieces that end at these places, whatever characters they cut through. */
const inPieces = (text: string, places: readonly number[]): Buffer[] => {
  const bytes = Buffer.from(text);
  const ends = [...new Set(places.map(place => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
};

describe('lines', () => {
  it('are the same however the stream is cut', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('', 'a', 'Müller', '{"x":1}', '漢字')),
        fc.boolean(),
        fc.array(fc.nat()),
        async (lines, ends, places) => {
          const text = lines.join('\n') + (ends && lines.length > 0 ? '\n' : '');
          const wanted = text === '' ? [] : text.replace(/\n$/, '').split('\n');
          assert.deepEqual(await cut(inPieces(text, places)), wanted);
        },
      ),
    ));

  it('that are too long are told, and those behind them are read', async () => {
    const long = 'x'.repeat(1_000);
    assert.deepEqual(await cut(inPieces(`a\n${long}\nb\n${long}`, [3, 50, 700, 1_003])), [
      'a',
      undefined,
      'b',
      undefined,
    ]);
    assert.deepEqual(await cut([Buffer.from('12345\n123456\n')], 5), ['12345', undefined]);
  });
});
