// A Bicep file as plain data: what the rules need of it, and the syntax tree for the rest.
import fs from 'node:fs';
import path from 'node:path';
import { Language, Parser } from 'web-tree-sitter';

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(new URL('node_modules/tree-sitter-bicep/tree-sitter-bicep.wasm', import.meta.url).pathname));

export function* walk(node) {
  yield node;
  for (const child of node.namedChildren) yield* walk(child);
}

export const line = node => node.startPosition.row + 1;

/** The text of a string without interpolations; undefined for anything else. */
export const literal = node =>
  node?.type === 'string' && !node.namedChildren.some(child => child.type === 'interpolation') ? node.text.slice(1, -1) : undefined;

/** The properties of an object node by name. */
export function properties(node) {
  const pairs = (node?.type === 'object' ? node.namedChildren : []).filter(child => child.type === 'object_property');
  return new Map(pairs.map(pair => [literal(pair.namedChildren[0]) ?? pair.namedChildren[0].text, pair.namedChildren[1]]));
}

/** The node at a path such as properties.siteConfig.ftpsState. */
export const at = (node, names) => names.split('.').reduce((current, name) => properties(current).get(name), node);

/** What a declaration holds, whether it stands alone, under a condition or in a loop. */
function body(node) {
  const last = node.namedChildren.at(-1);
  return last.type === 'if_statement' || last.type === 'for_statement' ? body(last) : last;
}

function* errors(node) {
  if (node.isError || node.isMissing) yield node;
  for (const child of node.children) yield* errors(child);
}

export function parse(file) {
  const text = fs.readFileSync(file, 'utf8');
  const isParameters = file.endsWith('.bicepparam');
  // The grammar knows no parameter files; their assignments read like variables.
  const root = parser.parse(isParameters ? text.replace(/^param /gm, 'var   ') : text).rootNode;
  const declared = type => root.namedChildren.filter(node => node.type === type);
  const decorators = node => {
    const before = node.previousNamedSibling;
    return before?.type === 'decorators' ? before.namedChildren.map(child => child.text) : [];
  };

  return {
    file,
    name: path.basename(file),
    text,
    root,
    isParameters,
    errors: [...errors(root)],
    parameters: declared('parameter_declaration').map(node => ({
      node,
      name: node.namedChildren[0].text,
      isSecure: decorators(node).includes('@secure()'),
      isDescribed: decorators(node).some(text => text.startsWith('@description(')),
      isRequired: !node.children.some(child => child.type === '=') && !node.namedChildren[1].text.endsWith('?'),
    })),
    variables: new Map(declared('variable_declaration').map(node => [node.namedChildren[0].text, node.namedChildren[1]])),
    types: new Map(declared('type_declaration').map(node => [node.namedChildren[0].text, node.namedChildren[1]])),
    outputs: declared('output_declaration').map(node => ({
      node,
      name: node.namedChildren[0].text,
      value: node.namedChildren[2],
      isDescribed: decorators(node).some(text => text.startsWith('@description(')),
    })),
    resources: declared('resource_declaration').map(node => ({
      node,
      name: node.namedChildren[0].text,
      type: literal(node.namedChildren[1]),
      isExisting: node.children.some(child => child.type === 'existing'),
      body: body(node),
    })),
    modules: declared('module_declaration').map(node => ({
      node,
      name: node.namedChildren[0].text,
      path: literal(node.namedChildren[1]),
      parameters: properties(at(body(node), 'params')),
    })),
    imports: declared('import_functionality').map(node => literal(node.namedChildren.at(-1))),
    uses: declared('using_statement').map(node => literal(node.namedChildren[0])),
    calls: [...walk(root)].filter(node => node.type === 'call_expression').map(node => ({
      node,
      name: node.childForFieldName('function').text,
      arguments: node.childForFieldName('arguments').namedChildren,
    })),
  };
}
