// The accessibility trees that Chromium makes of pages, as JSON: what it hands to a screen reader.
//   node ax_tree.mjs FILE.xhtml ...
// VALIDATORS_HOME names the folder below which node/node_modules has playwright-core, CHROMIUM the browser.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const require = createRequire(path.join(process.env.VALIDATORS_HOME, 'node', 'package.json'));
const { chromium } = require('playwright-core');

const KEPT = new Set(['level', 'url', 'hasPopup', 'roledescription']);

function nested(nodes) {
  const known = new Map(nodes.map((node) => [node.nodeId, node]));
  const below = (node) => (node.childIds ?? []).flatMap((id) => (known.has(id) ? made(known.get(id)) : []));
  const made = (node) => {
    if (node.role?.value === 'InlineTextBox') return [];
    if (node.ignored) return below(node); // of no meaning by itself; what is below it may have some
    const entry = { role: node.role?.value ?? '', name: node.name?.value ?? '', children: below(node) };
    for (const { name, value } of node.properties ?? []) if (KEPT.has(name)) entry[name] = value.value;
    return [entry];
  };
  return made(nodes[0])[0];
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.route(/^https?:/, (route) => route.abort());
const trees = [];
for (const file of process.argv.slice(2)) {
  await page.goto(pathToFileURL(path.resolve(file)).href);
  const session = await page.context().newCDPSession(page);
  trees.push(nested((await session.send('Accessibility.getFullAXTree')).nodes));
  await session.detach();
}
await browser.close();
console.log(JSON.stringify(trees));
