/** `node test/proof/page.ts`: writes `docs/proof.md`, of what is claimed and what its commands last answered. */
import { writeFileSync } from 'node:fs';
import { CHAPTERS, type Chapter, commandOf, type Evidence, keyOf } from './claims.ts';
import { type Outcome, type Outcomes, PAGE, readFullBench, readOutcomes, type Where } from './record.ts';

/** More are in docs/proof.json. */
const NUMBERS = 8;

const INTRODUCTION = `# Proof

What Concord claims of speed, scale, faults and isolation, the commands that show it, and what they answered last. Made by
\`node test/proof/page.ts\` of \`test/proof/claims.ts\`, \`docs/proof.json\` and \`bench/results/\`; a test holds it to them.

\`\`\`
npm test                    # the quick ones are part of it
npm run proof               # all of them, one after the other: under 40 minutes on two cores
npm run proof -- kills      # those whose names have the word
npm run bench               # speed in full, up to a million customers: some 20 minutes
\`\`\`
`;

/** Pure. */
export function pageOf(chapters: readonly Chapter[], outcomes: Outcomes, full: Outcome | undefined): string {
  const machines: string[] = [];
  const outcomeOf = (evidence: Evidence): Outcome | undefined => {
    const key = keyOf(evidence);
    return key === undefined ? full : outcomes[key];
  };
  const row = (says: string, but: string | undefined, evidence: Evidence, first: boolean): string => {
    const outcome = outcomeOf(evidence);
    const claim = first ? `${cell(says)}${but ? ` _${cell(but)}_` : ''}` : '';
    const [date, where] = outcome
      ? [outcome.at.slice(0, 10), letterOf(machines, machineOf(outcome.where))]
      : ['', ''];
    return `| ${claim} | \`${commandOf(evidence)}\` | ${resultOf(evidence, outcome)} | ${date} | ${where} |`;
  };
  const parts = chapters.map(({ title, claims }) => {
    const rows = claims.flatMap(({ says, but, by }) =>
      by.map((evidence, at) => row(says, but, evidence, at === 0)),
    );
    const head = '| Claim | Command | Last result | Date | Machine |\n| --- | --- | --- | --- | --- |';
    return `## ${title}\n\n${head}\n${rows.join('\n')}\n`;
  });
  const legend = machines.map((machine, at) => `- **${letter(at)}**: ${machine}`).join('\n');
  return `${INTRODUCTION}\n${parts.join('\n')}${legend && `\n## Machines\n\n${legend}\n`}`;
}

function resultOf({ shows }: Evidence, outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'not run yet';
  const { passed, failed, seconds, skipped } = outcome;
  const numbers = outcome.numbers.filter(line => shows?.test(line) ?? true);
  // Where one number is meant, the others of the same run are told in their own rows.
  if (shows !== undefined) return numbers.map(cell).join('<br>') || 'not measured';
  const verdict =
    failed > 0 ? `**${failed} failed**, ${passed} passed` : passed > 0 ? `${passed} passed` : 'none ran';
  const more = numbers.length > NUMBERS ? [`… ${numbers.length - NUMBERS} more in docs/proof.json`] : [];
  return [
    `${verdict} in ${seconds} s`,
    ...skipped.map(reason => `skipped: ${reason}`),
    ...numbers.slice(0, NUMBERS),
    ...more,
  ]
    .map(cell)
    .join('<br>');
}

const machineOf = ({ processor, cores, memoryGiB, node, postgres }: Where): string =>
  `${processor}, ${cores} cores, ${memoryGiB} GiB, Node.js ${node}, PostgreSQL ${postgres}`;

const letter = (at: number): string => String.fromCharCode('A'.charCodeAt(0) + at);

function letterOf(machines: string[], machine: string): string {
  if (!machines.includes(machine)) machines.push(machine);
  return letter(machines.indexOf(machine));
}

const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ').trim();

export const presentPage = (): string => pageOf(CHAPTERS, readOutcomes(), readFullBench());

if (import.meta.main) writeFileSync(PAGE, presentPage());
