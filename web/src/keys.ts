// "/" goes to the global search, as the key shown in the box says; not while somebody is typing.
export function focusSearch(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = event.target as HTMLElement;
    if (at.closest("input, textarea, select, [contenteditable]")) return;
    const box = document.getElementById("omni");
    if (box) {
      event.preventDefault();
      box.focus();
    }
  });
}
