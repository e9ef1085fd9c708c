// Fills longitude and latitude from the device, on request only.
export function locateButtons(root: ParentNode): void {
  root.querySelectorAll<HTMLButtonElement>("button[data-locate]").forEach((button) => {
    if (button.dataset.ready !== undefined) return;
    button.dataset.ready = "";
    const form = button.closest("form");
    const [latName, lngName] = (button.dataset.locate ?? "").split(" ");
    const state = button.parentElement?.querySelector<HTMLElement>("[data-locate-state]");
    if (!form || !state) return;
    if (!("geolocation" in navigator)) {
      state.textContent = "本机不能定位，请手工填写地点";
      return;
    }
    button.hidden = false;
    button.addEventListener("click", () => {
      state.textContent = "正在定位…";
      navigator.geolocation.getCurrentPosition(
        (at) => {
          fill(form, latName, at.coords.latitude);
          fill(form, lngName, at.coords.longitude);
          state.textContent = `已定位，误差约 ${Math.round(at.coords.accuracy)} 米`;
        },
        () => {
          state.textContent = "没有定到位置，请打开定位权限，或者手工填写地点";
        },
        { enableHighAccuracy: true, timeout: 10000, maximumAge: 30000 },
      );
    });
  });
}

function fill(form: HTMLFormElement, name: string, value: number): void {
  const input = form.elements.namedItem(name);
  if (input instanceof HTMLInputElement) {
    input.value = value.toFixed(6);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
