// Makes a page of figures live: when the server tells of a change, the parts that show figures are fetched anew.
// Without this script the page is whole, and stands as it was when it was loaded.
'use strict';
const place = document.getElementById('place');
if (place) follow();

function follow() {
  const pause = Number(place.dataset.wait) * 1000;
  const picturesPause = Math.max(pause, 5000);
  const state = document.getElementById('state');
  let failures = 0;
  let waiting = false;
  let pictured = Date.now();

  function say(word, shown) {
    state.textContent = word;
    state.className = shown;
  }

  async function refresh() {
    waiting = false;
    const answer = await fetch(location.href, { credentials: 'same-origin' }).catch(() => null);
    if (!answer) return;
    // The session has ended: the page that came instead is the sign-in.
    if (answer.redirected) { location.reload(); return; }
    if (!answer.ok) return;
    const anew = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of document.querySelectorAll('[data-live]')) {
      const next = anew.getElementById(part.id);
      // What somebody is using right now by keyboard stays under their fingers.
      if (next && next.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) part.replaceChildren(...next.childNodes);
    }
    place.dataset.refreshed = String(Number(place.dataset.refreshed || 0) + 1);
    if (Date.now() - pictured > picturesPause) redraw();
  }

  // A picture stays until its successor is there.
  function redraw() {
    pictured = Date.now();
    for (const source of document.querySelectorAll('picture source')) source.srcset = fresh(source.srcset);
    for (const image of document.querySelectorAll('picture img')) image.src = fresh(image.src);
  }

  function fresh(address) {
    return address.split('&t=')[0] + '&t=' + pictured;
  }

  function listen() {
    const stream = new EventSource('/api/v1/live?node=' + encodeURIComponent(place.dataset.node));
    stream.onopen = () => {
      failures = 0;
      say(place.dataset.on, 'on');
    };
    stream.onerror = () => {
      say(place.dataset.off, 'off');
      // The browser goes on by itself after a line that broke, and never after an answer such as 401 or 502.
      if (stream.readyState === EventSource.CLOSED) setTimeout(again, Math.min(3000 * 2 ** failures++, 60000));
    };
    stream.addEventListener('figures', () => {
      document.body.dataset.ready = 'true';
      if (waiting) return;
      waiting = true;
      setTimeout(refresh, pause);
    });
  }

  // The page tells what the stream cannot: whether the session has ended.
  async function again() {
    await refresh().catch(() => null);
    listen();
  }

  listen();
}

// A page of how things stand now is fetched anew every so many seconds while somebody looks at it.
const standing = document.getElementById('standing');
if (standing) setInterval(stand, Number(standing.dataset.again) * 1000);

async function stand() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { credentials: 'same-origin' }).catch(() => null);
  if (!answer) return;
  if (answer.redirected) { location.reload(); return; }
  if (!answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('standing');
  if (!next || standing.contains(document.activeElement)) return;
  // A wide table stays where the reader moved it.
  const moved = standing.querySelector('.scroll').scrollLeft;
  standing.replaceChildren(...next.childNodes);
  standing.querySelector('.scroll').scrollLeft = moved;
}

// A comment tells how much room is left, and a form that must be sent once is sent once. Without this script both still hold: the
// field ends by itself, and the service knows a repeated rating.
for (const field of document.querySelectorAll('[data-count]')) {
  const count = document.getElementById(field.dataset.count);
  const tell = () => { count.textContent = field.value.length + ' / ' + count.dataset.of; };
  field.addEventListener('input', tell);
  tell();
}
for (const form of document.querySelectorAll('form[data-once]')) {
  const button = form.querySelector('button[type=submit]');
  form.addEventListener('submit', () => { button.disabled = true; });
  // Whoever comes back finds the form as it was.
  addEventListener('pageshow', () => { button.disabled = false; });
}
