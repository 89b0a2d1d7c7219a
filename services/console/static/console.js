// Who works on one event must see, and hear from a screen reader, that another one came in meanwhile.
const waits = document.querySelector("[data-waits]");
// A service that hangs answers nothing at all: after a while that is no answer either.
const ask = (address, seconds) => fetch(address, { signal: AbortSignal.timeout(seconds * 1000) }).catch(() => ({ ok: false }));
const listen = async () => {
  const answer = await ask("/console/waiting", 8);
  if (!answer.ok) document.dispatchEvent(new Event("unreached"));
  const words = answer.ok ? await answer.text() : "与服务的连接断开";
  if (waits.textContent !== words) waits.textContent = words;
};
setInterval(listen, 10000);
listen();

// The board follows the desk: the stream says that something changed, the page fetches its changing part again.
const board = document.querySelector("[data-live]");
if (board) {
  const notice = document.querySelector("[data-notice]");
  const lost = document.querySelector("[data-lost]");
  const title = document.title;
  let stale = false;
  // What waits shows in the tab too, for whoever has another window in front.
  const tell = () => {
    const { waiting, now } = board.querySelector("[data-waiting]").dataset;
    document.title = waiting === "0" ? title : `（${waiting}件待签收）${title}`;
    document.querySelector("[data-clock]").textContent = now;
  };
  // An old board that looks like a fresh one is worse than none.
  const alive = (reached) => {
    if (!reached && lost.hidden) lost.querySelector("[data-since]").textContent = board.querySelector("[data-now]").dataset.now;
    lost.hidden = reached;
  };
  // A person who is choosing or typing is not interrupted, but told; once he is done the board follows.
  const busy = () => board.contains(document.activeElement);
  const refresh = async () => {
    const answer = busy() ? null : await ask(board.dataset.live, 20);
    if (answer) alive(answer.ok);
    const text = answer && answer.ok ? await answer.text() : null;
    stale = busy();
    notice.hidden = !stale;
    if (text !== null && !stale) {
      const unfolded = board.querySelector("details")?.open;
      board.innerHTML = text;
      board.querySelector("details")?.toggleAttribute("open", unfolded);
      tell();
    }
  };
  document.addEventListener("unreached", () => alive(false));
  // A browser has six connections to one place: six boards that listen would leave none for the page that signs.
  // So one of them listens, and tells the others; when it goes the next one does.
  const marks = new BroadcastChannel("minqing-marks");
  const ASK = "?";
  const heard = (mark) => {
    alive(mark !== null);
    if (mark === null || mark === board.dataset.mark) return;
    board.dataset.mark = mark;
    refresh();
  };
  const follow = () => {
    let last = "";
    const pass = (mark) => {
      last = mark;
      heard(mark);
      marks.postMessage(mark);
    };
    marks.onmessage = ({ data }) => { if (data === ASK && last !== "") marks.postMessage(last); };
    const stream = new EventSource("/console/changes");
    stream.onmessage = ({ data }) => pass(data);
    stream.onerror = () => pass(null);
    return new Promise(() => {});
  };
  marks.onmessage = ({ data }) => { if (data !== ASK) heard(data); };
  marks.postMessage(ASK);
  if (navigator.locks) navigator.locks.request("minqing-marks", follow);
  else follow();
  board.addEventListener("focusout", () => setTimeout(() => { if (stale) refresh(); }));
  setInterval(() => { if (!busy()) refresh(); }, 30000);
  tell();
}

// Where a form has many buttons, Enter in a field must not press the first one.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.tagName === "INPUT" && event.target.closest("[data-many]")) event.preventDefault();
});

// What ends an alert or joins two asks once more: the buttons stand close together, and the night is long.
document.addEventListener("submit", (event) => {
  const { ask } = event.submitter?.dataset ?? {};
  if (ask && !confirm(ask)) event.preventDefault();
});

// What is refused need not be typed twice: it stays in this tab until the page after has been shown.
const KEPT = "minqing-typed";
const sameForm = (form) => `${form.getAttribute("action")} ${[...form.elements].map((e) => e.name)}`;
document.addEventListener("submit", ({ target }) => {
  sessionStorage.setItem(KEPT, JSON.stringify([sameForm(target), [...target.elements].map((e) => (e.type === "checkbox" ? e.checked : e.value))]));
});
const preset = (field) => field.options
  ? ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value
  : field.defaultValue;
const kept = JSON.parse(sessionStorage.getItem(KEPT));
sessionStorage.removeItem(KEPT);
if (kept && document.querySelector("[data-refused]")) {
  const [name, values] = kept;
  const form = [...document.forms].find((one) => sameForm(one) === name);
  if (form) values.forEach((value, at) => {
    const field = form.elements[at];
    if (field.type === "checkbox") field.checked = value;
    // What somebody quick has typed before this ran is newer.
    else if (field.type !== "hidden" && field.tagName !== "BUTTON" && field.value === (preset(field) ?? "")) field.value = value;
  });
}
