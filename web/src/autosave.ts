// A long form saves by itself a moment after somebody stops writing: form[data-autosave]. The server answers with the version
// to go on from and the key of the next save. Somebody else's change, or what cannot be kept yet, is said beside the
// button; nothing is overwritten. The button still saves, with or without this.
const pause = 1500; // ms

export function saveByItself(root: ParentNode): void {
  const form = root.querySelector<HTMLFormElement>("form[data-autosave]");
  const says = form?.querySelector<HTMLElement>("[data-autosave-says]");
  if (!form || !says) return;
  let timer = 0;
  let busy = false;
  let again = false;
  let stopped = false;

  const save = async () => {
    if (busy) {
      again = true;
      return;
    }
    if (stopped || form.dataset.sent !== undefined) return;
    busy = true;
    says.textContent = "正在保存…";
    const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    body.set("auto", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
      if (answer.ok) {
        const told = (await answer.json()) as { version: string; op: string; says: string };
        set(form, "version", told.version);
        set(form, "_op", told.op);
        says.textContent = told.says;
      } else if (answer.status === 409) {
        stopped = true;
        says.textContent = "别人刚改过，没有自动保存。按“保存”看两边的内容";
      } else if (answer.status < 500) {
        says.textContent = "还有没填对的，没有自动保存；按“保存”看是哪里";
      } else {
        says.textContent = "没有存上，过一会儿再试";
      }
    } catch {
      says.textContent = "连不上，没有存上";
    }
    busy = false;
    if (again) {
      again = false;
      later();
    }
  };
  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void save(), pause);
  };
  form.addEventListener("input", (event) => {
    // A new short name changes where the form stands: that is for the button.
    if ((event.target as HTMLInputElement).name === "id") {
      stopped = true;
      says.textContent = "改了短名，请按“保存”";
      return;
    }
    later();
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));
}

function set(form: HTMLFormElement, name: string, value: string): void {
  const field = form.querySelector<HTMLInputElement>(`input[name=${name}]`);
  if (field) field.value = value;
}
