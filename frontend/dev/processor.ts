/** Measures a page's processor time, which other load on the machine affects little. */
import type { Browser, Page } from "playwright-core";

/** A task of the page's main thread or its worker. Milliseconds; `at` and `took` in wall-clock time, `cost` in processor time. */
export interface Task {
  thread: "page" | "worker";
  at: number;
  took: number;
  cost: number;
}

/** A `performance.mark` of the page. */
export interface Mark {
  name: string;
  at: number;
}

interface TraceEvent {
  name: string;
  cat: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

/** The tasks that ran during an action on a page, and the marks that the action set. It must set one. */
export async function traced(
  browser: Browser,
  page: Page,
  act: () => Promise<unknown>,
): Promise<{ tasks: Task[]; marks: Mark[] }> {
  await browser.startTracing(page, { categories: ["toplevel", "blink.user_timing"] });
  await act();
  const { traceEvents: events } = JSON.parse((await browser.stopTracing()).toString("utf8")) as {
    traceEvents: TraceEvent[];
  };
  const marks = events.filter((event) => event.cat.includes("blink.user_timing"));
  const own = marks[0]?.pid;
  const threads = new Map<number, Task["thread"]>();
  for (const { name, pid, tid, args } of events) {
    if (name !== "thread_name" || pid !== own) continue;
    if (args.name === "CrRendererMain") threads.set(tid, "page");
    else if (args.name?.startsWith("DedicatedWorker")) threads.set(tid, "worker");
  }
  return {
    tasks: events
      .filter(
        ({ name, ph, pid, tid }) =>
          name === "ThreadControllerImpl::RunTask" && ph === "X" && pid === own && threads.has(tid),
      )
      .map(({ tid, ts, dur, tdur }) => ({
        thread: threads.get(tid)!,
        at: ts / 1000,
        took: (dur ?? 0) / 1000,
        cost: (tdur ?? 0) / 1000,
      })),
    marks: marks.map(({ name, ts }) => ({ name, at: ts / 1000 })).sort((a, b) => a.at - b.at),
  };
}
