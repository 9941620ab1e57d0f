import { startChrome } from "./chrome.ts";
import { DayPage } from "./day.ts";
import { startSingle } from "./single.ts";

startChrome();
const single = document.getElementById("single");
if (single) startSingle(single);
else void new DayPage().start();
