// Entry point. Every module only speeds up or smooths what already works without it.
import "htmx.org/dist/htmx.esm.js";
import { guardForms, knowSentForms } from "./once";
import { openDialogs } from "./dialog";
import { openMenus } from "./menu";
import { focusSearch } from "./keys";
import { refuseGreyed } from "./greyed";
import { showWhen } from "./showwhen";
import { signaturePads } from "./signature";
import { locateButtons } from "./locate";
import { printButtons } from "./print";
import { playScene, timeAnswers } from "./scene";
import { saveByItself } from "./autosave";
import { sitExam } from "./exam";
import { readChapter } from "./course";
import { closeToasts } from "./toast";

guardForms();
refuseGreyed();
openDialogs();
openMenus();
focusSearch();
closeToasts();

// What has state of its own is set up for each part of the page, also after htmx swapped one in.
function prepare(root: ParentNode): void {
  showWhen(root);
  signaturePads(root);
  locateButtons(root);
  printButtons(root);
}

function start(): void {
  document.documentElement.dataset.js = "";
  knowSentForms();
  prepare(document);
  playScene(document);
  timeAnswers(document);
  sitExam(document);
  saveByItself(document);
  readChapter(document);
  const summary = document.querySelector<HTMLElement>(".error-summary, .refusal[tabindex]");
  summary?.focus();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
document.addEventListener("htmx:after:swap", () => prepare(document));
