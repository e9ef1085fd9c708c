// The button that prints the page. What is printed of it is said by print.css.
export function printButtons(root: ParentNode): void {
  root.querySelectorAll<HTMLButtonElement>("button[data-print]").forEach((button) => {
    button.hidden = false;
    button.onclick = () => window.print();
  });
}
