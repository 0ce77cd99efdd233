/**
 * `node bench/profile.ts FILE…`: what `npm run bench -- --profile DIRECTORY` wrote, as tables: where a process spent its
 * time, by area and by function. Time of a function is its own, without what it called.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** What V8 writes (`--cpu-prof`). */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

export interface Share {
  readonly name: string;
  readonly milliseconds: number;
  /** Of the time at work, in per cent. */
  readonly percent: number;
}

export interface Summary {
  readonly busyMilliseconds: number;
  readonly idleMilliseconds: number;
  readonly areas: readonly Share[];
  readonly functions: readonly Share[];
}

const FUNCTIONS = 40;
/** Areas with less are many, and nothing is to be gained there. */
const AREA_MINIMUM_PERCENT = 0.5;
const IDLE = '(idle)';

/** Built into V8, so that no file is theirs. */
const JSON_FUNCTIONS = new Set(['parse', 'stringify']);

type Frame = CpuProfile['nodes'][number]['callFrame'];

/** Node's own code, a package, a folder of ours, or what V8 does itself. */
export function areaOf({ functionName, url }: Frame): string {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(program)') return 'native code';
  const dependency = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (dependency !== undefined) return `package ${dependency}`;
  const own = /\/src\/([^/]+)\/(?:([^/]+)\/)?/.exec(url);
  // The dialects are told apart, other folders are not.
  if (own) return `src/${own[1]}${own[1] === 'dialects' && own[2] ? `/${own[2]}` : ''}`;
  if (url.startsWith('node:'))
    return `node:${
      url
        .slice('node:'.length)
        .replace(/^internal\//, '')
        .split('/')[0]
    }`;
  if (url === '') return JSON_FUNCTIONS.has(functionName) ? 'JSON' : 'native code';
  return 'other';
}

const placeOf = ({ functionName, url, lineNumber }: Frame): string => {
  const file = url.replace(/^.*\/(node_modules|src)\//, (_, folder) => (folder === 'src' ? 'src/' : ''));
  return `${functionName || '(anonymous)'}${file && `  ${file}:${lineNumber + 1}`}`;
};

export function summaryOf(profile: CpuProfile): Summary {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const areas = new Map<string, number>();
  const functions = new Map<string, number>();
  let [busy, idle] = [0, 0];
  const add = (to: Map<string, number>, name: string, time: number) =>
    to.set(name, (to.get(name) ?? 0) + time);
  profile.samples.forEach((id, at) => {
    const frame = frames.get(id);
    const time = profile.timeDeltas[at] ?? 0;
    if (frame === undefined || frame.functionName === IDLE) {
      idle += time;
      return;
    }
    busy += time;
    add(areas, areaOf(frame), time);
    add(functions, placeOf(frame), time);
  });
  const shares = (of: Map<string, number>): Share[] =>
    [...of]
      .map(([name, time]) => ({
        name,
        milliseconds: Math.round(time / 1_000),
        percent: Math.round((time / Math.max(1, busy)) * 1_000) / 10,
      }))
      .sort((one, other) => other.percent - one.percent || other.milliseconds - one.milliseconds);
  return {
    busyMilliseconds: Math.round(busy / 1_000),
    idleMilliseconds: Math.round(idle / 1_000),
    areas: shares(areas).filter(({ percent }) => percent >= AREA_MINIMUM_PERCENT),
    functions: shares(functions).slice(0, FUNCTIONS),
  };
}

const lines = (shares: readonly Share[]): string =>
  shares
    .map(
      ({ name, milliseconds, percent }) =>
        `${percent.toFixed(1).padStart(6)} % ${String(milliseconds).padStart(8)} ms  ${name}`,
    )
    .join('\n');

if (import.meta.main) {
  const files = process.argv.slice(2);
  if (files.length === 0) {
    console.error('node bench/profile.ts FILE…  (files that end in .cpuprofile)');
    process.exit(2);
  }
  for (const file of files) {
    const summary = summaryOf(JSON.parse(readFileSync(file, 'utf8')) as CpuProfile);
    console.log(
      `${basename(file)}: ${summary.busyMilliseconds} ms at work, ${summary.idleMilliseconds} ms idle`,
    );
    console.log(`\nBy area\n${lines(summary.areas)}\n\nBy function\n${lines(summary.functions)}\n`);
  }
}
