// Small helps for staff who have JavaScript: live preview, time left, numbers on buttons. Every page works without them.
"use strict";

const live = document.querySelector("form[data-live]");
if (live) {
  let timer = 0;
  let asked = 0;
  const refresh = async () => {
    const data = new FormData(live);
    data.delete("image");
    data.set("do", "preview");
    const mine = ++asked;
    try {
      const answer = await fetch(location.href, { method: "POST", body: data });
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("preview");
      if (found && mine === asked) {
        document.getElementById("preview").replaceWith(document.adoptNode(found));
        showChosen();
      }
    } catch { /* the button "Preview" is there */ }
  };
  const showChosen = () => {
    const file = live.querySelector("[name=image]").files[0];
    const upload = live.querySelector("[name=picture][value=upload]").checked;
    if (!file || !upload || !/^image\/(png|jpeg)$/.test(file.type)) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => { document.querySelector("#preview img").src = reader.result; });
    reader.readAsDataURL(file);
  };
  live.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 600);
  });
  let dirty = false;
  live.addEventListener("change", () => { dirty = true; });
  live.addEventListener("submit", () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}

for (const place of document.querySelectorAll("[data-until]")) {
  const until = Date.parse(place.dataset.until);
  const tell = () => {
    const left = Math.ceil((until - Date.now()) / 60000);
    if (left <= 0) { location.reload(); return; }
    place.textContent = place.dataset.words.replace("{minutes}", left);
    setTimeout(tell, Math.min(30000, Math.max(1500, until - Date.now() + 1500)));
  };
  if (until > Date.now()) tell();
}

for (const form of document.querySelectorAll("form[data-ticks]")) {
  const button = form.querySelector("[data-count]");
  if (!button) continue;
  const before = button.textContent;
  const count = () => {
    const number = form.querySelectorAll("[name=award]:checked").length;
    button.textContent = number ? button.dataset.count.replace("{count}", number) : before;
    button.disabled = !number;
  };
  form.addEventListener("change", count);
  count();
}

for (const field of document.querySelectorAll(".once input")) {
  field.addEventListener("focus", () => field.select());
}
