import type { ProviderMatch } from './plan.js';

/** Who answers for a service in an area. */
export interface Provider {
  readonly name: string;
  readonly contact?: string;
}

/** The adopter's own file: area → service → provider. */
export interface Directory {
  readonly id: string;
  readonly areas: Readonly<
    Record<string, { readonly name: string; readonly services: Readonly<Record<string, Provider>> }>
  >;
}

/** A directory and the area in which the person lives. */
export interface LocalDirectory {
  readonly directory: Directory;
  readonly area: string;
}

const NONE_KNOWN: ProviderMatch = { status: 'no-provider-known' };

/** Finds the provider of a service. What has none is said, not dropped. */
export const providerOf = (local: LocalDirectory | undefined, service: string): ProviderMatch => {
  if (local === undefined) return NONE_KNOWN;
  const { areas } = local.directory;
  const area = Object.hasOwn(areas, local.area) ? areas[local.area] : undefined;
  const provider =
    area !== undefined && Object.hasOwn(area.services, service) ? area.services[service] : undefined;
  return provider === undefined ? NONE_KNOWN : { status: 'known', ...provider };
};
