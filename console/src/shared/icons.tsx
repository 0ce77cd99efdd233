/** The console's icons: strokes on a grid of 24, after Tabler Icons (MIT). Not the package: its six thousand icons are 92 MB to install. */
import type { SVGProps } from 'react';

const PATHS = {
  customers:
    'M9 7m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M3 21v-2a4 4 0 0 1 4-4h4a4 4 0 0 1 4 4v2M16 3.1a4 4 0 0 1 0 7.8M21 21v-2a4 4 0 0 0 -3 -3.9',
  live: 'M3 12h4l3 8l4 -16l3 8h4',
  access: 'M16.6 3.4a2 2 0 0 1 2.8 0l1.2 1.2a2 2 0 0 1 0 2.8l-5.6 5.6a4.5 4.5 0 1 1 -4 -4zM8.5 15.5h.01',
  health: 'M4 20v-6M10 20v-12M16 20v-9M22 20v-16',
  search: 'M10 10m-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0M21 21l-6 -6',
  plus: 'M12 5v14M5 12h14',
  close: 'M18 6l-12 12M6 6l12 12',
  check: 'M5 12l5 5l10 -10',
  copy: 'M8 10a2 2 0 0 1 2 -2h8a2 2 0 0 1 2 2v8a2 2 0 0 1 -2 2h-8a2 2 0 0 1 -2 -2zM16 8v-2a2 2 0 0 0 -2 -2h-8a2 2 0 0 0 -2 2v8a2 2 0 0 0 2 2h2',
  dots: 'M12 5v.01M12 12v.01M12 19v.01',
  chevronDown: 'M6 9l6 6l6 -6',
  chevronUp: 'M6 15l6 -6l6 6',
  chevronRight: 'M9 6l6 6l-6 6',
  chevronLeft: 'M15 6l-6 6l6 6',
  archive: 'M3 4h18v4h-18zM5 8v10a2 2 0 0 0 2 2h10a2 2 0 0 0 2 -2v-10M10 12h4',
  restore: 'M4 8v5h5M5 13a8 8 0 1 0 2 -6.5l-3 2.5',
  trash: 'M4 7h16M10 11v6M14 11v6M5 7l1 12a2 2 0 0 0 2 2h8a2 2 0 0 0 2 -2l1 -12M9 7v-3h6v3',
  erase:
    'M19 20h-10.5l-4.2 -4.3a1 1 0 0 1 0 -1.4l10 -10a1 1 0 0 1 1.4 0l5 5a1 1 0 0 1 0 1.4l-9.2 9.3M18 13.3l-6.3 -6.3',
  download: 'M4 17v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2 -2v-2M7 11l5 5l5 -5M12 4v12',
  edit: 'M7 7h-1a2 2 0 0 0 -2 2v9a2 2 0 0 0 2 2h9a2 2 0 0 0 2 -2v-1M20.4 6.6a2.1 2.1 0 0 0 -3 -3l-8.4 8.4v3h3zM16 5l3 3',
  eye: 'M12 12m-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M2 12q4 -7 10 -7t10 7q-4 7 -10 7t-10 -7',
  eyeOff:
    'M3 3l18 18M10.6 10.6a2 2 0 0 0 2.8 2.8M16.7 16.7a9 9 0 0 1 -4.7 1.3q-6 0 -10 -6a17 17 0 0 1 4.5 -5M9.9 5.2a9 9 0 0 1 2.1 -.2q6 0 10 7a17 17 0 0 1 -2.1 2.9',
  history: 'M12 8v4l2 2M3.05 11a9 9 0 1 1 .5 4M3 20v-5h5',
  clock: 'M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M12 7v5l3 3',
  mail: 'M3 7a2 2 0 0 1 2 -2h14a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2zM3 7l9 6l9 -6',
  phone:
    'M5 4h4l2 5l-2.5 1.5a11 11 0 0 0 5 5l1.5 -2.5l5 2v4a2 2 0 0 1 -2 2a16 16 0 0 1 -15 -15a2 2 0 0 1 2 -2',
  mapPin:
    'M12 11m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0M17.7 16.7l-4.3 4.2a2 2 0 0 1 -2.8 0l-4.3 -4.2a8 8 0 1 1 11.4 0z',
  building: 'M3 21h18M9 8h1M9 12h1M9 16h1M14 8h1M14 12h1M14 16h1M5 21v-16a2 2 0 0 1 2 -2h10a2 2 0 0 1 2 2v16',
  person: 'M12 7m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M6 21v-2a4 4 0 0 1 4 -4h4a4 4 0 0 1 4 4v2',
  alert:
    'M12 9v4M12 16.5v.01M10.4 3.6l-8.2 13.7a1.9 1.9 0 0 0 1.6 2.9h16.4a1.9 1.9 0 0 0 1.6 -2.9l-8.2 -13.7a1.9 1.9 0 0 0 -3.2 0',
  info: 'M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M12 8h.01M11 12h1v4h1',
  offline:
    'M3 3l18 18M12 18h.01M9.2 15.2a4 4 0 0 1 5.6 0M6.3 12.3a8 8 0 0 1 3.2 -1.9M14.3 10.4a8 8 0 0 1 3.4 1.9M3.5 9.5a12 12 0 0 1 3.3 -2.3M10.4 6.1a12 12 0 0 1 10.1 3.4',
  language:
    'M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M3.6 9h16.8M3.6 15h16.8M11.5 3a17 17 0 0 0 0 18M12.5 3a17 17 0 0 1 0 18',
  sun: 'M12 12m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M3 12h1M12 3v1M20 12h1M12 20v1M5.6 5.6l.7 .7M18.4 5.6l-.7 .7M17.7 17.7l.7 .7M6.3 17.7l-.7 .7',
  moon: 'M12 3a6.5 6.5 0 0 0 8.5 8.5a9 9 0 1 1 -8.5 -8.5z',
  system:
    'M3 5a1 1 0 0 1 1 -1h16a1 1 0 0 1 1 1v10a1 1 0 0 1 -1 1h-16a1 1 0 0 1 -1 -1zM7 20h10M9 16v4M15 16v4',
  signOut:
    'M14 8v-2a2 2 0 0 0 -2 -2h-7a2 2 0 0 0 -2 2v12a2 2 0 0 0 2 2h7a2 2 0 0 0 2 -2v-2M9 12h12M18 9l3 3l-3 3',
  undo: 'M9 14l-4 -4l4 -4M5 10h11a4 4 0 1 1 0 8h-1',
  rotate: 'M20 11a8.1 8.1 0 0 0 -15.5 -2m-.5 -4v4h4M4 13a8.1 8.1 0 0 0 15.5 2m.5 4v-4h-4',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 4v16l13 -8z',
  filter: 'M4 4h16v2.2a2 2 0 0 1 -.6 1.4l-4.4 4.4v7l-6 2v-8.5l-4.5 -4.9a2 2 0 0 1 -.5 -1.3z',
  external: 'M12 6h-6a2 2 0 0 0 -2 2v10a2 2 0 0 0 2 2h10a2 2 0 0 0 2 -2v-6M11 13l9 -9M15 4h5v5',
  shield: 'M12 3a12 12 0 0 0 8.5 3a12 12 0 0 1 -8.5 15a12 12 0 0 1 -8.5 -15a12 12 0 0 0 8.5 -3',
  document:
    'M14 3v4a1 1 0 0 0 1 1h4M17 21h-10a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2h7l5 5v11a2 2 0 0 1 -2 2zM9 13h6M9 17h6',
} as const;

export type IconName = keyof typeof PATHS;

export interface IconProps extends Omit<SVGProps<SVGSVGElement>, 'name'> {
  readonly name: IconName;
  /** In pixels. */
  readonly size?: number;
}

/** Decoration beside words; where it stands alone, its button has an `aria-label`. */
export function Icon({ name, size = 18, ...props }: IconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      {...props}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
