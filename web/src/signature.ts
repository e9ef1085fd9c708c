// A signature drawn by finger, pen or mouse becomes the PNG of the field's file input. Without script,
// or without a hand, the input itself takes a photograph of the signature.
type Point = { x: number; y: number; w: number };

const WIDTH = 1000; // pixels of the stored picture; the canvas on screen may be smaller
const MIN_LENGTH = 40; // a dot or a slip of the finger is not a signature

export function signaturePads(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>(".sign-pad").forEach((pad) => {
    if (pad.dataset.ready !== undefined) return;
    pad.dataset.ready = "";
    new Pad(pad);
  });
}

class Pad {
  private box: HTMLElement;
  private canvas: HTMLCanvasElement;
  private input: HTMLInputElement;
  private state: HTMLElement;
  private strokes: Point[][] = [];
  private drawing = false;

  constructor(private root: HTMLElement) {
    this.box = root.querySelector<HTMLElement>(".pad-box")!;
    this.input = root.querySelector<HTMLInputElement>("input[type=file]")!;
    this.state = root.querySelector<HTMLElement>("[data-pad-state]")!;
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", "签名板。不便手写的，可以用下面的“选择图片”上传签名照片");
    this.box.prepend(this.canvas);
    root.querySelectorAll<HTMLElement>("[data-pad-only]").forEach((e) => (e.hidden = false));
    this.fit();
    new ResizeObserver(() => this.fit()).observe(this.box);
    this.canvas.addEventListener("pointerdown", (e) => this.begin(e));
    this.canvas.addEventListener("pointermove", (e) => this.move(e));
    for (const end of ["pointerup", "pointercancel"]) this.canvas.addEventListener(end, () => this.end());
    root.querySelector("[data-pad-undo]")?.addEventListener("click", () => this.undo());
    root.querySelector("[data-pad-clear]")?.addEventListener("click", () => this.clear());
    this.input.addEventListener("change", () => this.chosen());
  }

  private fit(): void {
    const r = this.box.getBoundingClientRect();
    if (r.width === 0) return;
    this.canvas.width = WIDTH;
    this.canvas.height = Math.round((WIDTH * r.height) / r.width);
    this.draw();
  }

  // Points are kept in parts of the width, so that turning the phone does not lose the signature.
  private point(e: PointerEvent): Point {
    const r = this.canvas.getBoundingClientRect();
    const pressure = e.pointerType === "pen" && e.pressure > 0 ? 0.5 + e.pressure : 1;
    return { x: (e.clientX - r.left) / r.width, y: (e.clientY - r.top) / r.width, w: pressure };
  }

  private begin(e: PointerEvent): void {
    if (e.button !== 0) return;
    e.preventDefault();
    this.canvas.setPointerCapture(e.pointerId);
    this.drawing = true;
    this.strokes.push([this.point(e)]);
    this.box.classList.add("drawn");
  }

  private move(e: PointerEvent): void {
    if (!this.drawing) return;
    const events = e.getCoalescedEvents?.() ?? [];
    for (const p of events.length ? events : [e]) this.strokes[this.strokes.length - 1].push(this.point(p));
    this.draw();
  }

  private end(): void {
    if (!this.drawing) return;
    this.drawing = false;
    this.draw();
    this.store();
  }

  private undo(): void {
    this.strokes.pop();
    this.draw();
    this.store();
  }

  private clear(): void {
    this.strokes = [];
    this.draw();
    this.store();
  }

  private draw(): void {
    const c = this.canvas.getContext("2d");
    if (!c) return;
    c.fillStyle = "#fff"; // paper, so that no viewer shows black on black
    c.fillRect(0, 0, this.canvas.width, this.canvas.height);
    c.lineCap = c.lineJoin = "round";
    c.strokeStyle = c.fillStyle = "#000";
    for (const s of this.strokes) this.stroke(c, s);
    this.box.classList.toggle("drawn", this.strokes.length > 0);
  }

  private stroke(c: CanvasRenderingContext2D, s: Point[]): void {
    const thick = 5;
    if (s.length === 1) {
      c.beginPath();
      c.arc(s[0].x * WIDTH, s[0].y * WIDTH, thick / 2, 0, 2 * Math.PI);
      c.fill();
      return;
    }
    for (let i = 1; i < s.length; i++) {
      const a = s[i - 1], b = s[i];
      c.lineWidth = thick * b.w;
      c.beginPath();
      c.moveTo(a.x * WIDTH, a.y * WIDTH);
      c.lineTo(b.x * WIDTH, b.y * WIDTH);
      c.stroke();
    }
  }

  private length(): number {
    let sum = 0;
    for (const s of this.strokes) {
      for (let i = 1; i < s.length; i++) sum += Math.hypot(s[i].x - s[i - 1].x, s[i].y - s[i - 1].y) * WIDTH;
    }
    return sum;
  }

  private store(): void {
    if (this.length() < MIN_LENGTH) {
      this.input.value = "";
      this.say(this.strokes.length ? "笔画太短，请签全名" : "还没有签名");
      return;
    }
    // At once, not by toBlob: whoever presses the button right after the last stroke has signed.
    const bytes = Uint8Array.from(atob(this.canvas.toDataURL("image/png").split(",")[1]), (c) => c.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([bytes], "signature.png", { type: "image/png" }));
    this.input.files = files.files;
    this.say("已签，提交后存入案卷");
  }

  private chosen(): void {
    const file = this.input.files?.[0];
    if (!file || file.name === "signature.png") return;
    this.strokes = [];
    this.draw();
    this.say(`已选图片：${file.name}`);
  }

  private say(text: string): void {
    this.state.textContent = text;
  }
}
