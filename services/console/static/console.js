// The board follows the desk: the stream says that something changed, the page fetches its changing part again.
const board = document.querySelector("[data-live]");
if (board) {
  let first = true;
  const refresh = async () => {
    // A person who is choosing or typing is not interrupted.
    if (board.contains(document.activeElement)) return;
    const answer = await fetch(board.dataset.live);
    if (answer.ok) board.innerHTML = await answer.text();
  };
  new EventSource("/console/changes").onmessage = () => { if (!first) refresh(); first = false; };
  setInterval(refresh, 30000);
}
