// The side menu of phones opens by :target without script; here it also closes by Escape and keeps
// focus and aria-expanded right.
export function openMenus(): void {
  const button = document.querySelector<HTMLElement>(".menu-btn");
  const side = document.getElementById("side");
  if (button && side) {
    const sync = () => {
      const open = location.hash === "#side";
      button.setAttribute("aria-expanded", String(open));
      if (open) side.querySelector<HTMLElement>("a")?.focus();
    };
    window.addEventListener("hashchange", sync);
    sync();
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (location.hash === "#side") {
      location.hash = "#main";
      button?.focus();
    }
    document.querySelectorAll<HTMLDetailsElement>("details.who-menu[open]").forEach((d) => {
      d.open = false;
      d.querySelector("summary")?.focus();
    });
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll<HTMLDetailsElement>("details.who-menu[open]").forEach((d) => {
      if (!d.contains(event.target as Node)) d.open = false;
    });
  });
}
