// Shows the figures that the server sends, and draws the chart anew at most every five seconds.
'use strict';
const words = document.body.dataset;
const language = document.documentElement.lang;
// One decimal, and more where one would round a blemish away: 100.0 % is every single one, and 0.0 % none.
const percent = value => {
  const decimals = [1, 2, 3, 4, 5].find(some => !(value > 1e-9 && value < 1 - 1e-9) || ![0, 100].includes(Number((value * 100).toFixed(some)))) ?? 6;
  return (value * 100).toFixed(decimals) + ' %';
};
const number = value => value.toLocaleString(language);

function show(id, label, rate, of, none) {
  const card = document.getElementById(id);
  if (label) card.querySelector('time').textContent = label;
  card.querySelector('.rate').textContent = rate.value === null ? '–' : percent(rate.value);
  card.querySelector('.of').textContent = rate.value === null ? none : of.replace('{0}', number(rate.denominator));
  const interval = card.querySelector('.interval');
  if (interval)
    interval.textContent = rate.low === null ? '' : `${words.interval} ${percent(rate.low)} – ${percent(rate.high)}`;
}

let drawn = 0;
let waiting = false;
function draw() {
  const wait = drawn + 5000 - Date.now();
  if (wait > 0) {
    if (!waiting) { waiting = true; setTimeout(draw, wait); }
    return;
  }
  waiting = false;
  drawn = Date.now();
  const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const next = new Image();
  const shown = document.getElementById('trend');
  next.onload = () => { shown.src = next.src; };
  next.src = `/district/trend.png?width=${shown.clientWidth}&lang=${language.startsWith('zh') ? 'zh' : 'en'}&theme=${theme}&t=${drawn}`;
}

const state = document.getElementById('state');
let failures = 0;
function listen() {
  const stream = new EventSource('/district/live');
  stream.onopen = () => { failures = 0; state.textContent = words.live; state.className = 'on'; };
  stream.onerror = () => {
    state.textContent = words.reconnecting;
    state.className = 'off';
    // The browser goes on by itself after a line that broke, and never after an answer such as 502 or 503.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, Math.min(3000 * 2 ** failures++, 60000));
  };
  stream.addEventListener('figures', figures);
}

function figures(event) {
  const { today, month } = JSON.parse(event.data);
  show('today', today.period, today.rate, words.of, words.undefined);
  show('month', month.period, month.rate, words.of, words.undefined);
  const mean = document.getElementById('mean');
  mean.querySelector('.rate').textContent = month.mean.value === null ? '–' : month.mean.value.toFixed(1);
  mean.querySelector('.of').textContent = month.mean.value === null ? words.undefined : month.mean.scale;
  document.body.dataset.ready = 'true';
  draw();
}

listen();
