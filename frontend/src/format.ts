/** Dates and numbers as the page writes them: English, and the same in every browser and in C#. */

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);
const WEEKDAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

const two = (value: number): string => String(value).padStart(2, "0");

/** The New York clock at a moment, as a Date whose UTC parts are that clock's. */
function eastern(moment: Date): Date {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: "America/New_York",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(moment);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return new Date(Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute")));
}

/**
 * The formats a placeholder may name: `{value|format}`. The value of all but `number` is a listing day (`yyyy-MM-dd`)
 * or a timestamp (ISO 8601), read in UTC except where said.
 */
export const formats: Record<string, (value: string) => string> = {
  /** 1,234 */
  number: (value) => value.replace(/\B(?=(\d{3})+(?!\d))/g, ","),
  /** Tue */
  weekday: (value) => WEEKDAYS[new Date(value).getUTCDay()]!.slice(0, 3),
  /** 17 Mar */
  short: (value) => {
    const date = new Date(value);
    return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]!.slice(0, 3)}`;
  },
  /** Tuesday 17 March 2026 */
  long: (value) => {
    const date = new Date(value);
    return `${WEEKDAYS[date.getUTCDay()]} ${formats["date"]!(value)}`;
  },
  /** 17 March 2026 */
  date: (value) => {
    const date = new Date(value);
    return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  },
  /** 17 March 2026, 05:31 UTC */
  time: (value) => {
    const date = new Date(value);
    return `${formats["date"]!(value)}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
  },
  /** Monday 20:00 Eastern, in New York's clock */
  eastern: (value) => {
    const clock = eastern(new Date(value));
    return `${WEEKDAYS[clock.getUTCDay()]} ${two(clock.getUTCHours())}:${two(clock.getUTCMinutes())} Eastern`;
  },
};
