// What Lighthouse says of one page, as far as it is reported and checked.
import lighthouse, { desktopConfig } from 'lighthouse';

export const PRESETS = ['mobile', 'desktop'] as const;
export type Preset = (typeof PRESETS)[number];

/** Everything that Lighthouse says. */
export type Report = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr'];

/** What must be perfect: it is true or not, however busy the machine is. */
const PERFECT = ['accessibility', 'best-practices'];
const CATEGORIES = ['performance', ...PERFECT];

/** Opens the page in the Chromium at that port, with nothing of it cached, and judges it. */
export async function audit(url: string, preset: Preset, port: number): Promise<Report> {
  const flags = { port, onlyCategories: CATEGORIES, disableFullPageScreenshot: true };
  const config = preset === 'desktop' ? desktopConfig : undefined;
  const result = await lighthouse(url, flags, config);
  if (!result) throw new Error(`Lighthouse says nothing about ${url}`);
  const { lhr } = result;
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  if (lhr.finalDisplayedUrl !== url) throw new Error(`${url} leads to ${lhr.finalDisplayedUrl}`);
  return lhr;
}

/** The marks that are reported, from 0 to 100. */
export const mark = (report: Report, category: string) =>
  Math.round((report.categories[category]?.score ?? 0) * 100);

/** What an audit has measured: milliseconds, bytes, or a share of the screen. */
export const figure = (report: Report, audit: string) => report.audits[audit]?.numericValue ?? NaN;

/** One line for everything that isn't as it must be, with the elements that are to blame. */
export function faults(report: Report): string[] {
  const failed = PERFECT.flatMap((category) => report.categories[category]?.auditRefs ?? [])
    .filter(({ id, weight }) => weight > 0 && isFailed(report, id))
    .map(({ id }) => id);
  if (figure(report, 'cumulative-layout-shift') !== 0) failed.push('layout-shifts');
  return failed.map((id) => fault(report, id));
}

/** Audits that don't apply have no score; one that broke has none either, but is no success. */
function isFailed(report: Report, id: string): boolean {
  const audit = report.audits[id];
  if (!audit || audit.scoreDisplayMode === 'error') return true;
  return audit.score !== null && audit.score < 1;
}

function fault(report: Report, id: string): string {
  const audit = report.audits[id];
  const details = audit?.details;
  const items = details && 'items' in details ? details.items : [];
  const reason = audit?.errorMessage ?? audit?.title ?? 'it was not carried out';
  return [`${id}: ${reason}`, ...items.map((item) => `  ${named(item)}`)].join('\n');
}

/** An element as the page's source has it, or whatever else the audit found. */
function named(item: object): string {
  const node = 'node' in item ? (item.node as { snippet?: string }) : undefined;
  return node?.snippet ?? JSON.stringify(item);
}
