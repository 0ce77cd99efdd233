/** Tables for people at a terminal. */

/** Columns as wide as their widest cell, two blanks between them; the last one is not filled up. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, lengthOf(cell));
    }
  }
  return rows
    .map(row =>
      row
        .map((cell, column) =>
          column === row.length - 1 ? cell : cell + ' '.repeat(widths[column]! - lengthOf(cell)),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** As people count letters; a terminal shows most of them in one column. */
const lengthOf = (text: string): number => [...text].length;

/** A value of the record in one line. */
export function shortly(value: unknown, maximum = 60): string {
  if (value === null || value === undefined) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const letters = [...text];
  return letters.length > maximum ? `${letters.slice(0, maximum - 1).join('')}…` : text;
}
