// The note about what was done stays until closed, or leaves by itself after a while when it has no
// link and the reader does not hold the pointer or focus on it.
export function closeToasts(): void {
  document.addEventListener("click", (event) => {
    (event.target as Element).closest(".toast [data-close-toast]")?.closest(".toast")?.remove();
  });
  const toast = document.querySelector<HTMLElement>(".toast.float");
  if (!toast || toast.querySelector("a") || toast.classList.contains("late")) return;
  const leave = () => {
    if (toast.matches(":hover, :focus-within")) window.setTimeout(leave, 4000);
    else toast.remove();
  };
  window.setTimeout(leave, 10000);
}
