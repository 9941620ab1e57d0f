import { startShell } from "../shell/shell.ts";
import { DayPage } from "./day-page.ts";
import { startPaperPage } from "./paper-page.ts";

startShell();
const single = document.getElementById("single");
if (single) startPaperPage(single);
else if (document.querySelector(".map")) void import("./map-page.ts").then(({ startMap }) => startMap());
// A separate task, so that the first paint comes before it.
else if (document.getElementById("list")) setTimeout(() => void new DayPage().start());
