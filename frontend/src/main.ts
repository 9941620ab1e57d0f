import { DayPage } from "./day.ts";

if (document.getElementById("list")) void new DayPage().start();
