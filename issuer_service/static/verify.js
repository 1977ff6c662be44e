// The check form: drop a file anywhere on the page, shrink large photos before they are sent. Scanning: scan.js.
"use strict";

const form = document.getElementById("check");
const drop = form.querySelector("[data-drop]");
const chosen = form.querySelector("[data-chosen]");
const LONGEST_SIDE = 1600;
const SMALL_ENOUGH = 1_500_000;

function tell(name) {
  chosen.textContent = name ? chosen.dataset.words.replace("{name}", name) : "";
}

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.type === "image/svg+xml" || file.size < SMALL_ENOUGH) return file;
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
}

async function put(input, file, { photo }) {
  const holder = new DataTransfer();
  holder.items.add(photo ? await smaller(file).catch(() => file) : file);
  input.files = holder.files;
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
