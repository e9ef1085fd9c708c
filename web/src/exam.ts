// An exam goes on without the network: every change is numbered, kept in the browser and sent until the server has it. The
// server's clock alone counts; here the time that is left is shown. Nothing here knows an answer of the key.

interface Change {
  item: number;
  seq: number;
  value: string;
}

const later = [1000, 2000, 4000, 8000, 15000];

export function sitExam(root: ParentNode): void {
  const room = root.querySelector<HTMLElement>("[data-exam-wait]");
  const paper = root.querySelector<HTMLFormElement>("form[data-exam]");
  if (room && paper) waitFor(room, paper);
  else if (paper) begin(paper, Number(paper.dataset.left));
  const marking = root.querySelector<HTMLFormElement>("form[data-marking]");
  if (marking) markFast(marking);
}

// markFast is marking by the keyboard: Enter goes on to the next criterion and from the last to the next script, "+" gives
// all of a criterion, "-" nothing.
function markFast(form: HTMLFormElement): void {
  const fields = [...form.querySelectorAll<HTMLInputElement>("input[data-most]")];
  const on = (i: number): void => {
    const next = fields[i + 1];
    if (next) next.select();
    else form.requestSubmit();
  };
  fields.forEach((field, i) =>
    field.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (event.key === "+" || event.key === "=") field.value = field.dataset.most ?? "";
      else if (event.key === "-") field.value = "0";
      else if (event.key !== "Enter") return;
      event.preventDefault();
      if (event.key === "Enter" || fields[i + 1]) on(i);
    }),
  );
}

// waitFor counts down to the start, fetches the paper meanwhile, and opens it with the key that the start gives.
function waitFor(room: HTMLElement, paper: HTMLFormElement): void {
  const starts = performance.now() + Number(room.dataset.examWait);
  const start = room.querySelector<HTMLButtonElement>("[data-exam-start]");
  const count = room.querySelector<HTMLElement>("[data-exam-count]");
  const ready = room.querySelector<HTMLElement>("[data-exam-ready]");
  if (!start) return;
  let sealed: { nonce: string; paper: string } | undefined;
  if (window.crypto?.subtle && room.dataset.examPaper) {
    // Not all at once: a room that fills in a second would fetch in a second.
    const spread = Math.random() * Math.max(0, Math.min(20000, Number(room.dataset.examWait) - 5000));
    window.setTimeout(() => {
      void fetch(room.dataset.examPaper ?? "", { headers: { Accept: "application/json" } })
        .then(async (r) => {
          if (!r.ok) return;
          sealed = await r.json();
          if (ready) ready.textContent = "试卷已经下载（加密），到时间就能打开。";
        })
        .catch(() => undefined);
    }, spread);
  }
  const tick = (): void => {
    const rest = starts - performance.now();
    if (count) count.textContent = clock(rest);
    start.disabled = rest > 0;
    if (rest > 0) window.setTimeout(tick, Math.min(250, rest));
  };
  tick();
  const form = start.form;
  form?.addEventListener("submit", (event) => {
    if (!sealed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    start.disabled = true;
    void open(form, paper, sealed).catch(() => form.submit());
  }, { capture: true });
}

async function open(form: HTMLFormElement, paper: HTMLFormElement, sealed: { nonce: string; paper: string }): Promise<void> {
  const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) });
  if (!answer.ok) throw new Error(String(answer.status));
  const begun = await answer.json();
  if (!begun.key) {
    window.location.assign(begun.page);
    return;
  }
  const key = await crypto.subtle.importKey("raw", bytes(begun.key), "AES-GCM", false, ["decrypt"]);
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(sealed.nonce) }, key, bytes(sealed.paper));
  const questions = paper.querySelector<HTMLElement>("[data-exam-questions]");
  const room = document.querySelector<HTMLElement>("[data-exam-wait]");
  const desk = document.querySelector<HTMLElement>("[data-exam-desk]");
  if (!questions || !room || !desk) throw new Error("no desk");
  questions.innerHTML = new TextDecoder().decode(text);
  paper.action = begun.act;
  paper.dataset.exam = begun.act;
  paper.dataset.device = begun.device;
  room.hidden = true;
  desk.hidden = false;
  window.history.replaceState(null, "", begun.page);
  begin(paper, begun.left_ms);
  paper.querySelector<HTMLElement>("h1")?.scrollIntoView();
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

// begin runs a paper: its clock, its answer card, and the saving of what changes.
function begin(form: HTMLFormElement, left: number): void {
  const url = form.dataset.exam ?? "";
  const place = "exam:" + url;
  const state = form.querySelector<HTMLElement>("[data-exam-state]");
  const say = (text: string): void => {
    if (state && state.textContent !== text) state.textContent = text;
  };
  let until = performance.now() + left;
  const waiting = new Map<number, Change>();
  const seqs = new Map<number, number>();
  let signals: { kind: string; detail: string }[] = [];
  let sending = false;
  let tries = 0;
  let over = false;
  let timer = 0;

  for (const q of questions(form)) seqs.set(Number(q.dataset.item), Number(q.dataset.seq));
  for (const c of kept(place)) {
    if (c.seq <= (seqs.get(c.item) ?? 0)) continue;
    const q = form.querySelector<HTMLElement>(`[data-item="${c.item}"]`);
    if (!q) continue;
    fill(q, c.value);
    seqs.set(c.item, c.seq);
    waiting.set(c.item, c);
  }

  const keep = (): void => {
    try {
      if (waiting.size) window.localStorage.setItem(place, JSON.stringify([...waiting.values()]));
      else window.localStorage.removeItem(place);
    } catch {
      // A browser without storage still sends.
    }
  };
  const soon = (ms: number): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void send(), ms);
  };
  const changed = (q: HTMLElement): void => {
    const item = Number(q.dataset.item);
    const seq = (seqs.get(item) ?? 0) + 1;
    seqs.set(item, seq);
    waiting.set(item, { item, seq, value: value(q) });
    const field = form.querySelector<HTMLInputElement>(`input[name="seq.${item}"]`);
    if (field) field.value = String(seq + 1);
    keep();
    card(form, waiting);
    say("待同步");
    soon(800);
  };
  const send = async (): Promise<void> => {
    if (sending || over || (!waiting.size && !signals.length)) return;
    sending = true;
    const batch = [...waiting.values()];
    const told = signals.slice(0, 20);
    const body = new URLSearchParams({ _op: op(form), changed: JSON.stringify({ answers: batch, signals: told }) });
    try {
      const r = await fetch(url, { method: "POST", headers: { Accept: "application/json" }, body });
      if (r.status === 409 || r.status === 404 || r.status === 401) {
        stop(r.status === 401 ? "登录已经过期，请重新登录后继续" : "这份答卷已经交了，或者已在另一台设备上继续。这里不能再保存");
        return;
      }
      if (!r.ok) throw new Error(String(r.status));
      const saved = await r.json();
      for (const c of batch) if ((saved.seqs[c.item] ?? 0) >= c.seq && waiting.get(c.item)?.seq === c.seq) waiting.delete(c.item);
      signals = signals.slice(told.length);
      until = performance.now() + (saved.deadline_ms - saved.now_ms);
      tries = 0;
      keep();
      card(form, waiting);
      say(waiting.size ? "待同步" : "已保存");
      if (waiting.size) soon(0);
    } catch {
      const wait = later[Math.min(tries++, later.length - 1)] ?? 15000;
      say("网络不通，作答留在本机，恢复后自动上传");
      soon(wait * (0.75 + Math.random() / 2));
    } finally {
      sending = false;
    }
  };
  const stop = (text: string): void => {
    over = true;
    say(text);
    form.classList.add("over");
    for (const f of form.querySelectorAll<HTMLInputElement>(".exam-questions input, .exam-questions textarea, .exam-questions select, .exam-foot button")) f.disabled = true;
    state?.setAttribute("role", "alert");
  };

  const onChange = (event: Event): void => {
    const q = (event.target as HTMLElement).closest<HTMLElement>("[data-item]");
    if (q) changed(q);
  };
  form.addEventListener("change", onChange);
  form.addEventListener("input", (event) => {
    if (["text", "textarea"].includes((event.target as HTMLInputElement).type)) onChange(event);
  });
  form.addEventListener("paste", () => signals.push({ kind: "paste", detail: "" }));
  form.addEventListener("submit", (event) => {
    const by = (event as SubmitEvent).submitter;
    const blank = questions(form).filter((q) => !value(q)).length;
    if (by?.hasAttribute("data-exam-submit") && blank && !window.confirm(`还有 ${blank} 题未答，确定交卷吗？`)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, { capture: true });
  let away = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      away = performance.now();
      return;
    }
    const ms = performance.now() - away;
    if (away && ms > 1500) signals.push({ kind: "away", detail: `${Math.round(ms / 1000)} 秒` });
    away = 0;
    soon(0);
  });
  window.addEventListener("online", () => soon(0));
  window.setInterval(() => {
    const rest = until - performance.now();
    const shown = form.querySelector<HTMLElement>("[data-exam-left]");
    if (shown) shown.textContent = clock(rest);
    form.classList.toggle("last", rest < 5 * 60000);
    if (rest > -6000 || over) return;
    over = true;
    keep();
    window.location.reload();
  }, 250);
  card(form, waiting);
  if (waiting.size) soon(0);
}

function questions(form: HTMLElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>("[data-item]")];
}

function op(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>("input[name=_op]")?.value ?? "";
}

function kept(place: string): Change[] {
  try {
    return JSON.parse(window.localStorage.getItem(place) ?? "[]");
  } catch {
    return [];
  }
}

// value is the answer as the server keeps it: letters in a row, lines, or the lines of a paper as JSON.
function value(q: HTMLElement): string {
  const boxes = [...q.querySelectorAll<HTMLInputElement>("input[type=radio], input[type=checkbox]")];
  if (boxes.length) return boxes.filter((b) => b.checked).map((b) => b.value).sort().join("");
  const fields = [...q.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>("input[type=text], textarea, select")].map((f) => f.value.trim());
  if (!fields.some((f) => f)) return "";
  return q.dataset.join === "json" ? JSON.stringify(fields) : fields.join(q.dataset.join === "lines" ? "\n" : "");
}

function fill(q: HTMLElement, text: string): void {
  for (const b of q.querySelectorAll<HTMLInputElement>("input[type=radio], input[type=checkbox]")) b.checked = b.type === "radio" ? b.value === text : text.includes(b.value);
  const fields = q.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>("input[type=text], textarea, select");
  let parts = fields.length === 1 ? [text] : text.split(q.dataset.join === "lines" ? "\n" : "");
  if (q.dataset.join === "json") {
    try {
      parts = JSON.parse(text);
    } catch {
      // Not what this page kept: it is shown as it is.
    }
  }
  fields.forEach((f, i) => (f.value = parts[i] ?? ""));
}

// card is the answer card: white for what is open, blue for what is kept, orange for what waits.
function card(form: HTMLFormElement, waiting: Map<number, Change>): void {
  const nav = form.querySelector<HTMLElement>("[data-exam-card]");
  if (!nav) return;
  nav.hidden = false;
  let blank = 0;
  const links = questions(form).map((q, i) => {
    const a = (nav.children[i] as HTMLAnchorElement | undefined) ?? document.createElement("a");
    a.href = "#" + q.id;
    a.textContent = String(i + 1);
    const done = value(q) !== "";
    if (!done) blank++;
    a.className = waiting.has(Number(q.dataset.item)) ? "sync" : done ? "done" : "";
    a.setAttribute("aria-label", `第 ${i + 1} 题，${waiting.has(Number(q.dataset.item)) ? "待同步" : done ? "已保存" : "未答"}`);
    return a;
  });
  nav.replaceChildren(...links);
  const left = form.querySelector<HTMLElement>("[data-exam-blank]");
  if (left) left.textContent = blank ? `还有 ${blank} 题未答` : "全部答完";
}

function clock(ms: number): string {
  const s = Math.max(0, Math.ceil(ms / 1000));
  const two = (n: number): string => String(n).padStart(2, "0");
  const text = two(Math.floor(s / 60) % 60) + ":" + two(s % 60);
  return s >= 3600 ? Math.floor(s / 3600) + ":" + text : text;
}
