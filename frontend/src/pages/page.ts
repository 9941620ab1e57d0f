import { startChrome } from "../shell/chrome.ts";
import { DayPage } from "./day.ts";
import { startSingle } from "./single.ts";

startChrome();
const single = document.getElementById("single");
if (single) startSingle(single);
// A task of its own: the first paint goes first.
else setTimeout(() => void new DayPage().start());
