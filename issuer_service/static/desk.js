// Small helps for staff who have JavaScript: live preview, time left, numbers on buttons. Every page works without them.
"use strict";

const live = document.querySelector("form[data-live]");
if (live) {
  let timer = 0;
  let asked = 0;
  const ask = async (parts, pressed) => {
    const data = new FormData(live);
    data.delete("image");
    if (pressed) data.set(pressed.name, pressed.value); else data.set("do", "preview");
    const mine = ++asked;
    try {
      const answer = await fetch(location.href, { method: "POST", body: data });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asked) return false;
      for (const id of parts) {
        const found = page.getElementById(id);
        if (found) document.getElementById(id)?.replaceWith(document.adoptNode(found));
      }
      showChosen();
      return true;
    } catch { return false; /* the buttons work without this */ }
  };
  const refresh = () => ask(["preview", "found"]);
  live.addEventListener("click", async (event) => {
    const pressed = event.target.closest("button[name=add], button[name=remove], button[name=search]");
    if (!pressed) return;
    event.preventDefault();
    clearTimeout(timer);
    if (!await ask(pressed.name === "search" ? ["found"] : ["skills", "preview"], pressed)) return;
    const added = live.querySelector(".picked li:last-child :is(select, button)");
    (pressed.name === "add" && added ? added : live.querySelector("#f-find")).focus();
  });
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

for (const input of document.querySelectorAll("input[type=file][name=image]")) {
  input.addEventListener("change", async () => {
    const file = input.files[0];
    const small = file && await smaller(file);
    if (small !== file && input.files[0] === file) choose(input, small);
  });
}

// A form that takes a while is sent once, however often its button is pressed.
for (const form of document.querySelectorAll("form[data-busy]")) {
  let again = () => {};
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) { event.preventDefault(); return; }
    const button = event.submitter;
    const words = button?.textContent;
    sent = true;
    if (button) button.textContent = form.dataset.busy;
    again = () => { sent = false; if (button) button.textContent = words; };
    setTimeout(again, 20000); // it was stopped, or never came
  });
  window.addEventListener("pageshow", () => again()); // back from where it led
}

// What changes by itself (how long there is to undo, how far signing is) is looked at again in place: nothing moves, the
// focus stays, and, unlike a reload, it can never get in the way of somebody who is just leaving the page.
const lookAgain = async () => {
  try {
    const answer = await fetch(location.href);
    if (answer.redirected) { location.reload(); return; } // signed out meanwhile: the page says so
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [before, after] = [document, page].map((one) => one.querySelector("[data-progress]"));
    if (!answer.ok) throw new Error(answer.statusText);
    if (before && after) {
      before.replaceChildren(...document.adoptNode(after).childNodes);
    } else {
      const main = document.getElementById("main");
      const held = main.contains(document.activeElement);
      main.replaceChildren(...document.adoptNode(page.getElementById("main")).childNodes);
      document.title = page.title;
      if (held) main.focus();
    }
    follow();
  } catch { setTimeout(lookAgain, 2000); }
};
const follow = () => {
  if (document.querySelector("[data-progress]")) { setTimeout(lookAgain, 2000); return; }
  const place = document.querySelector("[data-until]");
  if (!place) return;
  const until = Date.parse(place.dataset.until);
  const tell = () => {
    if (!place.isConnected) return;
    const left = Math.ceil((until - Date.now()) / 60000);
    if (left <= 0) { lookAgain(); return; }
    place.textContent = place.dataset.words.replace("{minutes}", left);
    setTimeout(tell, Math.min(30000, Math.max(1500, until - Date.now() + 1500)));
  };
  if (until > Date.now()) tell();
};
follow();

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
