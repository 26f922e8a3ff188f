// @ts-check
import { dirname, relative, resolve, sep } from 'node:path';
import { LAYERS, PURE, PURE_MODULES } from './house.js';

/** @typedef {Extract<Parameters<import('oxlint/plugins-dev').RuleTester['run']>[1], { create: Function }>} Rule */
/** @typedef {Parameters<Rule['create']>[0]} Context */
/** @typedef {ReturnType<Rule['create']>} Visitor */
/** @typedef {Exclude<Identifier['parent'], null>} Node */
/** @typedef {Parameters<NonNullable<Visitor['Identifier']>>[0]} Identifier */

/** @type {Rule} */
const borders = {
  meta: { type: 'problem' },
  create(context) {
    const folder = folderOf(context.filename, context.cwd);
    if (folder === null) return {};

    /** @param {Node} node @param {string | null | undefined} specifier */
    const check = (node, specifier) => {
      if (specifier === null || specifier === undefined) return;
      const message = specifier.startsWith('.')
        ? judgeFile(folder, folderOf(resolve(dirname(context.filename), specifier), context.cwd))
        : judgeModule(folder, specifier);
      if (message !== null) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ImportExpression: (node) => check(node, textOf(node.source)),
      TSImportType: (node) => check(node, node.source.value),
      Program() {
        if (!PURE.includes(folder)) return;
        for (const node of globalsOf(context)) {
          const impurity = judgeGlobal(node);
          if (impurity !== null) context.report({ node, message: `${impurity}, and src/${folder} is pure: take it as an argument` });
        }
      },
    };
  },
};

/**
 * The folder right below src/, or the file's own name if it is in no folder. Null outside src/.
 *
 * @param {string} file
 * @param {string} top
 */
function folderOf(file, top) {
  const [first, second] = relative(top, file).split(sep);
  return first === 'src' && second !== undefined ? second : null;
}

/**
 * Says what is wrong if a file of folder `from` imports a file of folder `to`; null if nothing is.
 *
 * @param {string} from
 * @param {string | null} to
 */
function judgeFile(from, to) {
  if (to === null) return `src/${from} imports a file outside src/`;
  if (from === to) return null;
  for (const folder of [from, to]) if (layerOf(folder) === -1) return `src/${folder} is in no layer: name it in build/house.js`;
  const [above, below] = [layerOf(from), layerOf(to)];
  if (above < below || (above === below && LAYERS[above]?.isShared === true)) return null;
  const names = `src/${from} (${LAYERS[above]?.name}) imports src/${to} (${LAYERS[below]?.name})`;
  return above === below ? `${names}: folders of this layer never import each other` : `${names}: imports run downwards only`;
}

/** @param {string} folder */
function layerOf(folder) {
  return LAYERS.findIndex(({ folders }) => folders.includes(folder));
}

/**
 * @param {string} folder
 * @param {string} name
 */
function judgeModule(folder, name) {
  if (!PURE.includes(folder) || PURE_MODULES.has(name)) return null;
  return `${name} is not in PURE_MODULES of build/house.js, and src/${folder} is pure`;
}

/**
 * Says what a reference to a global reads from the outside; null if nothing.
 *
 * @param {Identifier} node
 */
function judgeGlobal(node) {
  const { name, parent } = node;
  const isObject = parent.type === 'MemberExpression' && !parent.computed && parent.object === node;
  const property = isObject && parent.property.type === 'Identifier' ? parent.property.name : '';
  switch (name) {
    case 'Date': {
      const isNow = (parent.type === 'NewExpression' && parent.arguments.length === 0) || parent.type === 'CallExpression';
      return isNow || property === 'now' ? 'Date reads the clock here' : null;
    }
    case 'process': {
      const call = property === 'getBuiltinModule' && parent.parent?.type === 'CallExpression' ? parent.parent : null;
      return call !== null && PURE_MODULES.has(textOf(call.arguments[0]) ?? '') ? null : 'process is the environment';
    }
    case 'performance':
      return 'performance reads the clock';
    case 'fetch':
      return 'fetch reaches the network';
    case 'globalThis':
      return ['Date', 'process', 'performance', 'fetch'].includes(property) ? `globalThis.${property} reaches the outside` : null;
    default:
      return null;
  }
}

/**
 * References to what the file does not declare.
 *
 * @param {Context} context
 */
function globalsOf({ sourceCode: { scopeManager } }) {
  const { through = [], variables = [] } = scopeManager.globalScope ?? {};
  const references = [...through, ...variables.filter(({ defs }) => defs.length === 0).flatMap((variable) => variable.references)];
  return new Set(references.map(({ identifier }) => identifier));
}

/** @param {Node | undefined} node */
function textOf(node) {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : null;
}

/** Our own plugin for oxlint. */
export default { meta: { name: 'house' }, rules: { borders } };
