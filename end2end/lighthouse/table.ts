// The table of what Lighthouse said, one line for a page on one kind of device.
import { figure, mark, type Preset, type Report } from './audit.ts';

/** What Lighthouse said of one page, once for each round. */
export interface Judged {
  name: string;
  url: string;
  preset: Preset;
  reports: Report[];
}

/** What a page's performance should reach where the machine does nothing else. */
const GOAL: Record<Preset, number> = { mobile: 97, desktop: 100 };

const HEAD = [
  'page',
  'preset',
  'performance',
  'goal',
  'accessibility',
  'best practices',
  'layout shift',
  'LCP ms',
  'TBT ms',
  'kB',
];

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** What takes time is the median of the rounds; what is right or wrong is the worst of them. */
function cells({ name, preset, reports }: Judged): string[] {
  const marks = (category: string) => reports.map((it) => mark(it, category));
  const figures = (audit: string) => reports.map((it) => figure(it, audit));
  return [
    name,
    preset,
    `${median(marks('performance'))}`,
    `${GOAL[preset]}`,
    `${Math.min(...marks('accessibility'))}`,
    `${Math.min(...marks('best-practices'))}`,
    Math.max(...figures('cumulative-layout-shift')).toFixed(3),
    median(figures('largest-contentful-paint')).toFixed(0),
    median(figures('total-blocking-time')).toFixed(0),
    (median(figures('total-byte-weight')) / 1000).toFixed(0),
  ];
}

/** Words to the left, numbers to the right. */
export function table(judged: Judged[]): string {
  const rows = [HEAD, ...judged.map(cells)];
  const widths = HEAD.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: string[]) =>
    row.map((it, at) => (at < 2 ? it.padEnd(widths[at] ?? 0) : it.padStart(widths[at] ?? 0)));
  return rows.map((row) => line(row).join('  ')).join('\n');
}
