import type { Lint } from './lint.js';

const semver = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

export const versionIsSemver: Lint = {
  name: 'version-is-semver',
  description: 'the version is three numbers, as text',
  check: ({ version }) =>
    semver.test(version)
      ? []
      : [
          {
            where: ['version'],
            message: 'the version is three numbers, "1.0.0": what moves a verdict raises the first.',
          },
        ],
};
