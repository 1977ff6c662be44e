// The check form: drop a file anywhere on the page, photos are made smaller before they are sent. Scanning: scan.js.
"use strict";

const form = document.getElementById("check");
const drop = form.querySelector("[data-drop]");
const chosen = form.querySelector("[data-chosen]");
function tell(name) {
  chosen.textContent = name ? chosen.dataset.words.replace("{name}", name) : "";
}

async function put(input, file, { photo }) {
  choose(input, photo ? await smaller(file) : file);
  tell(file.name);
  form.requestSubmit();
}

for (const input of form.querySelectorAll("input[type=file]")) {
  input.addEventListener("change", () => {
    const file = input.files[0];
    if (file) put(input, file, { photo: input.name === "photo" });
  });
}

drop.classList.add("live"); // all of it is a button, for a mouse; keyboards have the one inside
drop.addEventListener("click", (event) => {
  if (event.target === drop) document.getElementById("file").click();
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    const file = kind === "drop" ? event.dataTransfer.files[0] : null;
    const text = kind === "drop" && !file ? event.dataTransfer.getData("text") : "";
    if (file) put(document.getElementById("file"), file, { photo: false });
    if (text) {
      document.getElementById("text").value = text;
      form.requestSubmit();
    }
  });
}
