import { expect, test } from "vitest";
import { offlineText } from "../src/shell/offline-notice.ts";

test("a copy of today is named by its time, an older one with its weekday", () => {
  const now = new Date(2026, 2, 17, 12, 0);
  expect(offlineText(new Date(2026, 2, 17, 7, 58), now)).toBe("Offline: copy from 07:58");
  expect(offlineText(new Date(2026, 2, 16, 23, 5), now)).toBe("Offline: copy from Monday 23:05");
});
