// What Lighthouse says of one page, as far as it is reported and checked.
import lighthouse, { desktopConfig } from 'lighthouse';

export const PRESETS = ['mobile', 'desktop'] as const;
export type Preset = (typeof PRESETS)[number];

/** Everything that Lighthouse says. */
export type Report = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr'];

/** What must be perfect: it is true or not, however busy the machine is. */
const PERFECT = ['accessibility', 'best-practices'];
const CATEGORIES = ['performance', ...PERFECT];
/** What Lighthouse writes as a layout shift of 0.000: no share of the screen that anybody sees. */
const STILL = 0.0005;

/** Opens the page in the Chromium at that port, with nothing of it cached, and judges it. */
export async function audit(url: string, preset: Preset, port: number): Promise<Report> {
  let report = await judged(url, preset, port);
  // Now and then the browser records no trace, and Lighthouse asks to be run again.
  if (report.runtimeError?.code === 'NO_NAVSTART') report = await judged(url, preset, port);
  if (report.runtimeError) throw new Error(`${url}: ${report.runtimeError.message}`);
  const shown = report.finalDisplayedUrl;
  if (shown !== url) throw new Error(`${url} leads to ${shown}`);
  return report;
}

async function judged(url: string, preset: Preset, port: number): Promise<Report> {
  const flags = { port, onlyCategories: CATEGORIES, disableFullPageScreenshot: true };
  const result = await lighthouse(url, flags, preset === 'desktop' ? desktopConfig : undefined);
  if (!result) throw new Error(`Lighthouse says nothing about ${url}`);
  return result.lhr;
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
  if (!(figure(report, 'cumulative-layout-shift') < STILL)) failed.push('layout-shifts');
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
  const items = details && 'items' in details ? (details.items as Item[]) : [];
  const reason = audit?.errorMessage ?? audit?.title ?? 'it was not carried out';
  return [`${id}: ${reason}`, ...items.map((item) => `  ${named(item)}`)].join('\n');
}

/** What an audit lists: an element, or what made things move, or something else. */
interface Item {
  node?: { snippet?: string; explanation?: string };
  subItems?: { items: { cause?: string; extra?: { value?: string } }[] };
}

function named(item: Item): string {
  const causes = (item.subItems?.items ?? []).flatMap(({ cause, extra }) => [cause, extra?.value]);
  const words = [item.node?.snippet, item.node?.explanation, ...causes].filter(Boolean);
  return words.length > 0 ? words.join(' ') : JSON.stringify(item);
}
