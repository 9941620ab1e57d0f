/** Formats dates and numbers in English, identically in every browser and in C#. */

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);
const WEEKDAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

const two = (value: number): string => String(value).padStart(2, "0");

/** The n-th Sunday of a month (0 is January), at an hour UTC. */
function sunday(year: number, month: number, nth: number, hour: number): number {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return Date.UTC(year, month, 1 + ((7 - first) % 7) + 7 * (nth - 1), hour);
}

/**
 * Minutes by which New York is behind UTC, computed from the rule since 2007 (second Sunday of March to first Sunday of November,
 * 02:00): the first use of Intl's time zones takes 100 ms on a slow phone.
 */
export function easternOffset(moment: Date): number {
  const year = moment.getUTCFullYear();
  const time = moment.getTime();
  return time >= sunday(year, 2, 2, 7) && time < sunday(year, 10, 1, 6) ? 240 : 300;
}

/** New York's local time as a Date whose UTC fields hold it. */
const eastern = (moment: Date): Date => new Date(moment.getTime() - easternOffset(moment) * 60_000);

/** A moment in the reader's time zone: `Thursday 02:00`. */
export function localClock(at: string): string {
  const moment = new Date(at);
  return `${WEEKDAYS[moment.getDay()]} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
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
