// A chapter that is looked at says so now and then; in the background it says nothing. How much time that is, the server
// reckons alone.
export function readChapter(root: ParentNode): void {
  const mark = root.querySelector<HTMLElement>("[data-beat]");
  const form = mark?.closest("form");
  const every = Number(mark?.dataset.beat);
  if (!mark || !form || !every) return;
  const seen = document.querySelector<HTMLElement>("[data-beat-seen]");
  let stopped = false;
  const beat = (): void => {
    if (stopped || document.visibilityState !== "visible") return;
    void fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) })
      .then(async (r) => {
        if (!r.ok) throw new Error(String(r.status));
        const now = await r.json();
        if (seen) seen.textContent = now.seen < 60 ? `${now.seen} 秒` : `${Math.floor(now.seen / 60)} 分 ${now.seen % 60} 秒`;
        if (now.done) {
          stopped = true;
          window.location.reload();
        }
      })
      .catch(() => {
        mark.textContent = "没有连上服务器，暂时不记录；连上以后自动继续。";
      });
  };
  beat();
  window.setInterval(beat, every);
  document.addEventListener("visibilitychange", beat);
}
