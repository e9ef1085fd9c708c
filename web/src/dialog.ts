// Dialogs open by a link to their id (:target) without script; with script they are modal.
export function openDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-dialog]");
    if (opener && opener.getAttribute("aria-disabled") !== "true") {
      const dialog = document.getElementById(opener.dataset.dialog ?? "");
      if (dialog instanceof HTMLDialogElement && typeof dialog.showModal === "function") {
        event.preventDefault();
        if (!dialog.open) dialog.showModal();
      }
      return;
    }
    const closer = target.closest("[data-close]");
    if (closer) {
      const dialog = closer.closest("dialog");
      if (dialog?.open) {
        event.preventDefault();
        dialog.close();
      }
      return;
    }
    // A click on the backdrop reaches the dialog element itself.
    if (target instanceof HTMLDialogElement && target.open) {
      const r = target.getBoundingClientRect();
      const inside = event.clientX >= r.left && event.clientX <= r.right && event.clientY >= r.top && event.clientY <= r.bottom;
      if (!inside) target.close();
    }
  });
  // A dialog whose form came back with errors is shown again by the server as data-open.
  document.querySelectorAll<HTMLDialogElement>("dialog[data-open]").forEach((d) => d.showModal?.());
}
