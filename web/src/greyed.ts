// A greyed button keeps its focus and its reasons, but does nothing.
export function refuseGreyed(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest('[aria-disabled="true"]');
    if (!button) return;
    event.preventDefault();
    const why = button.parentElement?.querySelector<HTMLDetailsElement>("details.why");
    if (why) why.open = true;
  });
}
