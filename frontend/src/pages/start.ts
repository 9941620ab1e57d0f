import { startChrome } from "../shell/shell.ts";
import { DayPage } from "./day-page.ts";
import { startSingle } from "./paper-page.ts";

startChrome();
const single = document.getElementById("single");
if (single) startSingle(single);
// A task of its own: the first paint goes first.
else setTimeout(() => void new DayPage().start());
