// Points over time, drawn by uPlot from /swarm/data. Names are set as text by the library's legend.
'use strict';
(async () => {
  const box = document.querySelector('[data-chart]');
  if (!box) return;
  const fail = text => box.replaceChildren(Object.assign(document.createElement('p'), { className: 'soft', textContent: text }));
  try {
    const answer = await fetch(box.dataset.chart);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const { at, series } = await answer.json();
    if (at.length < 2 || !series[0].points.some(sum => sum > 0)) { fail('Nobody gained points in this time.'); return; }
    const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const colours = ['--accent', '--active', '--blocked', '--waiting', '--complete', '--unknown'];
    const dashes = [[], [7, 3], [2, 3], [9, 3, 2, 3], [1, 5], [12, 4]];
    const time = (ts, step) => {
      const text = new Date(ts * 1000).toISOString();
      return step >= 86400 ? text.slice(5, 10) : text.slice(11, step < 60 ? 19 : 16);
    };
    let chart = null;
    const draw = () => {
      chart?.destroy();
      box.replaceChildren();
      const axis = { stroke: css('--soft'), grid: { stroke: css('--line'), width: 1 }, ticks: { stroke: css('--line'), width: 1 },
        font: '12px system-ui, sans-serif' };
      const escaped = document.createElement('i');
      const safe = name => { escaped.textContent = name; return escaped.innerHTML; };
      chart = new uPlot({
        width: Math.max(240, box.clientWidth), height: 260, tzDate: ts => uPlot.tzDate(new Date(ts * 1000), 'UTC'),
        axes: [{ ...axis, values: (u, splits, i, space, step) => splits.map(ts => time(ts, step)) }, { ...axis, size: 56 }], scales: { y: { range: (u, min, max) => [0, Math.max(1, max * 1.05)] } },
        series: [{ label: 'UTC', value: (u, ts) => ts === null ? '' : time(ts, 1) }, ...series.map((one, i) => ({ label: safe(one.name), stroke: css(colours[i]), width: i ? 1.4 : 2.4,
          dash: dashes[i], fill: i ? undefined : css('--accent') + '1f', points: { show: false }, paths: uPlot.paths.stepped({ align: 1 }) }))],
      }, [at, ...series.map(one => one.points)], box);
      chart.root.querySelector('canvas')?.setAttribute('aria-hidden', 'true');
    };
    draw();
    let width = box.clientWidth;
    new ResizeObserver(() => { if (box.clientWidth !== width) { width = box.clientWidth; chart.setSize({ width: Math.max(240, width), height: 260 }); } }).observe(box);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  } catch (failure) { fail(`The points can not be loaded: ${failure.message}.`); }
})();
