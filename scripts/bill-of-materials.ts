/**
 * What the package brings with it, for those who install it: `dist/caseness.cdx.json` (CycloneDX, made by npm from the lock) and
 * `dist/third-party-licences.txt` (name, version and licence of each component, then the texts). Fails where a component has a
 * licence that is not permissive, or no text of it.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Licences that ask for no more than that their text is kept. */
const permissive = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'];

const component = z.looseObject({
  name: z.string(),
  version: z.string(),
  'bom-ref': z.string(),
  properties: z.array(z.looseObject({ name: z.string() })).default([]),
  licenses: z.array(z.looseObject({ license: z.looseObject({ id: z.string() }).optional() })).default([]),
});
const dependency = z.strictObject({ ref: z.string(), dependsOn: z.array(z.string()) });
const bill = z.looseObject({
  // Neither belongs to what is in the package, and each would make every build another.
  serialNumber: z.string().transform(() => undefined),
  metadata: z
    .looseObject({ component: z.looseObject({ name: z.string(), 'bom-ref': z.string() }) })
    .transform((metadata) => ({
      ...metadata,
      timestamp: undefined,
      tools: undefined,
      component: { ...metadata.component, name: 'caseness' },
    })),
  components: z.array(component),
  dependencies: z.array(dependency),
});

/** What only the build uses. (`npm sbom --omit=dev` leaves out too much: whatever a tool of the build uses too.) */
const isForBuilding = ({ properties }: z.infer<typeof component>): boolean =>
  properties.some(({ name }) => name === 'cdx:npm:package:development');

const licenceText = (name: string): string => {
  const folder = join('node_modules', name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
  if (file === undefined) throw new Error(`${folder}: no text of its licence`);
  return readFileSync(join(folder, file), 'utf8').trim();
};

/** Writes both files into `folder`. */
export const writeBillOfMaterials = (folder: string): void => {
  const made = execFileSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const whole = bill.parse(JSON.parse(made));
  const components = whole.components.filter((one) => !isForBuilding(one));
  const kept = new Set([...components.map((one) => one['bom-ref']), whole.metadata.component['bom-ref']]);
  const dependencies = whole.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((on) => kept.has(on)) }));
  const found = { ...whole, components, dependencies };
  const parts = components
    .map(({ name, version, licenses }) => ({
      name,
      version,
      licences: licenses.map(({ license }) => license?.id ?? 'not named by one id'),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const unfit = parts.filter(({ licences }) => !licences.some((id) => permissive.includes(id)));
  if (unfit.length > 0)
    throw new Error(
      `no permissive licence: ${unfit.map(({ name, licences }) => `${name} (${licences})`).join(', ')}`,
    );
  const list = parts.map(({ name, version, licences }) => `${name} ${version}: ${licences.join(', ')}`);
  const texts = parts.map(({ name, version }) => `── ${name} ${version}\n\n${licenceText(name)}`);
  writeFileSync(join(folder, 'caseness.cdx.json'), `${JSON.stringify(found, null, 2)}\n`);
  writeFileSync(join(folder, 'third-party-licences.txt'), `${[list.join('\n'), ...texts].join('\n\n')}\n`);
};
