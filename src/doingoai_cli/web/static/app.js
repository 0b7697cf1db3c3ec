"use strict";
// Everything works without this file; with it files can be dropped, jobs move on by themselves, filters apply at once.
document.documentElement.classList.add("script");

for (const form of document.querySelectorAll("form[data-auto]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
for (const form of document.querySelectorAll("form[data-confirm]")) {
  form.addEventListener("submit", event => { if (!confirm(form.dataset.confirm)) event.preventDefault(); });
}

// A review that was typed and not saved is not lost by leaving the page.
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", event => { if (changed) event.preventDefault(); });
}

const job = document.querySelector("[data-job]");
if (job) {
  const bar = job.querySelector("progress"), text = job.querySelector("span");
  const look = async () => {
    try {
      const state = await (await fetch(job.dataset.job)).json();
      if (state.next) { location.replace(state.next); return; }
      if (state.total) {
        bar.max = state.total; bar.value = state.done;
        text.textContent = `${state.done} / ${state.total} tệp, ${state.rows} dòng, ${state.findings} vi phạm`;
      }
    } catch { text.textContent = "Chương trình không trả lời; có thể cửa sổ chạy nó đã đóng."; }
    setTimeout(look, 400);
  };
  look();
}

// Files and whole folders: what a folder is called may say the period, so its name goes along.
const drop = document.querySelector("form[data-drop]");
if (drop) {
  const send = async files => {
    const data = new FormData();
    for (const [file, path] of files) { data.append("tep", file); data.append("duong-dan", path); }
    drop.classList.add("over");
    const answer = await fetch(drop.action, {method: "POST", body: data, headers: {accept: "application/json"}});
    if (answer.ok) location.assign((await answer.json()).next);
    else { drop.classList.remove("over"); alert(await answer.text()); }
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
