/** The results as a picture for the README: of each API the ratio to the limit, and the line that was to be reached. */
import { methodOf, type Results, type Row } from './results.ts';

const TARGET = 0.5;

/** A width that GitHub shows without shrinking. */
const WIDTH = 840;
const LEFT = 112;
const RIGHT = 24;
const TOP = 92;
const BAR = 15;
const GAP_WITHIN = 3;
const GAP_BETWEEN = 16;
const PANEL_GAP = 54;
/** Room for what stands behind a bar. */
const LABEL = 110;

/** Readable on white and on black; text follows the reader's preference. */
const STYLE = `
  svg { font-family: system-ui, -apple-system, 'Segoe UI', sans-serif; font-size: 14px; }
  text { fill: #1f2328; } .quiet { fill: #59636e; } .grid { stroke: #d1d9e0; } .target { stroke: #1f2328; }
  .paper { fill: #ffffff; } .read { fill: #3f7ac4; } .write { fill: #c9772b; }
  /* A label that the line passes behind stays readable. */
  .label { paint-order: stroke; stroke: #ffffff; stroke-width: 5px; } .inside { fill: #ffffff; }
  .title { font-size: 18px; font-weight: 600; } .panel { font-weight: 600; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; } .quiet { fill: #9198a1; } .grid { stroke: #3d444d; } .target { stroke: #f0f6fc; }
    .paper { fill: #0d1117; } .label { stroke: #0d1117; } .inside { fill: #0d1117; } .read { fill: #5b9bec; } .write { fill: #e0913f; }
  }`;

interface Panel {
  readonly title: string;
  /** By API, in order; of each a bar for each kind. */
  readonly groups: readonly (readonly [api: string, rows: readonly Row[]])[];
}

/** The largest database that was measured, one panel for each number of processes. */
export function panelsOf({ rows }: Results): Panel[] {
  const customers = Math.max(...rows.map(row => row.customers));
  const largest = rows.filter(row => row.customers === customers);
  const byProcesses = Map.groupBy(largest, row => row.processes);
  return [...byProcesses].map(([processes, of]) => ({
    title: processes === 1 ? 'One process each' : `${processes} processes each`,
    groups: [...Map.groupBy(of, row => row.api)],
  }));
}

export function plotOf(results: Results): string {
  const panels = panelsOf(results);
  const largest = Math.max(
    1,
    ...panels.flatMap(({ groups }) => groups.flatMap(([, rows]) => rows.map(r => r.ratio))),
  );
  const end = Math.ceil(largest * 10) / 10;
  const x = (ratio: number) => LEFT + (ratio / end) * (WIDTH - LEFT - RIGHT);
  const parts: string[] = [];
  let y = TOP;
  for (const panel of panels) {
    parts.push(text(LEFT, y, panel.title, 'panel'));
    const top = y + 14;
    const bars: string[] = [];
    const labels: string[] = [];
    y = top + GAP_BETWEEN / 2;
    for (const [api, rows] of panel.groups) {
      const height = rows.length * (BAR + GAP_WITHIN) - GAP_WITHIN;
      bars.push(text(LEFT - 10, y + height / 2 + 5, api, '', 'end'));
      for (const row of rows) {
        bars.push(barOf(row, x, y));
        labels.push(labelOf(row, x, y));
        y += BAR + GAP_WITHIN;
      }
      y += GAP_BETWEEN - GAP_WITHIN;
    }
    const bottom = y - GAP_BETWEEN / 2;
    for (let tick = 0; tick <= end + 0.001; tick += 0.25) {
      parts.push(`<path class="grid" d="M${round(x(tick))} ${top}V${bottom}"/>`);
      parts.push(text(x(tick), bottom + 20, String(tick), 'quiet', 'middle'));
    }
    parts.push(...bars);
    parts.push(
      `<path class="target" stroke-width="2" stroke-dasharray="5 4" d="M${round(x(TARGET))} ${top - 4}V${bottom + 4}"/>`,
    );
    parts.push(...labels);
    y = bottom + PANEL_GAP;
  }
  const height = y - PANEL_GAP + 34;
  const customers = Math.max(...results.rows.map(row => row.customers)).toLocaleString('en');
  const title = 'Requests per second, as a part of what a bare server can do';
  const subtitle = `${customers} customers, ${results.connections} connections, ${results.machine.cores} cores, ${results.at.slice(0, 10)}. Dashed: what was to be reached, ${TARGET}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(`${title}. ${subtitle}`)}">
<style>${STYLE}
</style>
<rect class="paper" width="${WIDTH}" height="${height}" rx="6"/>
${text(24, 34, title, 'title')}
${text(24, 58, subtitle, 'quiet')}
${legend(WIDTH - RIGHT - 128, TOP)}
${parts.join('\n')}
</svg>
`;
}

const barOf = ({ kind, ratio }: Row, x: (ratio: number) => number, y: number): string =>
  `<rect class="${kind}" x="${LEFT}" y="${y}" width="${round(x(ratio) - LEFT)}" height="${BAR}" rx="2"/>`;

function labelOf({ ratio, concord }: Row, x: (ratio: number) => number, y: number): string {
  const label = `${ratio}   ${concord.requestsPerSecond.toLocaleString('en')}/s`;
  // Where the bar nearly fills the row the label goes into it.
  return x(ratio) > WIDTH - RIGHT - LABEL
    ? text(x(ratio) - 6, y + BAR - 3, label, 'inside', 'end', 13)
    : text(x(ratio) + 6, y + BAR - 3, label, 'label', 'start', 13);
}

const legend = (x: number, y: number): string =>
  (['read', 'write'] as const)
    .map((kind, at) => {
      const left = x + at * 68;
      return `<rect class="${kind}" x="${left}" y="${y - 11}" width="12" height="12" rx="2"/>${text(left + 18, y, methodOf(kind))}`;
    })
    .join('');

const round = (value: number): number => Math.round(value * 10) / 10;
const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function text(x: number, y: number, value: string, name = '', anchor = 'start', size?: number): string {
  const style = `${name && ` class="${name}"`}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}${size ? ` font-size="${size}"` : ''}`;
  return `<text x="${round(x)}" y="${round(y)}"${style} xml:space="preserve">${escaped(value)}</text>`;
}
