// The check form: drop a file anywhere on the page, shrink large photos before they are sent, scan live where the browser can.
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

const scan = form.querySelector("[data-scan]");
const video = form.querySelector("[data-video]");
let stream = null;

// A browser may have the detector and no codes that it knows; then the camera button of the form is the way.
async function canScan() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

function stop() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.hidden = true;
  scan.setAttribute("aria-pressed", "false");
}

async function watch() {
  stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  video.srcObject = stream;
  video.hidden = false;
  scan.setAttribute("aria-pressed", "true");
  await video.play();
  const look = async () => {
    if (!stream) return;
    const [code] = await detector.detect(video).catch(() => []);
    if (!code) { setTimeout(look, 200); return; }
    stop();
    document.getElementById("text").value = code.rawValue;
    form.requestSubmit();
  };
  look();
}

canScan().catch(() => false).then((can) => {
  if (!can) return;
  scan.hidden = false;
  scan.addEventListener("click", () => {
    if (stream) { stop(); return; }
    watch().catch(() => { stop(); scan.hidden = true; });
  });
});
