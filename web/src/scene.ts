// A scene runs on the server's clock. Here the time that is left is shown, silence is sent when it is over, keys choose,
// and the text is read aloud to who wants it. How long the page took to arrive is not held against the officer.
export function playScene(root: ParentNode): void {
  const form = root.querySelector<HTMLFormElement>("form[data-scene]");
  if (!form) return;
  const [how] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const rtt = form.querySelector<HTMLInputElement>("input[name=rtt]");
  if (rtt && how) rtt.value = String(Math.max(0, Math.min(2000, Math.round(how.responseEnd - how.requestStart))));
  countDown(form);
  chooseByKey(form);
  readAloud();
}

function countDown(form: HTMLFormElement): void {
  const left = Number(form.dataset.scene);
  const seconds = form.querySelector<HTMLElement>("[data-seconds]");
  const bar = form.querySelector<SVGRectElement>("[data-left]");
  const silence = form.querySelector<HTMLButtonElement>("[data-silence]");
  if (!left || !seconds || !silence) return;
  const full = Number(bar?.getAttribute("width") ?? 0);
  const until = performance.now() + left;
  const timer = window.setInterval(() => {
    const rest = until - performance.now();
    seconds.textContent = String(Math.max(0, Math.ceil(rest / 1000)));
    bar?.setAttribute("width", String(Math.max(0, (full * rest) / left)));
    if (rest > 0) return;
    window.clearInterval(timer);
    if (form.dataset.sent === undefined && !form.querySelector("textarea:focus")) silence.click();
  }, 250);
}

function chooseByKey(form: HTMLFormElement): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if ((event.target as HTMLElement).closest("input, textarea, select")) return;
    const chosen = form.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
    if (!chosen) return;
    event.preventDefault();
    chosen.click();
  });
}

function readAloud(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-speak]");
  const text = document.querySelector<HTMLElement>("[data-say]");
  if (!button || !text || !("speechSynthesis" in window)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const words = new SpeechSynthesisUtterance(text.textContent ?? "");
    words.lang = "zh-CN";
    window.speechSynthesis.cancel();
    window.speechSynthesis.speak(words);
  });
}

// timeAnswers tells how long a question took, which says how well it is remembered.
export function timeAnswers(root: ParentNode): void {
  const form = root.querySelector<HTMLFormElement>("form[data-timed]");
  const took = form?.querySelector<HTMLInputElement>("input[name=took]");
  const from = performance.now();
  form?.addEventListener("submit", () => {
    if (took) took.value = String(Math.round(performance.now() - from));
  });
}
