/** Cuts a stream of bytes into lines, and never holds more of one than its maximum. */

const NEWLINE = 0x0a;
const NOTHING = Buffer.alloc(0);

/** The bytes of a line without its end; `undefined` for one that is too long. */
export type Line = Buffer | undefined;

/** Lists of lines as they arrive, so that a line costs no turn of the event loop. */
export async function* linesOf(
  bytes: AsyncIterable<Buffer>,
  maximum: number,
): AsyncGenerator<readonly Line[]> {
  let parts: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer): void => {
    length += part.length;
    // Of a line that is too long only its length is kept.
    if (length > maximum) parts = [];
    else if (part.length > 0) parts.push(part);
  };
  const take = (): Line => {
    const line =
      length > maximum ? undefined : parts.length < 2 ? (parts[0] ?? NOTHING) : Buffer.concat(parts);
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of bytes) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end));
      lines.push(take());
      start = end + 1;
    }
    add(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield [take()];
}
