// A form is sent once: the second submit of a double click is dropped. The server keeps its own guard
// (the _op key); this only spares the wait.
export function guardForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post") return;
    const button = (event as SubmitEvent).submitter;
    if (button?.getAttribute("formtarget") === "_blank") return; // a preview in its own tab does nothing
    if (form.dataset.sent !== undefined) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "";
    remember(form);
    button?.setAttribute("aria-busy", "true");
    form.querySelectorAll(".send-note").forEach((n) => n.remove());
    const note = document.createElement("span");
    note.className = "hint send-note";
    note.setAttribute("role", "status");
    note.textContent = "正在提交…";
    button?.after(note);
    // A download answers without leaving the page, and a lost connection must not lock the form.
    window.setTimeout(() => release(form), 15000);
  });
  // Back from the next page by the browser's cache: the form may be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach(release);
  });
}

// Back from the next page the browser asks for the form's page anew and fills in what was typed: the form
// gets back the key under which it was sent, so that the server knows it for the same.
export function knowSentForms(): void {
  const [how] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (how?.type !== "back_forward") return;
  document.querySelectorAll<HTMLFormElement>("form[method=post]").forEach((form) => {
    const op = sessionStorage.getItem(place(form));
    const field = form.querySelector<HTMLInputElement>("input[name=_op]");
    if (op && field) field.value = op;
  });
}

function place(form: HTMLFormElement): string {
  return `sent ${location.pathname}${location.search} ${form.getAttribute("action")}`;
}

function remember(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>("input[name=_op]");
  try {
    if (field) sessionStorage.setItem(place(form), field.value);
  } catch {
    // No room or not allowed: the form goes as ever.
  }
}

function release(form: HTMLFormElement): void {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((b) => b.removeAttribute("aria-busy"));
  form.querySelectorAll(".send-note").forEach((n) => n.remove());
}
