"use strict";
// Everything works without this file; with it files can be dropped, jobs move on by themselves, filters apply at once.
document.documentElement.classList.add("script");

// What goes wrong is said on the page, where a screen reader reads it out.
const say = text => {
  let region = document.querySelector("#failed");
  if (!region) {
    region = document.createElement("section");
    region.id = "failed"; region.className = "said bad"; region.setAttribute("role", "alert");
    document.getElementById("main").prepend(region);
  }
  region.textContent = text;
  region.scrollIntoView({block: "nearest"});
};
const SILENT = "Chương trình không trả lời; có thể cửa sổ chạy nó đã đóng. Mở lại chương trình rồi làm lại việc này.";
const RESTARTED = "Chương trình đã được đóng và mở lại, việc này không còn chạy. Mở trang bằng địa chỉ mới mà " +
  "chương trình in ra để xem đã làm đến đâu: sổ và tệp chưa xong thì vẫn như trước.";

// A filter is applied as it is chosen; whoever chooses by keyboard goes on from where he was.
const CHOSEN = "chosen:" + location.pathname;
for (const form of document.querySelectorAll("form[data-auto]")) {
  form.addEventListener("change", event => {
    sessionStorage.setItem(CHOSEN, event.target.name);
    form.requestSubmit();
  });
  const chosen = sessionStorage.getItem(CHOSEN);
  if (chosen && form.elements[chosen]) form.elements[chosen].focus();
}
sessionStorage.removeItem(CHOSEN);

// A second click on a button asks for nothing twice; a page that the back button brings again may ask anew.
let sent = null;
document.addEventListener("submit", event => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (sent === event.target) { event.preventDefault(); return; }
  sent = event.target;
  setTimeout(() => { sent = null; }, 5000);  // where it was stopped on the way, it can be asked for again
});
addEventListener("pageshow", () => { sent = null; });
for (const form of document.querySelectorAll("form[data-confirm]")) {
  form.addEventListener("submit", event => { if (!confirm(form.dataset.confirm)) event.preventDefault(); });
}

// A review that was typed and not saved is not lost by leaving the page.
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let changed = form.dataset.unsaved !== "";
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", event => { if (changed) event.preventDefault(); });
}

// The year that a kind of report asks for: the plan's, or that of the results.
const kinds = document.querySelector("select[name=loai]");
if (kinds) {
  const year = kinds.form.elements.nam;
  let typed = false;
  year.addEventListener("input", () => { typed = true; });
  kinds.addEventListener("change", () => { if (!typed) year.value = kinds.selectedOptions[0].dataset.year; });
}

const job = document.querySelector("[data-job]");
if (job) {
  const bar = job.querySelector("progress"), text = job.querySelector("span");
  const look = async () => {
    try {
      const answer = await fetch(job.dataset.job);
      if (!answer.ok) { text.textContent = RESTARTED; return; }
      const state = await answer.json();
      if (state.next) { location.replace(job.dataset.next || state.next); return; }
      if (state.total) {
        bar.max = state.total; bar.value = state.done;
        text.textContent = `${state.done} / ${state.total} tệp, ${state.rows} dòng, ${state.findings} vi phạm`;
      }
    } catch { text.textContent = SILENT; }
    setTimeout(look, 400);
  };
  look();
}

// Files and whole folders: what a folder is called may say the period, so its name goes along.
const drop = document.querySelector("form[data-drop]");
if (drop) {
  const sending = document.getElementById("sending");
  const send = async files => {
    const data = new FormData();
    for (const [file, path] of files) { data.append("tep", file); data.append("duong-dan", path); }
    drop.classList.add("over");
    sending.textContent = `Đang gửi ${files.length} tệp…`;
    try {
      const answer = await fetch(drop.action, {method: "POST", body: data, headers: {accept: "application/json"}});
      if (answer.ok) { location.assign((await answer.json()).next); return; }
      say(await answer.text());
    } catch { say(SILENT); }
    drop.classList.remove("over");
    sending.textContent = "";
    drop.reset();  // so that the same files can be chosen again
  };
  const walk = async (entry, path) => {
    if (entry.isFile) return [[await new Promise((good, bad) => entry.file(good, bad)), path + entry.name]];
    const reader = entry.createReader(), found = [];
    for (;;) {  // a reader gives a hundred entries at a time
      const some = await new Promise((good, bad) => reader.readEntries(good, bad));
      if (!some.length) return found;
      for (const item of some) found.push(...await walk(item, `${path}${entry.name}/`));
    }
  };
  drop.querySelector("[name=tep]").addEventListener("change", event =>
    send([...event.target.files].map(file => [file, file.name])));
  drop.querySelector("[data-folder]").addEventListener("change", event =>
    send([...event.target.files].map(file => [file, file.webkitRelativePath || file.name])));
  addEventListener("dragover", event => { event.preventDefault(); drop.classList.add("over"); });
  addEventListener("dragleave", event => { if (!event.relatedTarget) drop.classList.remove("over"); });
  addEventListener("drop", async event => {
    event.preventDefault();
    const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry()).filter(Boolean);
    const files = entries.length
      ? (await Promise.all(entries.map(entry => walk(entry, "")))).flat()
      : [...event.dataTransfer.files].map(file => [file, file.name]);
    if (files.length) await send(files);
  });
}
const said = document.getElementById("said");
if (said) said.focus();
