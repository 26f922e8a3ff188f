/** Filters, groups and keys of the HTML report. Without it the page shows everything, by file. */
export const REPORT_SCRIPT = `
'use strict';
const form = document.getElementById('filters');
const list = document.getElementById('list');
const shown = document.getElementById('shown');
const all = [...list.querySelectorAll('article')];
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'];

function group() {
  const by = form.elements.group.value;
  const groups = new Map(by === 'severity' ? SEVERITIES.map((name) => [name, []]) : []);
  for (const one of all) {
    const name = one.dataset[by];
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(one);
  }
  list.replaceChildren(...[...groups].filter(([, some]) => some.length > 0).map(([name, some]) => {
    const section = document.createElement('section');
    const head = document.createElement('h3');
    const count = document.createElement('span');
    count.className = 'count';
    head.append(name + ' ', count);
    section.append(head, ...some);
    return section;
  }));
  filter();
}

function filter() {
  const { path, rule } = form.elements;
  const text = path.value.toLowerCase();
  const severities = new Set([...form.querySelectorAll('[name=severity]:checked')].map(({ value }) => value));
  let number = 0;
  for (const one of all) {
    const { dataset } = one;
    const fits = severities.has(dataset.severity) && (rule.value === '' || rule.value === dataset.rule) && dataset.path.toLowerCase().includes(text);
    one.hidden = !fits;
    if (fits) number++;
  }
  for (const section of list.children) {
    const left = section.querySelectorAll('article:not([hidden])').length;
    section.hidden = left === 0;
    section.querySelector('.count').textContent = left;
  }
  shown.textContent = number + ' of ' + all.length + (all.length === 1 ? ' finding' : ' findings');
}

function move(step) {
  const visible = [...list.querySelectorAll('article:not([hidden])')];
  const at = visible.indexOf(document.activeElement.closest('article'));
  const next = visible[at === -1 ? (step > 0 ? 0 : visible.length - 1) : at + step];
  if (next === undefined) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'center' });
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { target, key } = event;
  if (key === 'Escape') {
    form.reset();
    group();
    target.blur();
  } else if (!target.matches('input[type=search], select')) {
    if (key === '/') form.elements.path.focus();
    else if (key === 'j') move(1);
    else if (key === 'k') move(-1);
    else return;
    event.preventDefault();
  }
});
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => setTimeout(group));
form.addEventListener('input', (event) => (event.target.name === 'group' ? group() : filter()));
form.hidden = false;
// The page is written by file; a browser may remember another choice.
if (form.elements.group.value === 'path') filter();
else group();
`;
