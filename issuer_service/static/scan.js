// Scanning a QR code live. A browser that knows QR codes reads the camera's pictures itself; for all others the site does.

const form = document.getElementById("check");
const button = form.querySelector("[data-scan]");
const video = form.querySelector("[data-video]");
const said = form.querySelector("[data-scan-says]");
const canvas = document.createElement("canvas");
const LONGEST_SIDE = 960; // of a picture that is sent; a badge's code has about 60 modules
const GIVE_UP_AFTER = 60_000;
let stream = null;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

function say(...names) {
  said.textContent = names.map((name) => said.dataset[name]).join(" ");
}

function stop() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.hidden = true;
  button.setAttribute("aria-pressed", "false");
}

async function hasCamera() {
  const devices = await navigator.mediaDevices?.enumerateDevices() ?? []; // over plain http there are none
  return devices.some((device) => device.kind === "videoinput");
}

// A browser may have the detector and no codes that it knows.
async function ownReader() {
  if (!("BarcodeDetector" in window)) return null;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return null;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async () => {
    const codes = await detector.detect(video);
    await pause(codes.length ? 0 : 200);
    return codes[0]?.rawValue;
  };
}

function still() {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
}

async function siteReader() {
  const body = new FormData();
  body.append("photo", await still(), "still.jpg");
  const answer = await fetch(form.dataset.codes, { method: "POST", body, headers: { Accept: "application/json" } });
  if (answer.ok) {
    const { code } = await answer.json();
    await pause(code ? 0 : 600);
    return code;
  }
  const seconds = Number(answer.headers.get("Retry-After")); // many scan at once: wait for one's turn
  if (!seconds) throw new Error(`status ${answer.status}`);
  await pause(1000 * seconds);
  return "";
}

async function look(own) {
  const mine = stream;
  const until = Date.now() + GIVE_UP_AFTER;
  let read = own ?? siteReader;
  say("hold", ...(own ? [] : ["sent"]));
  said.scrollIntoView({ block: "end" }); // what the camera sees stands above it
  while (stream === mine && Date.now() < until) {
    const code = await read().catch((error) => {
      if (read === siteReader) throw error;
      read = siteReader; // the detector is there and does not work
      say("hold", "sent");
    });
    if (stream !== mine) return; // stopped meanwhile
    if (code) {
      stop();
      say("found");
      document.getElementById("text").value = code;
      form.requestSubmit();
      return;
    }
  }
  if (stream !== mine) return;
  stop();
  say("none");
}

async function watch() {
  stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  video.srcObject = stream;
  video.hidden = false;
  button.setAttribute("aria-pressed", "true");
  await video.play();
  await look(await ownReader());
}

button.addEventListener("click", () => {
  if (stream) {
    stop();
    say();
    return;
  }
  watch().catch(() => { stop(); say("failed"); });
});
document.addEventListener("visibilitychange", () => { if (document.hidden && stream) { stop(); say(); } });
hasCamera().then((has) => { button.hidden = !has; }, () => {});
