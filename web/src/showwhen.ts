// Parts of a form that matter only for one answer: data-when="party_kind" data-is="公民|个体工商户".
// Hidden fields are switched off, so that they are not sent. Without script all parts show.
export function showWhen(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-when]").forEach((part) => {
    const form = part.closest("form");
    if (!form || part.dataset.ready !== undefined) return;
    part.dataset.ready = "";
    const name = part.dataset.when ?? "";
    const wanted = (part.dataset.is ?? "").split("|");
    const sync = () => {
      const values = new FormData(form).getAll(name).map(String);
      const show = values.some((v) => wanted.includes(v));
      part.hidden = !show;
      if (part instanceof HTMLFieldSetElement) part.disabled = !show;
    };
    form.addEventListener("change", (event) => {
      if ((event.target as HTMLInputElement).name === name) sync();
    });
    sync();
  });
}
