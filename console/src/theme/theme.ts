/** The look: paper and ink, deep petrol for what acts, amber for what needs attention. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#eaf4f3',
  '#d5e8e6',
  '#aed4d0',
  '#84beb8',
  '#5fa8a1',
  '#3f8f88',
  '#2a7670',
  '#1c605c',
  '#154e4b',
  '#0e3a38',
];
const amber: MantineColorsTuple = [
  '#fdf4e3',
  '#f9e6c3',
  '#f2cf90',
  '#e9b65c',
  '#dd9c33',
  '#bd7d1c',
  '#97610f',
  '#7b4e0a',
  '#613d08',
  '#452b05',
];
const brick: MantineColorsTuple = [
  '#fbeeeb',
  '#f6dad4',
  '#ecb5a9',
  '#e08d7c',
  '#d26a55',
  '#bf4e38',
  '#a63d2a',
  '#8a3122',
  '#6f271b',
  '#501b12',
];
const moss: MantineColorsTuple = [
  '#eff5e9',
  '#dfebd2',
  '#c0d6a8',
  '#9fbf7d',
  '#82aa59',
  '#67903e',
  '#50742e',
  '#405f24',
  '#334c1d',
  '#233613',
];
/** Warm greys: paper. Text on 0 to 2 is 7 or darker. */
const gray: MantineColorsTuple = [
  '#faf8f5',
  '#f3f0ea',
  '#e8e3da',
  '#d9d2c5',
  '#bfb6a6',
  '#8d8577',
  '#686156',
  '#4d473e',
  '#35312b',
  '#1f1c18',
];
/** Cool darks: ink. 7 is the page, 6 what lies on it. */
const dark: MantineColorsTuple = [
  '#dfe5e5',
  '#c3cccd',
  '#a2aeb0',
  '#7f8d90',
  '#48565a',
  '#354246',
  '#202a2e',
  '#161e21',
  '#10171a',
  '#0a0f11',
];

export const theme = createTheme({
  colors: { petrol, amber, brick, moss, gray, dark },
  primaryColor: 'petrol',
  // Both carry white text with a contrast above 5.
  primaryShade: { light: 7, dark: 6 },
  black: '#1f1c18',
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace',
  headings: {
    fontFamily: '"Newsreader Variable", Georgia, serif',
    fontWeight: '500',
    sizes: { h1: { fontSize: '1.9rem', lineHeight: '1.2' }, h2: { fontSize: '1.35rem', lineHeight: '1.3' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
});
