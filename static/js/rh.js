// ReferralHub's behaviours: one file, no framework, no eval. Every page works without it.
// Markup asks for a behaviour by attribute: data-key, data-open, data-drop, data-accept, data-auto, data-js ...

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const on = (types, act) => types.split(' ').forEach((type) => document.addEventListener(type, act));

// ---------------------------------------------------------------- single keys
// Off while typing, while a dialog is open, and for people who switched them off (WCAG 2.1.4).
const KEYS_OFF = 'rh-keys-off';
const TYPED_INTO = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]';
const isShortcut = (e) =>
  !(e.metaKey || e.ctrlKey || e.altKey || e.isComposing) &&
  !e.target.closest?.(TYPED_INTO) && !$('dialog[open]') && !localStorage.getItem(KEYS_OFF);

let first = ''; // of a pair such as "g w"
on('keydown', (e) => {
  if (!isShortcut(e)) return;
  if (moveByKey(e)) return e.preventDefault();
  const keys = [`${first} ${e.key}`.trim().toLowerCase(), e.key.toLowerCase()];
  const within = $(':popover-open') ?? document; // what lies behind an open sheet is not meant
  const target = keys.map((key) => $$('[data-key]', within).find((el) => el.dataset.key === key)).find(Boolean);
  first = !target && e.key === 'g' ? 'g' : '';
  if (!target) return;
  e.preventDefault();
  target.matches(TYPED_INTO) ? target.focus() : target.click();
});

on('change', (e) => {
  if (!e.target.matches('[data-keys-switch]')) return;
  e.target.checked ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, '1');
});

// ---------------------------------------------------------------- lists: J/K or arrows move, X selects, Enter opens
const rows = () => $$('.dg tbody tr.row');
const focusedRow = () => document.activeElement?.closest('tr.row');

function moveByKey(e) {
  const row = focusedRow();
  if (e.key === 'j' || (row && e.key === 'ArrowDown')) return move(1);
  if (e.key === 'k' || (row && e.key === 'ArrowUp')) return move(-1);
  if (e.key === 'Escape') return !document.querySelector(':popover-open') && closeDrawer();
  if (!row || e.target !== row) return e.key === 'x' && row && toggle(row);
  if (e.key === 'x') return toggle(row);
  if (e.key === 'Enter') return ($('a.a', row)?.click(), true);
  if (e.key === ' ') return peek(row);
}

function move(by) {
  const all = rows();
  if (!all.length) return false;
  const at = Math.max(0, all.findIndex((row) => row.tabIndex === 0));
  const next = all[Math.max(0, Math.min(all.length - 1, focusedRow() ? at + by : at))];
  all.forEach((row) => { row.tabIndex = row === next ? 0 : -1; row.classList.toggle('is-current', row === next); });
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
  return peek(next);
}

// hx-trigger="rh:peek delay:120ms" on the row loads the drawer.
const peek = (row) => (row.dispatchEvent(new CustomEvent('rh:peek', { bubbles: true })), true);
const toggle = (row) => ($('input[type=checkbox]', row)?.click(), true);

function closeDrawer() {
  const drawer = $('#drawer');
  if (!drawer) return false;
  drawer.closest('.split')?.classList.remove('has-drawer');
  drawer.remove();
  rows().find((row) => row.tabIndex === 0)?.focus();
  return true;
}

on('change', (e) => {
  const grid = e.target.closest('.gridwrap');
  if (!grid || !e.target.matches('[name=ref], [data-select-all]')) return;
  const boxes = $$('tbody [name=ref]', grid);
  if (e.target.matches('[data-select-all]')) boxes.forEach((box) => { box.checked = e.target.checked; });
  boxes.forEach((box) => box.closest('tr').toggleAttribute('data-selected', box.checked));
  const count = $('[data-selected-count]', grid);
  if (count) count.textContent = `${boxes.filter((box) => box.checked).length} selected`;
});

// ---------------------------------------------------------------- clicks that ask for something
on('click', (e) => {
  const hit = (selector) => e.target.closest?.(selector);
  const opener = hit('[data-open]');
  const dialog = opener && document.getElementById(opener.dataset.open);
  if (dialog) { e.preventDefault(); dialog.showModal(); }
  if (hit('[data-close-drawer]') && closeDrawer()) e.preventDefault();
  if (hit('[data-print]')) print();
  hit('[data-dismiss]')?.closest('.toast')?.remove();
  if (hit('[data-clear-selection]')) $$('tbody [name=ref]:checked').forEach((box) => box.click());
  const box = hit('.hl');
  if (box) document.getElementById(box.dataset.for)?.focus();
  const tool = hit('[data-page-tool]');
  if (tool) changePage($('.fax__page'), tool.dataset.pageTool);
  const link = hit('[data-page-link]');
  if (link) { e.preventDefault(); pageLink(link.dataset.pageLink)?.click(); }
});

on('change', (e) => { if (e.target.matches('[data-submit]')) e.target.form.requestSubmit(); });

// A second click while the first is on its way sends nothing; the server would refuse it anyway.
on('submit', (e) => {
  const form = e.target;
  if (e.defaultPrevented || form.method === 'dialog') return;
  if (form.dataset.sent) return e.preventDefault();
  form.dataset.sent = '1';
  e.submitter?.setAttribute('aria-busy', 'true');
  setTimeout(() => release(form), 4000); // a download leaves the page where it is
});
function release(form) {
  delete form.dataset.sent;
  $$('[aria-busy=true]', form).forEach((button) => button.removeAttribute('aria-busy'));
}
addEventListener('pageshow', () => $$('form[data-sent]').forEach(release));

// ---------------------------------------------------------------- fax review
// The focused field shows its page and lights its box; Enter confirms a doubtful field and goes to the next one.
const pageLink = (number) => $(`.fax__pages a[data-page="${number}"]`);
on('focusin', (e) => {
  if (!e.target.id?.startsWith('f-')) return;
  const link = pageLink(e.target.closest('.xf')?.dataset.page);
  if (link?.matches('[hx-get]:not([aria-current])')) link.click(); // its box lights up when the page is there
  lightBox(e.target);
});
function lightBox(field) {
  $$('.hl').forEach((box) => box.classList.toggle('on', box.dataset.for === field.id));
  $('.hl.on')?.scrollIntoView({ block: 'nearest' });
}
on('htmx:afterSettle', (e) => e.detail.target.matches('.fax__view') && lightBox(document.activeElement));

const unchecked = () => $$('.xf .conf input:not(:checked)').map((box) => $('.input', box.closest('.xf')));
on('keydown', (e) => {
  const form = $('form[data-accept]');
  if (!form || e.isComposing || $('dialog[open]')) return;
  if (e.key === 'Tab' && !e.shiftKey && tabToNext(e.target)) return e.preventDefault();
  if (e.key !== 'Enter') return;
  const sheet = e.target.closest('[popover]'), here = e.target.form === form && e.target.matches('input, .xf textarea');
  if (e.ctrlKey || e.metaKey) (sheet ? $('.primary', sheet) : $('[data-accept-next]', form)).click();
  else if (!here || e.shiftKey) return;
  else if (sheet) $('.primary', sheet).click();
  else if (e.target.matches('.xf .input')) confirmField(e.target.closest('.xf'));
  e.preventDefault(); // a stray Enter must not accept the fax
});
function confirmField(field) {
  const check = $('.conf input', field);
  if (check && !check.checked) check.click();
  (unchecked()[0] ?? $('.fax__foot .primary'))?.focus();
}
// From the page itself or from a doubtful field, Tab goes to the next doubtful one; then on as ever.
function tabToNext(from) {
  const here = from.closest?.('.xf');
  if (here ? !from.matches('.input') || !$('.conf input', here) : from.closest?.('form, .bar, [popover]')) return false;
  const next = unchecked().find((field) => !here || here.compareDocumentPosition(field) & 4 && !here.contains(field));
  next?.focus();
  return Boolean(next);
}
on('change', (e) => {
  const left = e.target.closest('.xf .conf') && $('[data-left]');
  if (!left) return;
  const count = unchecked().length;
  left.textContent = count ? `${count} field${count > 1 ? 's' : ''} to check` : 'All fields checked';
});

// The claim lives while the page is used, is given back when it is left, and lapses after ten idle minutes.
function keepClaim(dialog) {
  const { claim, release: giveBack } = dialog.dataset, form = $('form[data-accept]');
  let used = Date.now(), beaten = 0, edits = 0, sent = 0, saved = 0, isStaying = false;
  const lock = (why) => {
    clearInterval(timer);
    if (why) $('[data-lapsed-why]', dialog).textContent = why;
    $(':popover-open')?.hidePopover();
    dialog.showModal();
  };
  const beat = async () => {
    if (edits !== saved) htmx.trigger(form, 'change'); // a long note is kept while it is typed
    if (Date.now() - used > 600000) return lock();
    if (used < beaten) return;
    beaten = Date.now();
    const headers = { 'X-CSRFToken': csrf(), 'X-Background': '1' };
    const answer = await fetch(claim, { method: 'POST', headers, redirect: 'manual' }).catch(() => null);
    if (answer?.status === 409) lock(await answer.text());
  };
  const timer = setInterval(beat, 60000);
  setTimeout(beat, 1500); // a page that was left a moment ago, by the same person, is theirs again
  on('keydown pointerdown wheel', () => { used = Date.now(); });
  form.addEventListener('input', () => { edits += 1; });
  form.addEventListener('htmx:beforeRequest', () => { sent = edits; });
  form.addEventListener('htmx:afterRequest', (e) => { if (e.detail.successful) saved = sent; });
  on('submit', () => { isStaying = true; });
  on('click', (e) => { // another paper of this fax: what was typed is saved before it is drawn
    const link = e.target.closest?.('a:not([hx-get], [data-page-link], .skip)');
    if (link?.pathname !== location.pathname) return;
    isStaying = true;
    if (edits === saved) return;
    e.preventDefault();
    form.addEventListener('htmx:afterRequest', () => location.assign(link.href), { once: true });
    htmx.trigger(form, 'change');
  });
  addEventListener('pagehide', () => {
    const isSaved = edits === saved, body = new FormData(isSaved ? $('form', dialog) : form);
    body.append('quietly', '1');
    if (!isStaying) navigator.sendBeacon(isSaved ? giveBack : form.getAttribute('hx-post'), body);
  });
}

function changePage(page, tool) {
  const zoom = Number(page.dataset.zoom ?? 2);
  if (tool === 'in') page.dataset.zoom = Math.min(4, zoom + 1);
  if (tool === 'out') page.dataset.zoom = Math.max(1, zoom - 1);
  if (tool === 'fit') page.dataset.zoom = 2;
  if (tool === 'invert') page.classList.toggle('invert');
  if (tool === 'turn') turn(page, (Number(page.dataset.turn ?? 0) + 90) % 360);
}

function turn(page, angle) {
  const [w, h] = (page.dataset.size ??= page.getAttribute('viewBox').split(' ').slice(2).join(' ')).split(' ');
  const shift = { 0: '0 0', 90: `0 -${h}`, 180: `-${w} -${h}`, 270: `-${w} 0` }[angle];
  page.dataset.turn = angle;
  page.setAttribute('viewBox', angle % 180 ? `0 0 ${h} ${w}` : `0 0 ${w} ${h}`);
  $('g', page).setAttribute('transform', `rotate(${angle}) translate(${shift})`);
}

// What opens by a key is used by keys: the first thing to fill in has the focus, and gives it back to the button.
document.addEventListener('beforetoggle', (e) => {
  if (e.newState === 'closed' && e.target.contains(document.activeElement)) $(`[popovertarget="${e.target.id}"]:not([popovertargetaction])`)?.focus();
}, true);
document.addEventListener('toggle', (e) => {
  if (e.newState === 'open' && e.target.matches('.sheet[popover]')) $('input:checked, input:not([type=hidden])', e.target)?.focus();
}, true);

// ---------------------------------------------------------------- find palette, file drop
on('keydown', (e) => {
  const box = e.target.closest?.('#palette');
  if (!box || !/^Arrow(Up|Down)$/.test(e.key)) return;
  e.preventDefault();
  const all = $$('.hits a', box), at = all.indexOf(document.activeElement);
  const next = e.key === 'ArrowDown' ? all[Math.min(at + 1, all.length - 1)] : at < 1 ? $('input', box) : all[at - 1];
  all.forEach((link) => link.classList.toggle('on', link === next));
  next?.focus();
});

on('dragover dragleave drop', (e) => {
  const zone = e.target.closest?.('[data-drop]');
  if (!zone) return;
  e.preventDefault();
  zone.classList.toggle('over', e.type === 'dragover');
  if (e.type === 'drop') $('input[type=file]', zone).files = e.dataTransfer.files;
});

// ---------------------------------------------------------------- clocks tick each minute (same words as words.py)
function span(seconds) {
  const days = Math.floor(seconds / 86400), hours = Math.floor((seconds % 86400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days >= 2 || (days && !hours)) return `${days}d`;
  if (days) return `${days}d ${hours}h`;
  if (hours >= 10 || (hours && !minutes)) return `${hours}h`;
  return hours ? `${hours}h ${String(minutes).padStart(2, '0')}m` : `${minutes}m`;
}

function tick(clock) {
  const left = (Date.parse(clock.dataset.due) - Date.now()) / 1000;
  const whole = (Date.parse(clock.dataset.due) - Date.parse(clock.dataset.start)) / 1000;
  const share = Math.max(0, left / whole);
  $('time', clock).textContent = left >= 0 ? `${span(left)} left` : `Overdue ${span(-left)}`;
  clock.className = `clock ${left < 0 ? 'over' : share < 0.25 || left < 14400 ? 'soon' : 'ok'}`;
  $('.left', clock).setAttribute('stroke-dasharray', `${(37.7 * share).toFixed(1)} 37.7`);
}
setInterval(() => $$('.clock[data-due][data-start]').forEach(tick), 60000);

// ---------------------------------------------------------------- htmx
const csrf = () => $('meta[name=csrf-token]')?.content ?? '';
const isBackground = (el) => el.getAttribute('hx-trigger')?.includes('every');

on('htmx:configRequest', (e) => {
  e.detail.headers['X-CSRFToken'] = csrf();
  if (isBackground(e.detail.elt)) e.detail.headers['X-Background'] = '1'; // polling keeps no session awake
});
on('htmx:afterRequest', (e) => {
  const stale = $('[data-stale]');
  if (isBackground(e.detail.elt) && stale) stale.hidden = e.detail.successful;
});
on('htmx:sendError htmx:timeout', (e) => isBackground(e.detail.elt) || toast('Not saved. Check the connection.'));
on('htmx:responseError', (e) => isBackground(e.detail.elt) || toast(reason(e.detail.xhr)));
// A refusal is a sentence in plain text; anything else is trouble.
const reason = (xhr) => /^text\/plain/.test(xhr.getResponseHeader('Content-Type'))
  ? xhr.responseText : 'Not saved. Reload the page and try again.';
on('htmx:afterSwap htmx:oobAfterSwap', (e) => arrive(e.detail.target.isConnected ? e.detail.target : e.target));

let rowsBefore = 0; // "Show more" takes its own button away: the first new row gets the focus
on('htmx:beforeRequest', (e) => { rowsBefore = e.detail.elt.closest('#more-rows') ? rows().length : 0; });
on('htmx:afterSettle', () => {
  if (rowsBefore) rows()[rowsBefore]?.focus();
  rowsBefore = 0;
});

function toast(text) {
  const note = $('#toast-error')?.content.firstElementChild.cloneNode(true);
  if (!note) return;
  $('span', note).textContent = text;
  $('#toasts').append(note);
  arrive(note);
}

// ---------------------------------------------------------------- signing out after idle minutes
// The server decides; this warns two minutes (at most a fifth) before, and sign-out at zero hides the page.
function watchIdle(seconds, dialog) {
  const warning = Math.min(120, seconds / 5), stay = $('[data-stay]', dialog);
  const tabs = new BroadcastChannel('rh-idle');
  let seen = Date.now(), asked = seen;

  const awake = () => { seen = Date.now(); if (dialog.open) dialog.close(); };
  const keepAlive = async () => {
    asked = Date.now();
    const post = { method: 'POST', body: new FormData(stay), redirect: 'manual' };
    const answer = await fetch(stay.action, post).catch(() => null);
    if (answer?.ok) { awake(); tabs.postMessage('awake'); }
    $('[data-idle-trouble]', dialog).hidden = Boolean(answer?.ok);
  };
  const signOut = () => {
    const form = $('[data-sign-out]', dialog);
    form.elements.next.value += `?reason=idle&next=${encodeURIComponent(location.pathname + location.search)}`;
    form.requestSubmit();
  };

  tabs.onmessage = awake;
  stay.addEventListener('submit', (e) => { e.preventDefault(); keepAlive(); });
  on('htmx:afterRequest', (e) => { if (e.detail.successful && !isBackground(e.detail.elt)) awake(); });
  // Typing is not idling: tell the server now and then, so that a long note is not lost.
  on('keydown pointerdown', () => {
    if (!dialog.open && Date.now() - Math.max(seen, asked) > seconds * 250) keepAlive();
  });

  const timer = setInterval(() => {
    const left = Math.ceil(seconds - (Date.now() - seen) / 1000);
    if (left <= 0) { clearInterval(timer); return signOut(); }
    if (left > warning) return;
    if (!dialog.open) dialog.showModal();
    drawIdle(dialog, left, warning);
  }, 1000);
}

function drawIdle(dialog, left, warning) {
  $('[data-idle-left]', dialog).textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  $('.left', dialog).setAttribute('stroke-dasharray', `${(125.7 * left / warning).toFixed(1)} 125.7`);
  if ([60, 30, 10].includes(left)) $('[data-idle-say]', dialog).textContent = `${left} seconds left`;
}

// ---------------------------------------------------------------- on arrival, of the page or of a part of it
function arrive(root) {
  $$('[data-js]', root).forEach((el) => { el.hidden = false; });
  $$('[data-auto]', root).forEach((el) => (el.showModal ? el.showModal() : el.showPopover()));
  $('.errsum[role=alert], [data-focus]', root)?.focus();
  // Good news goes by itself; trouble, and anything that can be undone, stays until it is dismissed.
  $$('.toast:not(.bad):not(:has(form))', root).forEach((note) => setTimeout(() => note.remove(), 10000));
}
arrive(document);
$$('[data-keys-switch]').forEach((box) => { box.checked = !localStorage.getItem(KEYS_OFF); });

on('allauth.error', (e) => {
  e.preventDefault();
  $$('[data-passkey-error]').forEach((note) => { note.hidden = false; });
});

const idleDialog = $('#idle');
if (idleDialog) watchIdle(Number(document.body.dataset.idleSeconds), idleDialog);
const claimDialog = $('[data-claim]');
if (claimDialog) keepClaim(claimDialog);
