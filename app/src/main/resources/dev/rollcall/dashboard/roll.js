// The live part of the captain's pages. The server renders everything; this puts new rows in place of old ones, counts ages,
// filters, sorts and searches. Texts of agents come as markup that the server has escaped, or are set as text, never built.
'use strict';
(() => {
  const byId = id => document.getElementById(id);
  const root = document.documentElement;
  let offset = Number(root.dataset.now) - Date.now();
  const now = () => Date.now() + offset;

  // --- Ages, in the words of Shown.duration --------------------------------------------------------------------------------
  const duration = millis => {
    const s = Math.max(0, Math.floor(millis / 1000));
    if (s < 60) return `${s} s`;
    if (s < 3600) return `${Math.floor(s / 60)} min`;
    const [big, small, u, v] = s < 86400
      ? [Math.floor(s / 3600), Math.floor(s % 3600 / 60), 'h', 'min'] : [Math.floor(s / 86400), Math.floor(s % 86400 / 3600), 'd', 'h'];
    return `${big} ${u}` + (small ? ` ${small} ${v}` : '');
  };
  const put = (el, text) => { if (el && el.textContent !== text) el.textContent = text; };
  const agesIn = el => {
    el.querySelectorAll('[data-since]').forEach(e => put(e, duration(now() - e.dataset.since) + ' ago'));
    el.querySelectorAll('[data-for]').forEach(e => put(e, duration(now() - e.dataset.for)));
  };

  // --- What every page needs of the stream: the trust line, and that it is broken ------------------------------------------
  const parse = html => { const t = document.createElement('template'); t.innerHTML = html; return [...t.content.children]; };
  let heardAt = Date.now(), source = null;
  const swap = fresh => {
    const old = byId(fresh.id);
    if (!old || old.outerHTML === fresh.outerHTML) return;
    const held = old.contains(document.activeElement) ? document.activeElement.dataset : null;
    old.replaceWith(fresh);
    if (held?.filter) fresh.querySelector(`[data-filter="${held.filter}"][data-value="${held.value}"]`)?.focus({ preventScroll: true });
  };
  const lost = () => {
    document.body.classList.add('old');
    const trust = byId('trust');
    if (!trust || trust.dataset.level === 'lost') return;
    trust.dataset.level = 'lost';
    trust.className = 'trust bad';
    const at = new Date(heardAt + offset).toISOString().slice(11, 19);
    trust.replaceChildren(Object.assign(document.createElement('span'), { className: 'sign', textContent: '\u25a0' }),
      `Not connected: what stands here was so at ${at} UTC. Trying again.`);
  };
  const listen = (version, onAgents, onRefresh, afterSummary) => {
    source?.close();
    const mine = source = new EventSource('/live?after=' + encodeURIComponent(version));
    const summary = isOld => event => {
      heardAt = Date.now();
      const blank = event.data.indexOf(' ');
      offset = Number(event.data.slice(0, blank)) - Date.now();
      parse(event.data.slice(blank + 1)).forEach(swap);
      agesIn(document.querySelector('.top'));
      document.body.classList.toggle('old', isOld);
      afterSummary();
    };
    mine.addEventListener('agents', event => { heardAt = Date.now(); onAgents(parse(event.data)); });
    mine.addEventListener('summary', summary(false));
    mine.addEventListener('trouble', summary(true));
    mine.addEventListener('refresh', onRefresh);
    mine.addEventListener('error', () => {
      lost();
      if (mine.readyState === EventSource.CLOSED && mine === source) setTimeout(() => listen(version, onAgents, onRefresh, afterSummary), 2000);
    });
  };
  const fetched = async () => {
    const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' } });
    if (!answer.ok) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  };

  // --- What other pages load: who is alike, who does the same ------------------------------------------------------------------
  const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });
  const agentLink = id => make('a', id, { href: '/agents/' + encodeURIComponent(id) });
  const likeness = value => typeof value === 'number' ? ` ${value.toFixed(2)} alike` : '';
  const quote = text => `\u201c${String(text).slice(0, 160)}\u201d`;
  const items = {
    similar: data => (data.hits || []).map(hit => {
      const item = make('li', '');
      item.append(agentLink(hit.agent_id), make('span', `${likeness(hit.similarity)}${hit.strength === 'weak' ? ', weak' : ''}: `, { className: 'soft' }), quote(hit.text));
      return item;
    }),
    overlaps: data => (data.pairs || []).map(pair => {
      const item = make('li', '');
      item.append(agentLink(pair.agents[0]), ' and ', agentLink(pair.agents[1]), make('span', likeness(pair.score) + ': ', { className: 'soft' }),
        `${quote(pair.texts[0])} and ${quote(pair.texts[1])}`);
      return item;
    }),
  };
  const load = async section => {
    const say = section.querySelector('[role=status]');
    try {
      const answer = await fetch(section.dataset.load);
      if (!answer.ok) {
        const problem = await answer.json().catch(() => ({}));
        throw new Error(answer.status === 404 ? '' : problem.detail || `status ${answer.status}`);
      }
      const list = make('ul', '', { className: 'hits' });
      list.append(...items[section.id](await answer.json()));
      if (list.childElementCount) say.replaceWith(list); else put(say, 'Nobody.');
    } catch (failure) {
      put(say, 'Search by meaning is not available' + (failure.message ? `: ${failure.message}` : '') + '.');
    }
  };
  document.querySelectorAll('[data-load]').forEach(load);

  const rowsBox = byId('rows');
  if (!rowsBox) { // a page of one agent, of the swarm, of the health: its live parts are fetched anew when something happened
    const parts = () => document.querySelectorAll('[data-live]');
    const whose = document.querySelector('[data-agent]')?.dataset.agent;
    let isFetching = false, isDue = false, soon = 0;
    const renew = async () => {
      if (isFetching) { isDue = true; return; }
      isFetching = true;
      try {
        const fresh = await fetched();
        parts().forEach(part => {
          const other = fresh.getElementById(part.id);
          if (other && !part.contains(document.activeElement) && other.innerHTML !== part.innerHTML) part.replaceWith(document.adoptNode(other));
        });
      } catch { /* the trust line tells when there is no connection */ }
      setTimeout(() => { isFetching = false; if (isDue) { isDue = false; renew(); } }, 500);
    };
    if (parts().length) {
      // What is told of everybody is made anew every 3 s at most, so that only a later look shows what has just happened.
      const later = () => { soon ||= setTimeout(() => { soon = 0; renew(); }, 4000); };
      listen('', els => { if (!whose) later(); else if (els.some(el => el.dataset.id === whose)) renew(); }, () => {}, () => {});
      setInterval(() => { if (Date.now() - heardAt > 7000) lost(); }, 1000);
    }
    setInterval(() => agesIn(document), 1000);
    return;
  }

  // --- Rows: facts, filter, order ---------------------------------------------------------------------------------------------
  const collator = new Intl.Collator('en', { numeric: true });
  const rank = ['ACTIVE', 'IDLE', 'WAITING', 'BLOCKED', 'COMPLETE', 'ERROR', 'OFFLINE', 'UNKNOWN'];
  const needs = ['rejected', 'stuck', 'lagging', 'stale', 'contradicted', 'none', 'left'];
  const facts = new WeakMap();
  const number = text => text === undefined ? -Infinity : Number(text);
  const factsOf = row => {
    let known = facts.get(row);
    if (!known) {
      const d = row.dataset;
      known = {
        agent: d.id, state: rank.indexOf(d.state), need: needs.indexOf(d.need), fresh: -number(d.last), cycle: -number(d.cycle),
        points: -number(d.points), lag: -number(d.lag), blockers: -number(d.blockers), words: null, mission: null,
      };
      facts.set(row, known);
    }
    return known;
  };
  const wordsOf = row => factsOf(row).words ??=
    [...row.querySelectorAll('.who > *, .said, .mission, .focus, .blocker')].map(el => el.textContent).join(' ').toLowerCase();
  const missionOf = row => factsOf(row).mission ??= row.querySelector('.mission').textContent;

  const rows = new Map(); // element id -> row
  const nearby = new Set(); // rows in or near the window: the browser draws only these, and only their ages are kept up
  rowsBox.addEventListener('contentvisibilityautostatechange', event => {
    const row = event.target;
    if (event.skipped) nearby.delete(row); else { nearby.add(row); age(row); }
  }, true);
  const tellsVisibility = 'oncontentvisibilityautostatechange' in rowsBox || 'ContentVisibilityAutoStateChangeEvent' in window;
  const enter = row => { rows.set(row.id, row); if (!tellsVisibility) nearby.add(row); };
  const drop = row => nearby.delete(row);

  const age = row => {
    if (!row.dataset.last) return;
    const passed = Math.max(0, now() - row.dataset.last), live = row.dataset.live * 1000, quiet = row.dataset.quiet * 1000;
    put(row.querySelector('.age'), duration(passed));
    const share = passed < live ? 1 - passed / live / 2 : (1 - (passed - live) / Math.max(1, quiet - live)) / 2;
    const width = String(row.dataset.fresh === 'LEFT' ? 0 : Math.round(100 * Math.min(1, Math.max(0, share))));
    const bar = row.querySelector('.left');
    if (bar && bar.getAttribute('width') !== width) bar.setAttribute('width', width);
  };

  const view = { state: '', fresh: '', need: '', sort: '', q: '' };
  const readAddress = () => {
    const query = new URLSearchParams(location.search);
    for (const name in view) view[name] = (query.get(name) || '').trim();
    for (const name of ['state', 'fresh', 'need', 'sort']) view[name] = view[name].toLowerCase();
  };
  const writeAddress = (how = 'replaceState') => {
    const query = new URLSearchParams();
    for (const name in view) if (view[name]) query.set(name, view[name]);
    const text = query.toString();
    history[how](null, '', text ? '?' + text : location.pathname);
  };

  let hits = new Map(); // agent id -> { place, hit }
  const isWanted = row => {
    const d = row.dataset;
    if (view.state && d.state.toLowerCase() !== view.state) return false;
    if (view.fresh ? d.fresh.toLowerCase() !== view.fresh : d.need === 'left') return false;
    if (view.need && (view.need === 'any' ? needs.indexOf(d.need) > 4 : d.need !== view.need)) return false;
    if (!view.q || hits.has(d.id)) return true;
    const words = wordsOf(row);
    return view.q.toLowerCase().split(/\s+/).every(word => words.includes(word));
  };

  const order = (a, b) => {
    if (hits.size) {
      const i = hits.get(a.dataset.id)?.place ?? 1e6, j = hits.get(b.dataset.id)?.place ?? 1e6;
      if (i !== j) return i - j;
    }
    const down = view.sort.startsWith('-'), key = down ? view.sort.slice(1) : view.sort || 'agent';
    const f = factsOf(a), g = factsOf(b);
    let by = 0;
    if (key === 'mission') by = collator.compare(missionOf(a), missionOf(b));
    else if (key !== 'agent' && key in f) by = f[key] === g[key] ? 0 : f[key] < g[key] ? -1 : 1;
    if (key === 'agent') return (down ? -1 : 1) * collator.compare(f.agent, g.agent);
    return (down ? -by : by) || collator.compare(f.agent, g.agent);
  };

  let wanted = [], place = 0, isMoving = false;
  const move = () => { // no more than stands wrong, and not all of a thousand in one frame
    const focused = document.activeElement?.closest('.row') ? document.activeElement : null;
    for (let moved = 0; wanted.length && moved < 150;) {
      const row = rows.get(wanted.pop());
      if (!row) continue;
      const there = rowsBox.children[place++];
      if (there !== row) { rowsBox.insertBefore(row, there || null); moved++; }
    }
    if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
    isMoving = wanted.length > 0;
    if (isMoving) requestAnimationFrame(move);
  };
  const arrange = () => {
    wanted = [...rows.values()].sort(order).map(row => row.id).reverse();
    place = 0;
    if (!isMoving) { isMoving = true; requestAnimationFrame(move); }
  };

  const show = row => row.classList.toggle('off', !isWanted(row));
  const count = () => {
    let shown = 0, all = 0;
    for (const row of rows.values()) {
      if (!row.classList.contains('off')) shown++;
      if (row.dataset.need !== 'left' || view.fresh === 'left') all++;
    }
    put(byId('shown'), shown === all ? String(all) : `${shown} of ${all}`);
    let nobody = byId('nobody');
    if (shown === 0 && all > 0) {
      if (!nobody) {
        nobody = document.createElement('p');
        nobody.id = 'nobody';
        nobody.className = 'nobody';
        nobody.textContent = 'Nobody is like that. Esc shows everyone.';
        rowsBox.parentElement.after(nobody);
      }
    } else nobody?.remove();
  };
  const mark = () => {
    const link = (name, value) => {
      const query = new URLSearchParams();
      for (const key in view) {
        const chosen = key === name ? value : view[key];
        if (chosen) query.set(key, chosen);
      }
      return '/' + (query.size ? '?' + query : '');
    };
    document.querySelectorAll('[data-filter]').forEach(pick => {
      const chosen = view[pick.dataset.filter] === pick.dataset.value;
      if (chosen) pick.setAttribute('aria-current', 'true'); else pick.removeAttribute('aria-current');
      pick.setAttribute('href', link(pick.dataset.filter, chosen ? '' : pick.dataset.value));
    });
    document.querySelectorAll('[data-sort]').forEach(head => {
      const up = (view.sort || 'agent') === head.dataset.sort, down = view.sort === '-' + head.dataset.sort;
      const cell = head.parentElement;
      const most = ['cycle', 'lag', 'points', 'blockers'].includes(head.dataset.sort); // the most first, then the least
      if (up || down) cell.setAttribute('aria-sort', up === most ? 'descending' : 'ascending'); else cell.removeAttribute('aria-sort');
      head.setAttribute('href', link('sort', up ? '-' + head.dataset.sort : head.dataset.sort));
    });
  };
  let isDue = false, isOrderDue = false, isChanging = false, changes = [];
  const change = () => { // a few hundred rows in a frame: showing all of a thousand at once would be felt
    changes.splice(0, 250).forEach(show);
    isChanging = changes.length > 0;
    if (isChanging) requestAnimationFrame(change); else count();
  };
  const apply = (isOrder = false) => {
    isOrderDue ||= isOrder;
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      if (isOrderDue) arrange();
      isOrderDue = false;
      mark();
      changes = [...rowsBox.children].filter(row => row.classList.contains('off') === isWanted(row));
      if (!isChanging) change();
    });
  };

  // --- Search by meaning, as somebody types --------------------------------------------------------------------------------
  const input = byId('q'), found = byId('found');
  let asking = null, pause = 0;
  const decorate = row => {
    row.querySelector('.passage')?.remove();
    const hit = hits.get(row.dataset.id)?.hit;
    if (!hit) return;
    const line = document.createElement('span');
    line.className = hit.strength === 'weak' ? 'passage weak' : 'passage';
    const say = (tag, text) => { const el = document.createElement(tag); el.textContent = text; line.append(el); };
    if (hit.strength === 'weak') say('b', 'weak ');
    say('mark', String(hit.field).replaceAll('_', ' ') + (hit.past ? ' (past): ' : ': '));
    line.append(String(hit.text).slice(0, 240));
    row.querySelector('.work').append(line);
  };
  const take = list => {
    const before = hits;
    hits = new Map(list.map((hit, place) => [hit.agent_id, { place, hit }]));
    for (const row of rows.values()) if (before.has(row.dataset.id) || hits.has(row.dataset.id)) decorate(row);
    apply(before.size > 0 || hits.size > 0);
  };
  const search = async () => {
    asking?.abort();
    const q = view.q.trim();
    if (q.length < 2) { put(found, ''); take([]); return; }
    asking = new AbortController();
    try {
      const answer = await fetch('/api/v1/search?k=10&q=' + encodeURIComponent(q), { signal: asking.signal });
      if (!answer.ok) {
        const problem = await answer.json().catch(() => ({}));
        throw new Error(answer.status === 404 ? '' : problem.detail || `status ${answer.status}`);
      }
      const all = (await answer.json()).hits || [], strong = all.filter(hit => hit.strength !== 'weak').length;
      const list = all.filter((hit, i) => i < Math.max(strong, 3)); // the best come first; weak ones only where few are strong
      put(found, strong ? `${strong} fit${strong === 1 ? 's' : ''} by meaning` + (list.length > strong ? `, ${list.length - strong} weakly` : '')
        : 'Nobody clearly fits' + (list.length ? '; the nearest are marked weak' : '') + '.');
      take(list);
    } catch (failure) {
      if (failure.name === 'AbortError') return;
      put(found, 'Search by meaning is not available' + (failure.message ? `: ${failure.message}` : '') + '. Words still filter.');
      take([]);
    }
  };
  input.addEventListener('input', () => {
    view.q = input.value;
    apply();
    clearTimeout(pause);
    pause = setTimeout(() => { writeAddress(); search(); }, 180);
  });
  input.form.addEventListener('submit', event => { event.preventDefault(); clearTimeout(pause); writeAddress(); search(); });

  // --- Live -----------------------------------------------------------------------------------------------------------------------
  const pending = new Map(); // element id -> element that takes its place
  let isApplying = false, news = [], saidAt = 0, telling = 0;
  const later = () => { if (!isApplying) { isApplying = true; requestAnimationFrame(work); } };
  const work = () => {
    isApplying = false;
    const begin = performance.now();
    let hasRows = false, hasCards = false;
    for (const [id, fresh] of pending) {
      pending.delete(id);
      if (id.startsWith('r-')) { patchRow(id, fresh); hasRows = true; } else { patchCard(id, fresh); hasCards = true; }
      if (performance.now() - begin > 8) break;
    }
    if (hasRows) { if (view.sort || hits.size || grown) arrange(); grown = false; count(); }
    if (hasCards) cardsChanged();
    if (pending.size) later();
  };
  let grown = false;
  const patchRow = (id, fresh) => {
    const old = rows.get(id);
    if ('gone' in fresh.dataset) {
      if (old) { drop(old); old.remove(); rows.delete(id); }
      return;
    }
    const holds = old?.contains(document.activeElement);
    if (old) { drop(old); old.replaceWith(fresh); } else { rowsBox.append(fresh); grown = true; }
    enter(fresh);
    show(fresh);
    decorate(fresh);
    age(fresh);
    fresh.classList.add('changed');
    if (holds) fresh.querySelector('a').focus({ preventScroll: true });
  };
  const cards = byId('cards'), more = byId('more');
  const cardOrder = (a, b) => needs.indexOf(a.dataset.need) - needs.indexOf(b.dataset.need) || a.dataset.at - b.dataset.at || collator.compare(a.dataset.id, b.dataset.id);
  const patchCard = (id, fresh) => {
    const old = byId(id), name = fresh.dataset.id;
    if ('gone' in fresh.dataset) {
      if (old) { news.push(`${old.dataset.id} needs nobody any more`); old.remove(); }
      return;
    }
    const holds = old?.contains(document.activeElement);
    if (!old || old.dataset.need !== fresh.dataset.need) news.push(`${name} needs you: ${fresh.querySelector('.why').textContent}`);
    old?.remove();
    const next = [...cards.children].find(card => cardOrder(fresh, card) < 0) || null;
    cards.insertBefore(fresh, next);
    if (!old) fresh.classList.add('changed');
    if (holds) fresh.querySelector('a').focus({ preventScroll: true });
  };
  const cardsChanged = () => {
    const all = cards.childElementCount;
    byId('needs').classList.toggle('none', all === 0);
    more.hidden = all <= 12 || cards.classList.contains('all');
    put(more, `Show all ${all}`);
    tell();
  };
  const tell = () => { // never more often than somebody can listen; what comes too soon is told then
    if (!news.length || telling) return;
    telling = setTimeout(() => {
      telling = 0;
      saidAt = Date.now();
      put(byId('said'), (news.length > 3 ? [`${news.length} changes, the last three`] : []).concat(news.slice(-3)).join('. '));
      news = [];
    }, Math.max(0, saidAt + 5000 - Date.now()));
  };
  more.addEventListener('click', () => { cards.classList.add('all'); cardsChanged(); cards.querySelector('article:nth-child(13) a')?.focus(); });

  let version = byId('roll').dataset.version;
  const refresh = async () => {
    source?.close();
    try {
      const fresh = await fetched(), box = fresh.getElementById('rows'), there = new Set();
      [...box.children].forEach(row => { there.add(row.id); pending.set(row.id, document.adoptNode(row)); });
      rows.forEach((row, id) => { if (!there.has(id)) { drop(row); row.remove(); rows.delete(id); } });
      cards.replaceChildren(...[...fresh.getElementById('cards').children].map(card => document.adoptNode(card)));
      cardsChanged();
      version = fresh.getElementById('roll').dataset.version;
      later();
      open();
    } catch {
      lost();
      setTimeout(refresh, 1500);
    }
  };
  const open = () => listen(version, els => {
    document.querySelector('.empty')?.remove();
    els.forEach(el => pending.set(el.id, el));
    later();
  }, refresh, mark);

  // --- Keys and clicks ----------------------------------------------------------------------------------------------------------
  const choose = (name, value) => { view[name] = value; writeAddress('pushState'); apply(name === 'sort'); };
  document.addEventListener('click', event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const pick = event.target.closest('[data-filter]'), head = event.target.closest('[data-sort]');
    if (pick) {
      event.preventDefault();
      choose(pick.dataset.filter, view[pick.dataset.filter] === pick.dataset.value ? '' : pick.dataset.value);
    } else if (head) {
      event.preventDefault();
      choose('sort', (view.sort || 'agent') === head.dataset.sort ? '-' + head.dataset.sort : head.dataset.sort);
    }
  });
  const step = by => {
    const shown = [...rowsBox.children].filter(row => !row.classList.contains('off'));
    const at = shown.indexOf(document.activeElement?.closest('.row'));
    const row = shown[Math.min(shown.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by))];
    row?.querySelector('a').focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  };
  const clear = () => {
    for (const name of ['state', 'fresh', 'need', 'q']) view[name] = '';
    input.value = '';
    writeAddress();
    search();
    apply();
  };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target === input, isInRow = !!event.target.closest?.('.row');
    const down = event.key === 'ArrowDown' && (isTyping || isInRow) || event.key === 'j' && !isTyping;
    const up = event.key === 'ArrowUp' && isInRow || event.key === 'k' && !isTyping;
    if (down || up) step(down ? 1 : -1);
    else if (event.key === '/' && !isTyping) { input.focus(); input.select(); }
    else if (event.key === 'Escape') { clear(); if (isTyping) input.blur(); }
    else return;
    event.preventDefault();
  });
  addEventListener('popstate', () => { readAddress(); input.value = view.q; search(); apply(true); });

  // --- Begin ----------------------------------------------------------------------------------------------------------------------
  [...rowsBox.children].forEach(enter);
  readAddress();
  mark();
  count();
  cardsChanged();
  if (view.q) { input.value = view.q; search(); }
  open();
  setInterval(() => {
    nearby.forEach(age);
    agesIn(cards);
    const trust = byId('trust');
    if (trust) agesIn(trust);
    if (Date.now() - heardAt > 7000) lost();
  }, 1000);
})();
