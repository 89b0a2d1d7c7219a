// The board follows the desk: the stream says that something changed, the page fetches its changing part again.
const board = document.querySelector("[data-live]");
if (board) {
  const notice = document.querySelector("[data-notice]");
  let stale = false;
  // A person who is choosing or typing is not interrupted, but told; once he is done the board follows.
  const busy = () => board.contains(document.activeElement);
  const refresh = async () => {
    const answer = busy() ? null : await fetch(board.dataset.live);
    const text = answer && answer.ok ? await answer.text() : null;
    stale = busy();
    notice.hidden = !stale;
    if (text !== null && !stale) board.innerHTML = text;
  };
  new EventSource("/console/changes").onmessage = ({ data }) => {
    if (data === board.dataset.mark) return;
    board.dataset.mark = data;
    refresh();
  };
  board.addEventListener("focusout", () => setTimeout(() => { if (stale) refresh(); }));
  setInterval(() => { if (!busy()) refresh(); }, 30000);
}

// Where a form has many buttons, Enter in a field must not press the first one.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.tagName === "INPUT" && event.target.closest("[data-many]")) event.preventDefault();
});
