// Examines the open page as it is laid out at this width and answers what is wrong with it. Read by
// TestPages; nothing of it is served.
async (width) => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const faults = [];
  const all = (q, root = document) => [...root.querySelectorAll(q)];
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getBoundingClientRect().width > 1;
  const name = (e) => e.tagName.toLowerCase() + (e.className && e.className.baseVal === undefined ? "." + e.className.trim().replace(/\s+/g, ".") : "") + "“" + (e.innerText || e.value || e.getAttribute("aria-label") || e.name || "").trim().slice(0, 24) + "”";
  const fault = (what, list) => {
    if (list.length) faults.push(what + "：" + list.slice(0, 5).map((e) => (typeof e === "string" ? e : name(e))).join("；") + (list.length > 5 ? " 等 " + list.length + " 处" : ""));
  };

  // The page as a whole.
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over > 0) {
    const edge = document.documentElement.clientWidth + 1;
    fault("比屏幕宽 " + over + " 像素", all("body *").filter((e) => shown(e) && e.getBoundingClientRect().right > edge).slice(-3));
  }
  if (document.documentElement.lang !== "zh-CN") faults.push("语言是 " + document.documentElement.lang);
  if (!document.title.trim()) faults.push("没有标题");
  const h1 = all("h1").filter(shown);
  if (h1.length !== 1) faults.push("大标题有 " + h1.length + " 个：" + h1.map((e) => e.innerText).join("；"));
  if (all("main").length !== 1) faults.push("正文区有 " + all("main").length + " 个");
  const first = all("a[href], button, input, select, textarea, summary, [tabindex]").find((e) => e.tabIndex >= 0);
  if (!first || first.getAttribute("href") !== "#main" || !document.getElementById("main")) faults.push("第一个能聚焦的不是“跳到正文”");
  const ids = all("[id]").map((e) => e.id);
  fault("编号重复", [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))]);

  // What was fetched and did not come.
  fault("没有取到", performance.getEntriesByType("resource").filter((r) => r.responseStatus >= 400).map((r) => r.responseStatus + " " + r.name));
  fault("图没有显示", all("img").filter((i) => i.complete && i.naturalWidth === 0 && i.loading !== "lazy").map((i) => i.getAttribute("src")));

  // Words in buttons, badges and the like are whole.
  const small = all(".btn, .tag, .chip, .due, .seg span, .tabs a, .bottombar a, .side a, .stat .v, summary, .n").filter(shown);
  const words = (e) => {
    const box = { left: 1e6, right: -1e6, top: 1e6, bottom: -1e6, width: 0 };
    const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT, (n) => (n.data.trim() && n.parentElement.checkVisibility() && !n.parentElement.closest(".vh") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT));
    const range = document.createRange();
    while (texts.nextNode()) {
      range.selectNodeContents(texts.currentNode);
      const r = range.getBoundingClientRect();
      if (!r.width) continue;
      Object.assign(box, { left: Math.min(box.left, r.left), right: Math.max(box.right, r.right), top: Math.min(box.top, r.top), bottom: Math.max(box.bottom, r.bottom) });
    }
    box.width = Math.max(0, box.right - box.left);
    return box;
  };
  fault("字被切掉或者伸出框外", small.filter((e) => {
    const box = e.getBoundingClientRect(), text = words(e);
    return text.width > 0 && (text.left < box.left - 1.5 || text.right > box.right + 1.5 || text.top < box.top - 3 || text.bottom > box.bottom + 3);
  }));
  fault("单元格里的字伸进了邻格", all(".tbl td, .tbl th").filter(shown).filter((e) => words(e).width && words(e).right > e.getBoundingClientRect().right + 1.5));

  // Nothing lies on something else. What sticks or floats does so on purpose.
  const floats = (e) => {
    for (let p = e; p; p = p.parentElement) if (["fixed", "sticky"].includes(getComputedStyle(p).position)) return true;
    return false;
  };
  const solid = all("main .btn, main .tag, main .input, main .seg, main .check, main .due, main .stat, main h1, main h2").filter((e) => shown(e) && !floats(e)).map((e) => [e, e.getBoundingClientRect()]);
  const laid = [];
  solid.forEach(([a, r], i) => {
    for (const [b, s] of solid.slice(i + 1)) {
      if (Math.min(r.right, s.right) - Math.max(r.left, s.left) > 2 && Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top) > 2 && !a.contains(b) && !b.contains(a)) laid.push(name(a) + " 压着 " + name(b));
    }
  });
  fault("叠在一起", laid);

  // A table that a desk's screen cannot hold is scrolled sideways, which nobody sees.
  if (width > 1000) fault("表比框宽，要横向滚动", all(".tbl-wrap").filter((e) => shown(e) && e.scrollWidth > e.clientWidth + 1).map((e) => e.getAttribute("aria-label") + " 宽出 " + (e.scrollWidth - e.clientWidth)));
  // A finger needs 44 pixels.
  if (width < 400) fault("手指按不准（不足 44 像素高）", all(".btn, .input, .seg span, .bottombar a, .tabs a, .side a, .menu-btn, .who-menu > summary, label.check").filter((e) => shown(e) && e.getBoundingClientRect().height < 43.5));

  // Every control has a name of its own, and shows that it has the focus.
  const controls = all("input:not([type=hidden]), select, textarea").filter((e) => e.checkVisibility());
  fault("没有名称的输入项", controls.filter((e) => !e.labels?.length && !e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby")));
  if (width > 1000) {
    const before = [scrollX, scrollY, document.activeElement];
    const dim = [];
    for (const e of all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']").filter((e) => e.checkVisibility() && !e.disabled).slice(0, 150)) {
      e.focus({ preventScroll: true, focusVisible: true });
      if (document.activeElement !== e) continue;
      const rings = [e, e.nextElementSibling, e.parentElement].filter(Boolean).map((x) => getComputedStyle(x));
      if (!rings.some((s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2)) dim.push(e);
    }
    fault("得到焦点看不出来", dim);
    document.activeElement?.blur?.();
    before[2]?.focus?.({ preventScroll: true });
    scrollTo(before[0], before[1]);
  }
  return { title: document.title, status: performance.getEntriesByType("navigation")[0].responseStatus, faults };
}
