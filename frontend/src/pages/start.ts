import { startShell } from "../shell/shell.ts";
import { DayPage } from "./day-page.ts";
import { startPaperPage } from "./paper-page.ts";

startShell();
const single = document.getElementById("single");
if (single) startPaperPage(single);
// A task of its own: the first paint goes first.
else setTimeout(() => void new DayPage().start());
