import { html, type Html } from './html.ts';

export interface Column {
  readonly name: string;
  readonly isNumber?: boolean;
}

/** A table that scrolls if it is wider than the screen. The first cell of a row is its header. */
export function renderTable(caption: string, columns: readonly Column[], rows: readonly (readonly (Html | string | number)[])[]): Html {
  const kinds = columns.map(({ isNumber }) => (isNumber === true ? 'number' : 'text'));
  const heads = columns.map(({ name }, i) => html`<th scope="col" class="${kinds[i]!}">${name}</th>`);
  const lines = rows.map(([head = '', ...cells]) => {
    const others = cells.map((cell, i) => html`<td class="${kinds[i + 1]!}">${shown(cell)}</td>`);
    return html`<tr>
      <th scope="row">${shown(head)}</th>
      ${others}
    </tr> `;
  });
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${lines}
      </tbody>
    </table>
  </div>`;
}

function shown(cell: Html | string | number): Html | string {
  return typeof cell === 'number' ? cell.toLocaleString('en') : cell;
}
