// Small helps for those who have JavaScript: copy, print, share, small photos. Every page works without them.
"use strict";

function show(element) {
  element.hidden = false;
}

// A photo straight from a telephone is larger than what a slow line, or the site, takes.
const LONGEST_SIDE = 1600;
const SMALL_ENOUGH = 1_500_000;

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.type === "image/svg+xml" || file.size < SMALL_ENOUGH) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const drawn = (type) => new Promise((done) => canvas.toBlob(done, type, 0.85));
    let blob = await drawn(file.type === "image/png" ? "image/png" : "image/jpeg"); // a PNG may be seen through
    if (blob.size >= SMALL_ENOUGH) blob = await drawn("image/jpeg");
    return new File([blob], blob.type === "image/png" ? "photo.png" : "photo.jpg", { type: blob.type });
  } catch { return file; /* the site says what is wrong with it */ }
}

function choose(input, file) {
  const holder = new DataTransfer();
  holder.items.add(file);
  input.files = holder.files;
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  show(button);
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    const before = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = before; }, 2000);
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  show(button);
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  show(button);
  button.addEventListener("click", () => {
    navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => {});
  });
}
